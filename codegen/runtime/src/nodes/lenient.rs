//! Values that were decoded leniently.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::decode::error::DecodeError;
use crate::decode::mismatch::Mismatches;
use crate::decode::text::{LeftOut, TextDecoder, decode_with};
use crate::encode::serialize::serialize;
use crate::encode::visit::WithParts;
use crate::model::node::{ArrayView, Decode, MapView, Node, View, view_of};
use crate::state::kept::KeptParts;

/// A value that was decoded although parts of the JSON may not match its type.
///
/// A field, an item of an array or an entry of a map that doesn't match its declared type is left out of the value, kept
/// as the server sent it, and listed in `mismatches`. If the field is required, the closest value around it that is not
/// required is left out. Of several values with the same key, the first is decoded, and the others are left out.
///
/// [`encode`](crate::encode) writes the JSON with the values that were left out. Models contain those below them, see
/// [`Extra::left_out`](crate::Extra::left_out), so it also writes them for `value` if that is a model with a field
/// `extra`.
///
/// A byte that is not UTF-8 is kept as an escaped surrogate from `\udc80` to `\udcff`, as Python's `surrogateescape`
/// does.
///
/// ```
/// use clientwright_runtime::{decode, decode_lenient, encode};
///
/// let json = br#"["a",5,"b"]"#;
/// assert!(decode::<Vec<String>>(json).is_err());
/// let lenient = decode_lenient::<Vec<String>>(json)?;
/// assert_eq!(lenient.value, ["a", "b"]);
/// assert_eq!(lenient.mismatches[0].path(), "/1");
/// assert_eq!(encode(&lenient)?, json);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Lenient<T> {
    /// The value.
    pub value: T,
    /// The parts that don't match; empty if the JSON matches the type.
    pub mismatches: Mismatches,
    /// What was left out, unless a model inside the value keeps it.
    kept: KeptParts,
}

/// Decodes a value from JSON, and leaves out what doesn't match its declared type. See [`Lenient`].
///
/// # Errors
///
/// Returns an error if the JSON is invalid, or a required part of the value doesn't match its declared type.
pub fn decode_lenient<T: Decode>(json: &[u8]) -> Result<Lenient<T>, DecodeError> {
    let mut decoder = TextDecoder::lenient();
    let value = decode_with(json, &mut decoder)?;
    Ok(Lenient::new(value, decoder.left_out))
}

impl<T> Lenient<T> {
    /// Adds what was left out of a value.
    pub(crate) fn new(value: T, left_out: LeftOut) -> Self {
        Self { value, mismatches: left_out.mismatches, kept: left_out.kept }
    }

    /// Returns whether the JSON matches the type: nothing was left out.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.mismatches.total() == 0
    }
}

impl<T: Node> Lenient<T> {
    fn with_parts(&self) -> WithParts<'_> {
        WithParts { view: view_of(&self.value), parts: &self.kept }
    }
}

impl<T: Node> Node for Lenient<T> {
    fn view(&self) -> View<'_> {
        match view_of(&self.value) {
            view if self.kept.is_empty() => view,
            View::Array(_) => View::Array(self),
            view if view.is_object() => View::Map(self),
            view => view,
        }
    }
}

impl<T: Node> ArrayView for Lenient<T> {
    fn len(&self) -> usize {
        ArrayView::len(&self.with_parts())
    }

    fn get(&self, index: usize) -> View<'_> {
        if let View::Array(array) = view_of(&self.value) { array.get(index) } else { View::Absent }
    }

    fn each(&self, visit: &mut dyn FnMut(View<'_>)) {
        ArrayView::each(&self.with_parts(), visit);
    }
}

impl<T: Node> MapView for Lenient<T> {
    fn len(&self) -> usize {
        MapView::len(&self.with_parts())
    }

    fn get(&self, key: &str) -> Option<View<'_>> {
        if let View::Map(map) | View::TaggedMap(_, _, map) = view_of(&self.value) {
            map.get(key)
        } else {
            None
        }
    }

    fn each(&self, visit: &mut dyn FnMut(&str, View<'_>)) {
        MapView::each(&self.with_parts(), visit);
    }
}

impl<T: Node> Serialize for Lenient<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self, serializer)
    }
}

impl<T: fmt::Debug> fmt::Debug for Lenient<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut output = f.debug_struct("Lenient");
        output.field("value", &self.value).field("mismatches", &self.mismatches).finish_non_exhaustive()
    }
}
