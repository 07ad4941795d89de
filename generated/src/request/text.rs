//! Values as text in paths, queries and headers.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use crate::wire::View;

/// Everything but the unreserved characters of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A text, percent-encoded.
pub(super) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// The text of a single value; nothing if it has none.
pub(super) fn one(view: View<'_>) -> Option<String> {
    match view {
        View::Bool(value) => Some(value.to_string()),
        View::I64(value) => Some(value.to_string()),
        View::F64(value) if value.is_finite() => Some(value.to_string()),
        View::Str(value) => Some(value.to_owned()),
        View::Time(value) => Some(value.to_string()),
        View::Any(Value::Bool(value)) => Some(value.to_string()),
        View::Number(value) | View::Any(Value::Number(value)) => Some(value.to_string()),
        View::Any(Value::String(value)) => Some(value.clone()),
        _ => None,
    }
}

/// The texts of a value or of the items of a list; nothing if one of them has none.
pub(super) fn all(view: View<'_>) -> Option<Vec<String>> {
    match view {
        View::Absent => Some(Vec::new()),
        View::Array(array) => {
            let mut texts = Some(Vec::with_capacity(array.len()));
            array.each(&mut |item| match (one(item), &mut texts) {
                (Some(text), Some(texts)) => texts.push(text),
                _ => texts = None,
            });
            texts
        }
        view => one(view).map(|text| vec![text]),
    }
}
