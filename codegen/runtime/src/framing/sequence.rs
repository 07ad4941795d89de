//! JSON text sequences (RFC 7464): each value begins with a record separator.

use super::buffer::Buffer;
use super::item::{FramedItem, FramingError};
use super::lines::item;

/// The separator before each value.
const RECORD_SEPARATOR: u8 = 0x1e;

/// Splits a body into the values after record separators.
pub(crate) struct SequenceFramer {
    buffer: Buffer,
}

impl SequenceFramer {
    pub(super) fn new(maximum: usize) -> Self {
        Self { buffer: Buffer::new(maximum) }
    }

    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.buffer.push(bytes);
    }

    pub(super) fn next(&mut self) -> Result<Option<FramedItem>, FramingError> {
        loop {
            let end = self.buffer.find(0, |text| text.iter().position(|byte| *byte == RECORD_SEPARATOR))?;
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
