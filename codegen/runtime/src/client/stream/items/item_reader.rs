//! Reads the items of a stream, and connects again where the stream goes on.

use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use serde_json::value::RawValue;

use crate::client::api_client::Client;
use crate::client::retry::{self, RetryPolicy};
use crate::client::stream::head::NoObserver;
use crate::client::transport::OpenResponse;
use crate::error::{Attempts, Error, TransportFailure};
use crate::framing::{FramedItem, Framer, FramingError};
use crate::operation::Streaming;
use crate::request::{RequestOptions, RequestParts};
use crate::response::stream_format::stream_format;

static LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// Reads the items of a stream.
pub(super) struct ItemReader {
    client: Client,
    parts: RequestParts,
    /// `None` after the end of the response.
    response: Option<OpenResponse>,
    framer: Source,
    streaming: Streaming,
    /// The ID of the last event.
    last_id: Option<String>,
    /// The delay before the next connection, as the server wishes it.
    retry: Option<Duration>,
    /// The attempts since an item arrived.
    attempts: Attempts,
}

/// Where the items come from.
enum Source {
    Framed(Framer),
    /// A JSON value or the items of an array, in reverse order.
    Json(Vec<FramedItem>),
}

/// What follows an item.
enum Step {
    Item(FramedItem),
    /// More bytes are needed.
    More,
    End,
}

impl ItemReader {
    /// Creates the reader of a response.
    pub(super) async fn new(
        client: Client,
        parts: RequestParts,
        response: OpenResponse,
    ) -> Result<Self, Error> {
        let streaming = parts.operation().streaming().unwrap_or_default();
        let last_id = parts.options().and_then(own_last_id);
        let mut reader = Self {
            client,
            parts,
            response: None,
            framer: Source::Json(Vec::new()),
            streaming,
            last_id,
            retry: None,
            attempts: Attempts::default(),
        };
        reader.read(response).await?;
        Ok(reader)
    }

    /// Begins to read a response.
    async fn read(&mut self, response: OpenResponse) -> Result<(), Error> {
        if response.status() == 204 {
            (self.framer, self.response) = (Source::Json(Vec::new()), None);
            return Ok(());
        }
        let declared = self.parts.operation().media_types().next().unwrap_or_default();
        let format = stream_format(response.header(CONTENT_TYPE.as_str()), declared);
        if let Some(format) = format {
            let maximum = self.client.0.context.sender.max_body;
            self.framer = Source::Framed(Framer::new(&format, maximum));
            self.response = Some(response);
            return Ok(());
        }
        // The server doesn't stream.
        let response = response.read(self.parts.operation()).await?;
        let array: Result<Vec<Box<RawValue>>, _> = serde_json::from_slice(&response.body);
        let items = match array {
            Ok(values) => values.iter().rev().map(|value| item(value.get().as_bytes())).collect(),
            Err(_) if response.is_json() => vec![item(&response.body)],
            Err(_) => return Err(response.into_foreign()),
        };
        self.framer = Source::Json(items);
        self.response = None;
        Ok(())
    }

    /// Returns the next item; `None` at the end of the stream.
    pub(super) async fn next(&mut self) -> Result<Option<FramedItem>, Error> {
        loop {
            match self.step() {
                Ok(Step::Item(item)) if self.streaming.is_end(&item.data) => return Ok(None),
                Ok(Step::Item(item)) => {
                    self.attempts = Attempts::default();
                    return Ok(Some(item));
                }
                Ok(Step::End) => return Ok(None),
                Ok(Step::More) => {}
                Err(error) => return Err(self.framing_error(error)),
            }
            let Some(response) = &mut self.response else { return Ok(None) };
            match response.chunk().await {
                Ok(Some(bytes)) => {
                    // What keeps the connection open is also a sign of life.
                    if self.streaming.reconnects() {
                        self.attempts = Attempts::default();
                    }
                    if let Source::Framed(framer) = &mut self.framer {
                        framer.push(&bytes);
                    }
                }
                Ok(None) => match self.end().await? {
                    Step::Item(item) => return Ok(Some(item)),
                    Step::End => return Ok(None),
                    Step::More => {}
                },
                Err(failure) => self.connect_after(failure.into()).await?,
            }
        }
    }

