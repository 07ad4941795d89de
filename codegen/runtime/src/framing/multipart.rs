//! Multipart bodies (RFC 2046, section 5.1), whose parts are the items.

use super::buffer::Buffer;
use super::item::{FramedItem, FramingError};

/// Splits a body into the contents of its parts.
pub(crate) struct MultipartFramer {
    buffer: Buffer,
    /// The line break before a delimiter, and the delimiter.
    delimiter: Vec<u8>,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Before the first delimiter.
    Preamble,
    /// In a part.
    Part,
    /// After the last delimiter.
    End,
}

impl MultipartFramer {
    pub(super) fn new(boundary: &str, maximum: usize) -> Self {
        // The first delimiter needs no line break before it.
        let mut buffer = Buffer::new(maximum);
        buffer.push(b"\r\n");
        Self { buffer, delimiter: format!("\r\n--{boundary}").into_bytes(), state: State::Preamble }
    }

    pub(super) fn push(&mut self, bytes: &[u8]) {
        if self.state != State::End {
            self.buffer.push(bytes);
        }
    }

    pub(super) fn next(&mut self) -> Result<Option<FramedItem>, FramingError> {
        while self.state != State::End {
            let delimiter = self.delimiter.clone();
            let position = self.buffer.find(delimiter.len(), |text| position(text, &delimiter))?;
            let Some(position) = position else { return Ok(None) };
            // What follows the delimiter decides whether it is the last one.
            let after = position + delimiter.len();
            let Some(next) = self.buffer.rest().get(after..after + 2).map(<[u8]>::to_vec) else {
                return Ok(None);
            };
            let part = self.buffer.rest().get(..position).unwrap_or_default().to_vec();
            let was = self.state;
            self.state = if next == b"--" { State::End } else { State::Part };
            self.buffer.skip(after);
            if was == State::Part {
                return Ok(Some(FramedItem { data: content(&part), event: None }));
            }
        }
        Ok(None)
    }

    /// The last delimiter ends the body.
    pub(super) fn finish(&mut self) -> Result<Option<FramedItem>, FramingError> {
        if self.state == State::End { Ok(None) } else { Err(FramingError::Incomplete) }
    }
}

/// Returns the content of a part: what follows the blank line after its headers. `part` begins after the delimiter.
fn content(part: &[u8]) -> Vec<u8> {
    let line_end = part.iter().position(|byte| *byte == b'\n').map_or(part.len(), |end| end + 1);
    let part = part.get(line_end..).unwrap_or_default();
    if let Some(content) = part.strip_prefix(b"\r\n").or_else(|| part.strip_prefix(b"\n")) {
        return content.to_vec();
    }
    let blank =
        position(part, b"\r\n\r\n").map(|at| at + 4).or_else(|| position(part, b"\n\n").map(|at| at + 2));
    part.get(blank.unwrap_or(part.len())..).unwrap_or_default().to_vec()
}

fn position(text: &[u8], pattern: &[u8]) -> Option<usize> {
    text.windows(pattern.len()).position(|window| window == pattern)
}
