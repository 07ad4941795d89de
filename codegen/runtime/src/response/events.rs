//! The items of a stream, as values.

use super::received::Received;
use super::stream_format::stream_format;
use crate::decode::error::DecodeError;
use crate::decode::text::{LeftOut, TextDecoder, decode_with};
use crate::framing::{EventFields, FramedItem, Framer};
use crate::model::node::{Decode, Slot, slot_of};
use crate::operation::Streaming;

/// All items of a response that is a stream. `Client::stream` returns them one by one.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Events<T> {
    /// The items, in the order in which they arrived.
    pub items: Vec<T>,
}

/// A response that consists of items, which `Client::stream` returns one by one.
pub trait Items: Send {
    /// The type of an item.
    type Item: Decode + Send;
}

impl<T: Decode + Send> Items for Events<T> {
    type Item = T;
}

impl<T: Decode + Send> Items for Vec<T> {
    type Item = T;
}

impl Received<'_> {
    /// Reads the whole body as the items of a stream.
    pub(crate) fn events<T: Decode>(&self) -> Result<Events<T>, DecodeError> {
        let declared = self.operation.media_types().next().unwrap_or_default();
        let Some(format) = stream_format(self.content_type, declared) else {
            return self.items().map(|items| Events { items });
        };
        let mut framer = Framer::new(&format, usize::MAX);
        framer.push(self.body);
        let streaming = self.operation.streaming();
        let (mut items, mut decoder) = (Vec::new(), self.item_decoder());
        while let Some(item) = next_item(&mut framer)? {
            if streaming.is_some_and(|streaming| streaming.is_end(&item.data)) {
                break;
            }
            let inside = |error: DecodeError| error.inside(&format!("/{}", items.len()));
            let (item, _) = read_item(&item, streaming, &mut decoder).map_err(inside)?;
            items.push(item);
        }
        Ok(Events { items })
    }

    fn item_decoder(&self) -> TextDecoder {
        if self.is_lenient { TextDecoder::lenient() } else { TextDecoder::strict() }
    }
}

/// Returns the next item of a whole body, or the error of an event without an end.
fn next_item(framer: &mut Framer) -> Result<Option<FramedItem>, DecodeError> {
    let item = match framer.next() {
        Ok(None) => framer.finish(),
        item => item,
    };
    let cut =
        |_| DecodeError::content("the end of an item".to_owned(), "the end of the body".to_owned(), None);
    item.map_err(cut)
}

/// Reads an item of a stream. Also returns what was left out of it.
pub(crate) fn read_item<T: Decode>(
    item: &FramedItem,
    streaming: Option<Streaming>,
    decoder: &mut TextDecoder,
) -> Result<(T, LeftOut), DecodeError> {
    let value = match &item.event {
        None => decode_with(&item.data, decoder),
        Some(fields) => {
            let is_whole = streaming.is_some_and(Streaming::has_whole_events);
            let prefers_json = begins_object(&item.data) || matches!(slot_of(&mut T::blank()), Slot::Any(_));
            let document = |is_json| match (is_whole, is_json) {
                (true, _) => whole_event(item, fields, is_json),
                (false, true) => item.data.clone(),
                (false, false) => string(&item.data),
            };
            decode_with(&document(prefers_json), decoder).or_else(|error| {
                // The data of an event is a string for the standard, but JSON for most servers.
                decode_with(&document(!prefers_json), decoder)
                    .map_err(|other| if prefers_json { error } else { other })
            })
        }
    };
    value.map(|value| (value, std::mem::take(&mut decoder.left_out)))
}

fn begins_object(data: &[u8]) -> bool {
    matches!(data.trim_ascii_start().first(), Some(b'{' | b'['))
}

/// Returns a text as a JSON string.
fn string(text: &[u8]) -> Vec<u8> {
    serde_json::Value::from(String::from_utf8_lossy(text)).to_string().into_bytes()
}

/// Returns an event as a JSON object of its fields.
fn whole_event(item: &FramedItem, fields: &EventFields, is_json: bool) -> Vec<u8> {
    let mut object = b"{".to_vec();
    let mut push = |name: &str, value: &[u8]| {
        if object.len() > 1 {
            object.push(b',');
        }
        object.extend_from_slice(format!("\"{name}\":").as_bytes());
        object.extend_from_slice(value);
    };
    if let Some(name) = &fields.name {
        push("event", &string(name.as_bytes()));
    }
    if let Some(id) = &fields.id {
        push("id", &string(id.as_bytes()));
    }
    if let Some(retry) = fields.retry {
        push("retry", retry.as_millis().to_string().as_bytes());
    }
    if is_json {
        push("data", &item.data);
    } else {
        push("data", &string(&item.data));
    }
    object.push(b'}');
    object
}
