//! Lines: the items of JSON Lines.

use super::buffer::Buffer;
use super::item::{FramedItem, FramingError};

/// Splits a body into lines that are not blank.
pub(crate) struct LineFramer {
    buffer: Buffer,
}

impl LineFramer {
    pub(super) fn new(maximum: usize) -> Self {
        Self { buffer: Buffer::new(maximum) }
    }

    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.buffer.push(bytes);
    }

    pub(super) fn next(&mut self) -> Result<Option<FramedItem>, FramingError> {
        loop {
            let end = self.buffer.find(0, |text| text.iter().position(|byte| *byte == b'\n'))?;
            let Some(end) = end else { return Ok(None) };
            let item = item(self.buffer.rest().get(..end).unwrap_or_default());
            self.buffer.skip(end + 1);
            if item.is_some() {
                return Ok(item);
            }
        }
    }

    pub(super) fn finish(&mut self) -> Option<FramedItem> {
        item(&self.buffer.take())
    }
}

/// Returns the value in a text; `None` if the text is blank.
pub(super) fn item(text: &[u8]) -> Option<FramedItem> {
    let data = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text).trim_ascii();
    (!data.is_empty()).then(|| FramedItem { data: data.to_vec(), event: None })
}
