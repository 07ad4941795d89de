//! Values that one byte separates: JSON Lines, and JSON text sequences (RFC 7464), where each value begins with a record
//! separator.

use super::buffer::Buffer;
use super::item::{FramedItem, FramingError};

/// The separator of JSON Lines.
pub(super) const NEWLINE: u8 = b'\n';
/// The separator of JSON text sequences.
pub(super) const RECORD_SEPARATOR: u8 = 0x1e;

/// Splits a body into the values between separators that are not blank.
pub(crate) struct SeparatedFramer {
    separator: u8,
    buffer: Buffer,
}

impl SeparatedFramer {
    pub(super) fn new(separator: u8, maximum: usize) -> Self {
        Self { separator, buffer: Buffer::new(maximum) }
    }

    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.buffer.push(bytes);
    }

    pub(super) fn next(&mut self) -> Result<Option<FramedItem>, FramingError> {
        loop {
            let separator = self.separator;
            let end = self.buffer.find(0, |text| text.iter().position(|byte| *byte == separator))?;
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
fn item(text: &[u8]) -> Option<FramedItem> {
    let data = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text).trim_ascii();
    (!data.is_empty()).then(|| FramedItem { data: data.to_vec(), event: None })
}
