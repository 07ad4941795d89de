//! Values as plain text, and plain text as it stands in addresses.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use crate::encode::members::{items, members};
use crate::encode::text::to_vec;
use crate::model::node::View;

/// Everything but the unreserved characters of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The same without the reserved characters that have no meaning of their own in a query or form.
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

/// A text, percent-encoded.
pub(crate) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// A text of which only that is percent-encoded which would be read as something else in a query.
pub(super) fn encoded_but_reserved(text: &str) -> String {
    utf8_percent_encode(text, UNSAFE).to_string()
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

/// The text of a value inside of another one: null is empty, lists and objects are JSON; nothing if it has none.
pub(super) fn inner(view: View<'_>) -> Option<String> {
    match view {
        View::Null | View::Any(Value::Null) => Some(String::new()),
        view => one(view).or_else(|| json(view)),
    }
}

/// A value as JSON; nothing if it holds a number that JSON has no form for.
pub(super) fn json(view: View<'_>) -> Option<String> {
    String::from_utf8(to_vec(view).ok()?).ok()
}

/// JSON of ASCII characters alone, as headers need it.
pub(super) fn ascii_json(view: View<'_>) -> Option<String> {
    let json = json(view)?;
    let mut ascii = String::with_capacity(json.len());
    for char in json.chars() {
        if (' '..='~').contains(&char) {
            ascii.push(char);
        } else {
            // Outside of texts JSON is ASCII, so this is an escape within one.
            let mut units = [0; 2];
            ascii.extend(char.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")));
        }
    }
    Some(ascii)
}

/// A value, taken apart as far as it can be written without JSON.
#[derive(Debug, PartialEq)]
pub(super) enum Parts {
    One(String),
    List(Vec<String>),
    Object(Vec<(String, Vec<String>)>),
}

/// Takes a value apart. An absent one is an empty list; nothing if it, or something in it, has no text.
pub(super) fn parts(view: View<'_>) -> Option<Parts> {
    if matches!(view, View::Absent) {
        return Some(Parts::List(Vec::new()));
    }
    if let Some(list) = list(view) {
        return list.map(Parts::List);
    }
    let mut object = Some(Vec::new());
    let is_object = members(view, &mut |key, view| {
        let values = match view {
            View::Absent => return,
            view => list(view).unwrap_or_else(|| inner(view).map(|text| vec![text])),
        };
        match (values, &mut object) {
            (Some(values), Some(object)) => object.push((key.to_owned(), values)),
            _ => object = None,
        }
    });
    if is_object { object.map(Parts::Object) } else { one(view).map(Parts::One) }
}

/// The texts of a list's items; the outer nothing if it is no list, the inner one if an item has no text.
#[expect(clippy::option_option, reason = "no list and a list without texts are two things")]
pub(super) fn list(view: View<'_>) -> Option<Option<Vec<String>>> {
    let mut texts = Some(Vec::new());
    let is_list = items(view, &mut |item| match (inner(item), &mut texts) {
        (Some(text), Some(texts)) => texts.push(text),
        _ => texts = None,
    });
    is_list.then_some(texts)
}
