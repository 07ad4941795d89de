//! Finds the JSON pointers of values by their byte offsets.

use super::pointer::{Segment, pointer};
use super::reader::{InvalidJson, JsonKind, Reader};

/// The maximum length of all pointers together, so that long keys don't multiply.
const MAX_LENGTH: usize = 1 << 20;

/// Returns the JSON pointers of the values at these byte offsets, in their order. The offsets are sorted. The result is
/// shorter if the pointers are very long.
pub(crate) fn pointers(text: &str, offsets: &[usize]) -> Vec<String> {
    let mut search = Search { offsets, path: Vec::new(), pointers: Vec::new(), length: 0 };
    // Invalid JSON ends the search.
    let _ = search.value(&mut Reader::new(text));
    search.pointers
}

struct Search<'o> {
    /// The offsets that were not found yet.
    offsets: &'o [usize],
    path: Vec<Segment>,
    pointers: Vec<String>,
    length: usize,
}

impl Search<'_> {
    /// Skips a value, and finds the offsets in it.
    fn value(&mut self, reader: &mut Reader<'_>) -> Result<(), InvalidJson> {
        let kind = reader.kind()?;
        let start = *reader;
        reader.skip()?;
        while self.offsets.first().is_some_and(|offset| *offset <= start.offset()) {
            self.found();
        }
        if self.offsets.first().is_some_and(|offset| *offset < reader.offset()) {
            // A key that is not Unicode ends the search in this object.
            let depth = self.path.len();
            let _ = self.inside(kind, start);
            self.path.truncate(depth);
            while self.offsets.first().is_some_and(|offset| *offset < reader.offset()) {
                self.found();
            }
        }
        Ok(())
    }

    fn inside(&mut self, kind: JsonKind, mut reader: Reader<'_>) -> Result<(), InvalidJson> {
        let (mut is_first, mut index) = (true, 0);
        match kind {
            JsonKind::Object => {
                while let Some(key) = reader.key(&mut is_first)? {
                    self.path.push(Segment::Key(key.into_owned()));
                    self.value(&mut reader)?;
                    self.path.pop();
                }
            }
            JsonKind::Array => {
                while reader.has_next(&mut is_first, b']')? {
                    self.path.push(Segment::Index(index));
                    self.value(&mut reader)?;
                    self.path.pop();
                    index += 1;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Adds the pointer of the current value for the next offset.
    fn found(&mut self) {
        let Some((_, rest)) = self.offsets.split_first() else { return };
        self.offsets = rest;
        let pointer = pointer(self.path.iter());
        self.length = self.length.saturating_add(pointer.len());
        if self.length > MAX_LENGTH {
            self.offsets = &[];
        } else {
            self.pointers.push(pointer);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::pointers;

    #[test]
    fn values_are_found_by_their_offsets() {
        let text = r#" {"a": [1, {"b/c": null, "d": 5}], "e": "x", "\ud800": 1, "f": 2}"#;
        let at = |part: &str| text.find(part).unwrap();
        let offsets = [1, at("[1"), at("1,"), at("null"), at("5}"), at("\"x"), at("\"x"), at("1, \"f")];
        assert_eq!(pointers(text, &offsets), ["", "/a", "/a/0", "/a/1/b~1c", "/a/1/d", "/e", "/e", ""]);
        assert_eq!(pointers("[1, 2", &[1, 4]), [""; 0]);
    }

    #[test]
    fn long_keys_do_not_multiply() {
        let text = format!(r#"{{"{}": [{}]}}"#, "k".repeat(100_000), ["1"; 100].join(","));
        let offsets: Vec<_> = text.match_indices('1').map(|(at, _)| at).collect();
        assert_eq!(pointers(&text, &offsets).len(), 10);
    }
}
