//! A bound for what a document repeats.
//!
//! What is written once can be used many times, and each use may need a copy: a response with a hundred headers in each of a
//! hundred operations. Without a bound, a run would take time and memory in proportion to the square of a document.

use std::cell::Cell;

use serde::Serialize;

/// The maximum size of all copies for each byte of a document. (Of the documents of public APIs, few need one.)
const PER_BYTE: usize = 32;
/// The maximum size of all copies for a small document, in bytes.
const MIN: usize = 2 << 20;

/// How to correct a document that repeats too much.
pub(crate) const HELP: &str = "split the description, generate only some of its tags, or move what is shared into fewer or smaller parts";

/// Counts the bytes that were copied.
#[derive(Clone, Debug)]
pub(crate) struct Copies {
    used: Cell<usize>,
    max: usize,
}

impl Copies {
    /// The bound for a document of this size in bytes.
    pub(crate) fn of(document: usize) -> Self {
        Self { used: Cell::new(0), max: MIN.max(document.saturating_mul(PER_BYTE)) }
    }

    /// The bound for the document with the copies that were made so far, which is of this size.
    pub(crate) fn within(&self, size: usize) -> Self {
        let used = self.used.get();
        Self { used: Cell::new(used), ..Self::of(size.saturating_sub(used)) }
    }

    /// Counts copied bytes, and returns whether they are within the bound.
    pub(crate) fn count(&self, bytes: usize) -> bool {
        self.used.set(self.used.get().saturating_add(bytes));
        !self.is_exceeded()
    }

    pub(crate) fn is_exceeded(&self) -> bool {
        self.used.get() > self.max
    }

    /// Describes the error of a document that exceeds the bound.
    pub(crate) fn message(&self) -> String {
        let mega = self.max >> 20;
        format!(
            "the parts that this document uses repeatedly take more than {mega} MB when each use is written out"
        )
    }
}

impl Default for Copies {
    fn default() -> Self {
        Self::of(0)
    }
}

/// Returns the size of a value as JSON, in bytes.
pub(crate) fn size_of(value: &(impl Serialize + ?Sized)) -> usize {
    serde_json::to_string(value).map_or(0, |text| text.len())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Copies, MIN, PER_BYTE, size_of};

    #[test]
    fn the_bound_grows_with_the_document() {
        let small = Copies::of(10);
        assert!(small.count(MIN) && !small.count(1) && small.is_exceeded());
        assert!(Copies::of(MIN).count(MIN * PER_BYTE));
    }

    #[test]
    fn a_size_is_that_of_the_text() {
        assert_eq!(size_of(&json!({"a": [1, "b"]})), r#"{"a":[1,"b"]}"#.len());
    }
}
