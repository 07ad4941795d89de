//! Server-sent events, as the HTML standard defines the event stream format.
//!
//! <https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation>

use std::time::Duration;

use super::buffer::Buffer;
use super::item::{EventFields, FramedItem, FramingError};

/// Splits a body into events.
pub(crate) struct EventFramer {
    buffer: Buffer,
    maximum: usize,
    /// Whether the first bytes, which may be a byte order mark, are read.
    has_begun: bool,
    /// Whether a line feed at the start ends a line that ended with a carriage return.
    skips_line_feed: bool,
    /// The event whose lines are read.
    data: Vec<u8>,
    has_data: bool,
    fields: EventFields,
    /// The ID of the last block of lines that had one, also without data.
    last_id: Option<String>,
    /// The last delay before the next connection.
    retry: Option<Duration>,
}

impl EventFramer {
    pub(super) fn new(maximum: usize) -> Self {
        Self {
            buffer: Buffer::new(maximum),
            maximum,
            has_begun: false,
            skips_line_feed: false,
            data: Vec::new(),
            has_data: false,
            fields: EventFields::default(),
            last_id: None,
            retry: None,
        }
    }

    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.buffer.push(bytes);
    }

    pub(super) fn next(&mut self) -> Result<Option<FramedItem>, FramingError> {
        if !self.begin() {
            return Ok(None);
        }
        while let Some(line) = self.line()? {
            if let Some(event) = self.read(&line)? {
                return Ok(Some(event));
            }
        }
        Ok(None)
    }

    /// Skips a byte order mark. Returns false if more bytes are needed to recognize one.
    fn begin(&mut self) -> bool {
        const MARK: &[u8] = b"\xef\xbb\xbf";
        if self.has_begun {
            return true;
        }
        let rest = self.buffer.rest();
        if rest.len() < MARK.len() && MARK.starts_with(rest) {
            return false;
        }
        if rest.starts_with(MARK) {
            self.buffer.skip(MARK.len());
        }
        self.has_begun = true;
        true
    }

    /// Returns the next complete line, without its end.
    fn line(&mut self) -> Result<Option<Vec<u8>>, FramingError> {
        if self.skips_line_feed && !self.buffer.rest().is_empty() {
            if self.buffer.rest().starts_with(b"\n") {
                self.buffer.skip(1);
            }
            self.skips_line_feed = false;
        }
        let end = self.buffer.find(0, |text| text.iter().position(|byte| matches!(byte, b'\n' | b'\r')))?;
        let Some(end) = end else { return Ok(None) };
        let line = self.buffer.rest().get(..end).unwrap_or_default().to_vec();
        self.skips_line_feed = self.buffer.rest().get(end) == Some(&b'\r');
        self.buffer.skip(end + 1);
        Ok(Some(line))
    }

    /// Reads a line. A blank one ends the event.
    fn read(&mut self, line: &[u8]) -> Result<Option<FramedItem>, FramingError> {
        if line.is_empty() {
            return Ok(self.dispatch());
        }
        let colon = line.iter().position(|byte| *byte == b':');
        let (name, value) = match colon {
            Some(colon) => (line.get(..colon).unwrap_or_default(), line.get(colon + 1..).unwrap_or_default()),
            None => (line, [].as_slice()),
        };
        let value = value.strip_prefix(b" ").unwrap_or(value);
        match name {
            b"data" => self.add_data(value)?,
            b"event" => self.fields.name = Some(text(value)),
            b"id" if !value.contains(&0) => self.fields.id = Some(text(value)),
            b"retry" if !value.is_empty() && value.iter().all(u8::is_ascii_digit) => {
                self.fields.retry = text(value).parse().ok().map(Duration::from_millis);
                self.retry = self.fields.retry.or(self.retry);
            }
            // A comment, or a field that the standard doesn't know: to be ignored.
            _ => {}
        }
        Ok(None)
    }

    fn add_data(&mut self, value: &[u8]) -> Result<(), FramingError> {
        if self.data.len() + value.len() >= self.maximum {
            return Err(FramingError::TooLarge);
        }
        if self.has_data {
            self.data.push(b'\n');
        }
        self.data.extend_from_slice(value);
        self.has_data = true;
        Ok(())
    }

    /// Returns the event that has ended; `None` if it has no data. Its ID and delay count nevertheless, so they are kept for
    /// the next one.
    fn dispatch(&mut self) -> Option<FramedItem> {
        if let Some(id) = &self.fields.id {
            self.last_id = Some(id.clone());
        }
        if !self.has_data {
            self.fields.name = None;
            return None;
        }
        self.has_data = false;
        let data = std::mem::take(&mut self.data);
        Some(FramedItem { data, event: Some(std::mem::take(&mut self.fields)) })
    }

    /// An event without a blank line after it is not complete.
    pub(super) fn finish(&mut self) -> Result<Option<FramedItem>, FramingError> {
        let rest = self.buffer.take();
        let is_data = self.has_data || rest.starts_with(b"data");
        if is_data { Err(FramingError::Incomplete) } else { Ok(None) }
    }

    /// Returns the ID of the last event, which may have had no data.
    pub(super) fn last_id(&self) -> Option<&str> {
        self.last_id.as_deref()
    }

    /// Returns the last delay before the next connection that the server sent.
    pub(super) fn retry(&self) -> Option<Duration> {
        self.retry
    }

    /// Returns the data of an event that has not ended, such as the end of the stream without a blank line after it.
    pub(crate) fn pending(&self) -> &[u8] {
        let rest = self.buffer.rest();
        let rest = rest.strip_prefix(b"data:").map(|value| value.strip_prefix(b" ").unwrap_or(value));
        rest.filter(|_| !self.has_data).unwrap_or(&self.data)
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