    fn step(&mut self) -> Result<Step, FramingError> {
        match &mut self.framer {
            Source::Framed(framer) => Ok(framer.next()?.map_or(Step::More, Step::Item)),
            Source::Json(items) => Ok(items.pop().map_or(Step::End, Step::Item)),
        }
    }

    /// Keeps the ID of the last event of a response, and the delay that the server wishes. An empty ID means that there is
    /// none.
    fn keep_position(&mut self) {
        let Source::Framed(framer) = &self.framer else { return };
        self.retry = framer.retry().or(self.retry);
        if let Some(id) = framer.last_id() {
            self.last_id = Some(id.to_owned()).filter(|id| !id.is_empty());
        }
    }

    /// Handles the end of a response.
    async fn end(&mut self) -> Result<Step, Error> {
        self.response = None;
        let Source::Framed(framer) = &mut self.framer else { return Ok(Step::End) };
        let is_end = self.streaming.is_end(framer.pending());
        match framer.finish() {
            _ if is_end => Ok(Step::End),
            Ok(Some(item)) if self.streaming.is_end(&item.data) => Ok(Step::End),
            Ok(Some(item)) => Ok(Step::Item(item)),
            Ok(None) if self.streaming.reconnects() => {
                self.connect_after(TransportFailure::incomplete().into()).await?;
                Ok(Step::More)
            }
            Ok(None) if self.streaming.end().is_empty() => Ok(Step::End),
            // The description declares how a stream ends.
            Ok(None) | Err(FramingError::Incomplete) => {
                self.connect_after(TransportFailure::incomplete().into()).await?;
                Ok(Step::More)
            }
            Err(error) => Err(self.framing_error(error)),
        }
    }

    /// Connects again after a failure, or returns it if the stream can't go on: then the server would send other items.
    async fn connect_after(&mut self, error: Error) -> Result<(), Error> {
        self.response = None;
        self.keep_position();
        let goes_on = self.last_id.is_some() || self.streaming.reconnects();
        let context = &self.client.0.context;
        let policy = self.parts.options().and_then(RequestOptions::retry_as::<RetryPolicy>);
        let policy = policy.unwrap_or(&context.retry);
        let wait = retry::retry_delay(policy, &error, self.attempts, self.parts.is_idempotent());
        let Some(wait) = wait.filter(|_| goes_on && self.parts.is_idempotent()) else {
            return Err(error.after(self.attempts));
        };
        let wait = self.retry.map_or(wait, |retry| policy.bounded(retry));
        context.clock.sleep(wait).await;
        self.attempts = Attempts { count: self.attempts.count + 1, waited: self.attempts.waited + wait };
        let mut headers = HeaderMap::new();
        if let Some(id) = &self.last_id {
            // Without it, the server would send events again.
            let Ok(id) = HeaderValue::from_bytes(id.as_bytes()) else {
                return Err(error.after(self.attempts));
            };
            headers.insert(&LAST_EVENT_ID, id);
        }
        let response = self.client.open(&self.parts, &mut NoObserver, &headers).await?;
        self.read(response).await
    }

    fn framing_error(&mut self, error: FramingError) -> Error {
        self.response = None;
        match error {
            FramingError::TooLarge => TransportFailure::too_large(self.client.0.context.sender.max_body),
            FramingError::Incomplete => TransportFailure::incomplete(),
        }
        .into()
    }
}

fn item(data: &[u8]) -> FramedItem {
    FramedItem { data: data.to_vec(), event: None }
}

/// Returns the ID of the last event that the caller has.
pub(super) fn own_last_id(options: &RequestOptions) -> Option<String> {
    options.headers().find(|header| header.name == LAST_EVENT_ID.as_str()).map(|header| header.value)
}
