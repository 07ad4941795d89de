//! Text that is not entirely UTF-8.

/// Text that is UTF-8, because the other bytes were replaced.
pub(crate) struct ReplacedBytes {
    pub(crate) text: String,
    /// The byte offset of each escape that replaces a byte.
    offsets: Vec<usize>,
}

/// The length of an escape.
const ESCAPE: usize = r"\udc80".len();

impl ReplacedBytes {
    /// Replaces each byte that is not part of UTF-8 by an escaped surrogate, `\udc80` to `\udcff`, as Python's
    /// `surrogateescape` (PEP 383) does. In a JSON string, the escape is JSON but not Unicode, so no byte is lost, and the
    /// string is not mistaken for another one. `None` if the text contains half of such a pair, or a backslash before such a
    /// byte: both would form another escape.
    #[cold]
    pub(crate) fn new(bytes: &[u8]) -> Option<Self> {
        let (mut text, mut offsets) = (String::with_capacity(bytes.len() + 64), Vec::new());
        for chunk in bytes.utf8_chunks() {
            text.push_str(chunk.valid());
            if !chunk.invalid().is_empty() && (ends_with_surrogate(&text) || ends_with_backslash(&text)) {
                return None;
            }
            for byte in chunk.invalid() {
                offsets.push(text.len());
                text.push_str(&format!("\\udc{byte:02x}"));
            }
        }
        Some(Self { text, offsets })
    }

    /// Returns the offsets of the escapes that replace a byte.
    #[cfg(feature = "export")]
    pub(crate) fn offsets(&self) -> &[usize] {
        &self.offsets
    }

    /// Returns the offset in the original bytes of an offset in the text.
    pub(crate) fn original_offset(&self, offset: usize) -> usize {
        offset - (ESCAPE - 1) * self.count_before(offset)
    }

    /// Returns whether a byte was replaced in a range of the text.
    pub(crate) fn is_replaced(&self, start: usize, end: usize) -> bool {
        self.count_before(start) < self.count_before(end)
    }

    /// Returns the number of escapes that end before an offset.
    fn count_before(&self, offset: usize) -> usize {
        self.offsets.partition_point(|at| at + ESCAPE <= offset)
    }
}

/// Returns whether a text ends with an escaped leading surrogate, which would form a pair with the next escape.
fn ends_with_surrogate(text: &str) -> bool {
    let Some(start) = text.len().checked_sub(ESCAPE) else { return false };
    let escape = text.get(start..).unwrap_or_default().to_ascii_lowercase();
    escape.starts_with(r"\ud") && matches!(escape.as_bytes().get(3), Some(b'8' | b'9' | b'a' | b'b'))
}

/// Returns whether a text ends with a backslash that isn't escaped.
fn ends_with_backslash(text: &str) -> bool {
    text.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::ReplacedBytes;

    #[test]
    fn a_byte_after_a_backslash_is_not_replaced() {
        assert!(ReplacedBytes::new(b"\"a\\\xff\"").is_none());
        assert!(ReplacedBytes::new(b"\"a\\\\\\\xff\"").is_none());
        assert_eq!(ReplacedBytes::new(b"\"\\\\\xff\"").unwrap().text, "\"\\\\\\udcff\"");
    }

    #[test]
    fn bytes_are_replaced_by_surrogates() {
        let replaced = ReplacedBytes::new(b"[\"a\xe4\xff\", \"\xc3\xa4\"]").unwrap();
        assert_eq!(replaced.text, "[\"a\\udce4\\udcff\", \"ä\"]");
        assert_eq!(replaced.original_offset(3), 3);
        assert_eq!(replaced.original_offset(replaced.text.find(',').unwrap()), 6);
        assert!(replaced.is_replaced(1, 15) && !replaced.is_replaced(16, 20));
        assert!(ReplacedBytes::new(b"\"\\uD83d\xff\"").is_none());
        assert!(ReplacedBytes::new(b"\"\\ue83d\xff\"").is_some());
    }
}
