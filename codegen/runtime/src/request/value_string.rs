//! Values as plain text, and percent-encoding.

use percent_encoding::{AsciiSet, utf8_percent_encode};
use serde_json::Value;

use crate::encode::text::to_vec;
use crate::encode::visit::{visit_items, visit_properties};
use crate::model::node::View;
use crate::percent::RESERVED;
use crate::types::json_text::JsonText;

/// The reserved characters without those that have no meaning in a query or form.
const UNSAFE: &AsciiSet = &RESERVED
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b'/')
    .remove(b':')
    .remove(b';')
    .remove(b'?')
    .remove(b'@');

/// Percent-encodes only characters that have a meaning in a path or query: `allowReserved`. An encoded character, such
/// as `%2F`, is kept.
pub(super) fn percent_encode_unsafe(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        let (before, found) = rest.split_at(at);
        encoded.extend(utf8_percent_encode(before, UNSAFE));
        let triple = found.get(..3).filter(|triple| is_encoded(triple));
        encoded.push_str(triple.unwrap_or("%25"));
        rest = found.get(triple.map_or(1, str::len)..).unwrap_or_default();
    }
    encoded.extend(utf8_percent_encode(rest, UNSAFE));
    encoded
}

/// Returns true for `%` and two hexadecimal digits.
fn is_encoded(triple: &str) -> bool {
    triple.bytes().skip(1).all(|byte| byte.is_ascii_hexdigit())
}

/// Returns a boolean, a number or a string as plain text; `None` for other values.
pub(super) fn scalar(view: View<'_>) -> Option<String> {
    match view {
        View::Bool(value) => Some(value.to_string()),
        View::I64(value) => Some(value.to_string()),
        View::F64(value) if value.is_finite() => Some(value.to_string()),
        View::Str(value) => Some(value.to_owned()),
        View::Time(value) => Some(value.to_string()),
        View::Custom(value) => match value.json()? {
            JsonText::String(text) => Some(text.into_owned()),
            JsonText::Other(text) => scalar_text(&text),
        },
        View::Any(Value::Bool(value)) => Some(value.to_string()),
        View::U64(value) => Some(value.to_string()),
        View::Any(Value::Number(value)) => Some(value.to_string()),
        View::Json(text) => scalar_text(text),
        View::Any(Value::String(value)) => Some(value.clone()),
        _ => None,
    }
}

/// Returns a boolean, a number or a string in JSON as plain text; `None` for other values.
fn scalar_text(json: &str) -> Option<String> {
    match json.bytes().next()? {
        b'"' => serde_json::from_str(json).ok(),
        b'n' | b'[' | b'{' => None,
        _ => Some(json.to_owned()),
    }
}

/// Returns the text of a value inside an array or object: null is empty, arrays and objects are JSON. `None` if the
/// value cannot be written.
pub(super) fn nested(view: View<'_>) -> Option<String> {
    match view {
        View::Null | View::Any(Value::Null) => Some(String::new()),
        view => scalar(view).or_else(|| json(view)),
    }
}

/// Returns a value as JSON; `None` if it contains NaN or an infinite number.
pub(super) fn json(view: View<'_>) -> Option<String> {
    String::from_utf8(to_vec(view).ok()?).ok()
}

/// Returns a value as JSON in ASCII, for header fields.
pub(super) fn ascii_json(view: View<'_>) -> Option<String> {
    let json = json(view)?;
    let mut ascii = String::with_capacity(json.len());
    for char in json.chars() {
        if (' '..='~').contains(&char) {
            ascii.push(char);
        } else {
            // Outside strings JSON is ASCII, so this is inside a string, where an escape is allowed.
            let mut units = [0; 2];
            ascii.extend(char.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")));
        }
    }
    Some(ascii)
}

/// A value split into the strings that a style joins.
#[derive(Debug, PartialEq)]
pub(super) enum ValueParts {
    Scalar(String),
    Array(Vec<String>),
    Object(Vec<(String, Vec<String>)>),
}

impl ValueParts {
    /// Returns true for an array without items and an object without properties.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Scalar(_) => false,
            Self::Array(items) => items.is_empty(),
            Self::Object(properties) => properties.iter().all(|(_, values)| values.is_empty()),
        }
    }
}

/// Splits a value into strings. An absent value is an empty array. `None` if something in the value cannot be written.
pub(super) fn parts(view: View<'_>) -> Option<ValueParts> {
    if matches!(view, View::Absent) {
        return Some(ValueParts::Array(Vec::new()));
    }
    if let Some(strings) = item_strings(view) {
        return strings.map(ValueParts::Array);
    }
    let mut object = Some(Vec::new());
    let is_object = visit_properties(view, &mut |key, view| {
        let values = match view {
            View::Absent => return,
            view => item_strings(view).unwrap_or_else(|| nested(view).map(|text| vec![text])),
        };
        match (values, &mut object) {
            (Some(values), Some(object)) => object.push((key.to_owned(), values)),
            _ => object = None,
        }
    });
    if is_object { object.map(ValueParts::Object) } else { scalar(view).map(ValueParts::Scalar) }
}

/// Returns the items of an array as strings. The outer `None` means that the value is not an array, the inner one that
/// an item cannot be written.
#[expect(clippy::option_option, reason = "not an array and an array that cannot be written differ")]
pub(super) fn item_strings(view: View<'_>) -> Option<Option<Vec<String>>> {
    let mut strings = Some(Vec::new());
    let is_array = visit_items(view, &mut |item| match (nested(item), &mut strings) {
        (Some(string), Some(strings)) => strings.push(string),
        _ => strings = None,
    });
    is_array.then_some(strings)
}
