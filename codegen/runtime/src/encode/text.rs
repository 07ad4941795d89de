//! Encodes a value as JSON text.

use super::error::EncodeError;
use super::serialize::Encodable;
use super::visit::visit_properties;
use crate::json::pointer::escape;
use crate::model::node::{Node, View};

/// Encodes a value as JSON.
///
/// # Errors
///
/// Returns an error if a number is NaN or infinite, or a required value that can't be null is missing.
pub fn encode(value: &dyn Node) -> Result<Vec<u8>, EncodeError> {
    to_vec(value.full_view())
}

/// Encodes a view as JSON.
pub(crate) fn to_vec(view: View<'_>) -> Result<Vec<u8>, EncodeError> {
    serde_json::to_vec(&Encodable::for_json(view))
        .map_err(|error| EncodeError::new(invalid_value(view).unwrap_or_default(), &error))
}

/// Returns the JSON pointer of the first value that cannot be written. Called only after encoding failed.
fn invalid_value(view: View<'_>) -> Option<String> {
    let mut found = None;
    match view {
        View::F64(value) if !value.is_finite() => return Some(String::new()),
        View::Missing => return Some(String::new()),
        View::Custom(value) if value.json().is_none() => return Some(String::new()),
        View::Array(array) => {
            let mut index = 0;
            array.each(&mut |view| {
                found = found.take().or_else(|| below(&index.to_string(), view));
                index += 1;
            });
        }
        View::Map(map) => map.each(&mut |key, view| found = found.take().or_else(|| below(key, view))),
        View::Object(_) | View::Tagged(..) | View::TaggedMap(..) => {
            visit_properties(view, &mut |key, view| found = found.take().or_else(|| below(key, view)));
        }
        _ => {}
    }
    found
}

/// Looks for such a value below a key.
fn below(key: &str, view: View<'_>) -> Option<String> {
    invalid_value(view).map(|rest| format!("/{}{rest}", escape(key)))
}
