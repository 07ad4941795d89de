//! Typed items.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_util::Stream;
use futures_util::StreamExt;
use futures_util::future::BoxFuture;
use futures_util::stream::{BoxStream, unfold};
use reqwest::header::{CONTENT_TYPE, HeaderMap};

use super::item_reader::{ItemReader, own_last_id};
use crate::client::api_client::Client;
use crate::client::stream::head::Head;
use crate::decode::error::DecodeError;
use crate::decode::text::TextDecoder;
use crate::error::{ApiError, Error, ReceivedResponse, names_error};
use crate::framing::FramedItem;
use crate::model::node::{Decode, View, view_of};
use crate::operation::Streaming;
use crate::request::{IntoRequest, RequestParts};
use crate::response::events::read_item;
use crate::response::{Items, ResponseHeader};
use crate::secrets::Secrets;

impl Client {
    /// Sends a request whose response is a stream, and returns its items one by one: server-sent events, JSON Lines, a JSON
    /// text sequence, or the parts of a multipart body. If the server responds with JSON instead, the items are those of the
    /// array, or the one value.
    ///
    /// The timeout of an attempt applies until the head of the response has arrived; after that, only the timeout for each
    /// read. An item may have as many bytes as `max_response_size` allows.
    ///
    /// If the connection fails, the stream of an idempotent request goes on where the last event had an ID: the client
    /// connects again with `Last-Event-ID`, after the delay that the server wishes. To go on in another process, set that
    /// header to [`last_event_id`](ItemStream::last_event_id) with [`RequestOptions::header`](crate::RequestOptions::header).
    ///
    /// # Errors
    ///
    /// Returns an error if the request is not valid, no head of a response arrives, or the server responds with an error.
    pub async fn stream<R>(&self, request: R) -> Result<ItemStream<<R::Output as Items>::Item>, Error>
    where
        R: IntoRequest,
        R::Output: Items,
    {
        let request = request.into_request()?;
        Ok(ItemStream { inner: self.open_items(request.parts().clone()).await?, item: PhantomData })
    }

    /// Not generic, so that it is compiled once.
    fn open_items(&self, parts: RequestParts) -> BoxFuture<'_, Result<RawItems, Error>> {
        Box::pin(async move {
            let (response, parts) = self.open_location(parts, &HeaderMap::new()).await?;
            let head = Head::of(&response);
            let secrets = response.secrets().clone();
            let streaming = parts.operation().streaming();
            let last_event_id = parts.options().and_then(own_last_id);
            let reader = ItemReader::new(self.clone(), parts, response).await?;
            let items = unfold(Some(reader), |reader| async move {
                let mut reader = reader?;
                match reader.next().await {
                    Ok(Some(item)) => Some((Ok(item), Some(reader))),
                    Ok(None) => None,
                    Err(error) => Some((Err(error), None)),
                }
            });
            let decoder = if self.is_lenient() { TextDecoder::lenient() } else { TextDecoder::strict() };
            Ok(RawItems {
                head,
                secrets,
                streaming,
                items: items.fuse().boxed(),
                decoder,
                last_event_id,
                event_name: None,
            })
        })
    }
}

/// The items of a response that is a stream. [`Client::stream`] returns it.
///
/// It implements `Stream`. An item that doesn't match its declared type is an error of the kind
/// [`Decode`](crate::ErrorKind::Decode), which contains it; the items after it follow. An event that reports an error is one of the kind
/// [`ErrorEvent`](crate::ErrorKind::ErrorEvent). After any other error, the stream ends. If it is dropped, the connection is
/// closed. It reads no more from the server than the items that are polled need.
#[must_use = "the items are read only if the stream is polled"]
pub struct ItemStream<T> {
    inner: RawItems,
    item: PhantomData<fn() -> T>,
}

/// The items as bytes, with what their decoding needs.
struct RawItems {
    head: Head,
    secrets: Secrets,
    streaming: Option<Streaming>,
    items: BoxStream<'static, Result<FramedItem, Error>>,
    decoder: TextDecoder,
    last_event_id: Option<String>,
    event_name: Option<String>,
}

