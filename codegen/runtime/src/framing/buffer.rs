//! Bytes that have arrived, and the search for the end of an item in them.

use super::item::FramingError;

/// Bytes that have arrived, of which the first are read.
pub(super) struct Buffer {
    bytes: Vec<u8>,
    /// Where the bytes begin that are not read yet.
    start: usize,
    /// How many of those are known to contain no end of an item.
    searched: usize,
    maximum: usize,
}

impl Buffer {
    pub(super) fn new(maximum: usize) -> Self {
        Self { bytes: Vec::new(), start: 0, searched: 0, maximum }
    }

    pub(super) fn push(&mut self, bytes: &[u8]) {
        if self.start > 0 {
            self.bytes.drain(..self.start);
            self.start = 0;
        }
        self.bytes.extend_from_slice(bytes);
    }

    /// Returns what is not read yet.
    pub(super) fn rest(&self) -> &[u8] {
        self.bytes.get(self.start..).unwrap_or_default()
    }

    /// Removes a number of bytes from what is not read yet.
    pub(super) fn skip(&mut self, length: usize) {
        self.start = self.bytes.len().min(self.start + length);
        self.searched = 0;
    }

    /// Returns the position of the first match in what is not read yet, without searching anything twice. `overlap` is how
    /// many bytes of the end a match may begin in, until more bytes arrive.
    pub(super) fn find(
        &mut self,
        overlap: usize,
        find: impl Fn(&[u8]) -> Option<usize>,
    ) -> Result<Option<usize>, FramingError> {
        let from = self.searched;
        if let Some(position) = find(self.rest().get(from..).unwrap_or_default()) {
            return if from + position > self.maximum {
                Err(FramingError::TooLarge)
            } else {
                Ok(Some(from + position))
            };
        }
        let length = self.rest().len();
        self.searched = length.saturating_sub(overlap);
        if length > self.maximum.saturating_add(overlap) { Err(FramingError::TooLarge) } else { Ok(None) }
    }

    /// Returns all that is not read yet, and empties the buffer.
    pub(super) fn take(&mut self) -> Vec<u8> {
        let rest = self.rest().to_vec();
        self.skip(rest.len());
        rest
    }
}
