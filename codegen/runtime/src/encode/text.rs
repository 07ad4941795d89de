//! Writing a whole text.

use super::error::EncodeError;
use super::serialize::Written;
use crate::json::pointer::escape;
use crate::model::node::{Node, View};

/// Writes a value as JSON.
///
/// # Errors
///
/// If a number is NaN or infinite: JSON has no form for it.
pub fn encode(value: &dyn Node) -> Result<Vec<u8>, EncodeError> {
    to_vec(value.whole_view())
}

/// Writes a value as JSON text.
pub(crate) fn to_vec(view: View<'_>) -> Result<Vec<u8>, EncodeError> {
    serde_json::to_vec(&Written(view))
        .map_err(|error| EncodeError::new(place(view).unwrap_or_default(), &error))
}

/// The place of the first number that cannot be written, as a JSON pointer; looked for only after writing
/// failed.
fn place(view: View<'_>) -> Option<String> {
    let mut found = None;
    match view {
        View::F64(value) if !value.is_finite() => return Some(String::new()),
        View::Array(array) => {
            let mut index = 0;
            array.each(&mut |view| {
                found = found.take().or_else(|| below(&index.to_string(), view));
                index += 1;
            });
        }
        View::Map(map) => map.each(&mut |key, view| found = found.take().or_else(|| below(key, view))),
        View::Object(model) | View::Tagged(_, _, model) => {
            let mut fields = model.model().names.iter().enumerate();
            found = fields.find_map(|(index, name)| below(name, model.view_at(index)));
        }
        _ => {}
    }
    found
}

/// The same, below a key.
fn below(key: &str, view: View<'_>) -> Option<String> {
    place(view).map(|rest| format!("/{}{rest}", escape(key)))
}