impl<T> ItemStream<T> {
    /// Returns the status code.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.inner.head.status
    }

    /// Returns the value of a header; the first one if there are several.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.inner.head.header(name)
    }

    /// Returns the names and values of all headers. The names are in lower case.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.inner.head.iter()
    }

    /// Returns the value of a header that the description declares; `None` if it is missing.
    ///
    /// # Errors
    ///
    /// Returns an error if the value doesn't match the declared type.
    pub fn typed_header<H: Decode>(&self, header: ResponseHeader<H>) -> Result<Option<H>, DecodeError> {
        self.inner.head.typed(header)
    }

    /// Returns the ID of the last event that had one.
    #[must_use]
    pub fn last_event_id(&self) -> Option<&str> {
        self.inner.last_event_id.as_deref()
    }

    /// Returns the type of the last event; `None` if it had none, as JSON Lines have none.
    #[must_use]
    pub fn event_name(&self) -> Option<&str> {
        self.inner.event_name.as_deref()
    }
}

impl<T: Decode> ItemStream<T> {
    /// Returns the next item; `None` at the end of the stream.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        StreamExt::next(self).await
    }
}

impl<T: Decode> Stream for ItemStream<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let item = match ready!(self.inner.poll_item(context)) {
            None => return Poll::Ready(None),
            Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            Some(Ok(item)) => item,
        };
        let streaming = self.inner.streaming;
        let result = match read_item::<T>(&item, streaming, &mut self.inner.decoder) {
            Ok((value, _)) if !self.inner.is_error(&item, view_of(&value)) => Ok(value),
            Ok(_) => Err(self.inner.error_event(&item)),
            Err(_) if RawItems::reports_error(&item) => Err(self.inner.error_event(&item)),
            Err(error) => {
                let response = self.inner.received(item);
                Err(Error::unreadable(error.redacted(&self.inner.secrets), response))
            }
        };
        Poll::Ready(Some(result))
    }
}

impl RawItems {
    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<FramedItem, Error>>> {
        let item = ready!(self.items.as_mut().poll_next(context));
        if let Some(Ok(item)) = &item {
            let fields = item.event.as_ref();
            if let Some(id) = fields.and_then(|fields| fields.id.clone()) {
                self.last_event_id = Some(id);
            }
            self.event_name = fields.and_then(|fields| fields.name.clone());
        }
        Poll::Ready(item)
    }

    /// Returns whether an item that matches the type reports an error nevertheless: it is an event of the type `error`, and
    /// the schema doesn't describe whole events, or it has a property `error` that the type doesn't declare.
    fn is_error(&self, item: &FramedItem, value: View<'_>) -> bool {
        if self.streaming.is_some_and(Streaming::has_whole_events) {
            return false;
        }
        let name = item.event.as_ref().and_then(|fields| fields.name.as_deref());
        let undeclared = match value {
            View::Object(model) => model.extra().and_then(|extra| extra.get("error")),
            _ => None,
        };
        name == Some("error") || undeclared.is_some_and(|error| !error.is_null())
    }

    /// Returns whether an item that doesn't match the type reports an error.
    fn reports_error(item: &FramedItem) -> bool {
        let name = item.event.as_ref().and_then(|fields| fields.name.as_deref());
        name == Some("error") || serde_json::from_slice(&item.data).is_ok_and(|value| names_error(&value))
    }

    fn error_event(&self, item: &FramedItem) -> Error {
        Error::event(ApiError::of_event(self.head.status, &item.data, &self.secrets))
    }

    fn received(&self, item: FramedItem) -> ReceivedResponse {
        let content_type = self.head.header(CONTENT_TYPE.as_str()).map(str::to_owned);
        ReceivedResponse::new(self.head.status, content_type, item.data, &self.secrets)
    }
}

/// Shows only the names of the headers, because their values may contain cookies.
impl<T> fmt::Debug for ItemStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ItemStream").field("status", &self.status()).finish_non_exhaustive()
    }
}
