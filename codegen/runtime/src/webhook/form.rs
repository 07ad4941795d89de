//! Reads forms: `application/x-www-form-urlencoded`.

use std::borrow::Cow;

use percent_encoding::percent_decode;
use serde_json::{Map, Value};

use crate::decode::error::DecodeError;
use crate::decode::text::decode;
use crate::model::node::Decode;

/// Decodes a form. Each value is a string first; those that don't match their declared type are read as JSON, then as an
/// array of one item.
pub(super) fn decode_form<T: Decode>(body: &[u8]) -> Result<T, DecodeError> {
    let mut object = pairs(body)?;
    let mut failed = None;
    for convert in [as_json, as_item] {
        let error = match decode(object_text(&object).as_bytes()) {
            Ok(value) => return Ok(value),
            Err(error) => error,
        };
        for mismatch in error.mismatches() {
            let Some(name) = property(mismatch.path()) else { continue };
            if let Some(value) = object.get_mut(name.as_ref()) {
                convert(value);
            }
        }
        failed.get_or_insert(error);
    }
    decode(object_text(&object).as_bytes()).map_err(|error| failed.unwrap_or(error))
}

fn object_text(object: &Map<String, Value>) -> String {
    serde_json::to_string(object).unwrap_or_default()
}

/// Returns the name of the property that a JSON pointer begins with.
fn property(pointer: &str) -> Option<Cow<'_, str>> {
    let token = pointer.strip_prefix('/')?.split('/').next()?;
    Some(if token.contains('~') {
        Cow::Owned(token.replace("~1", "/").replace("~0", "~"))
    } else {
        Cow::Borrowed(token)
    })
}

/// Reads a string as JSON: a number, a boolean, an object, an array.
fn as_json(value: &mut Value) {
    match value {
        Value::String(text) => {
            if let Ok(parsed) = serde_json::from_str(text) {
                *value = parsed;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(as_json),
        _ => {}
    }
}

/// Makes an array of one value.
fn as_item(value: &mut Value) {
    if !value.is_array() {
        *value = Value::Array(vec![value.take()]);
    }
}

/// Returns the names and values of a form. Several values of one name are an array.
fn pairs(body: &[u8]) -> Result<Map<String, Value>, DecodeError> {
    let mut object = Map::new();
    for pair in body.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
        let at = pair.iter().position(|byte| *byte == b'=');
        let (name, value) =
            at.map_or((pair, &b""[..]), |at| (&pair[..at], pair.get(at + 1..).unwrap_or_default()));
        let value = Value::String(text(value)?);
        match object.entry(text(name)?) {
            serde_json::map::Entry::Vacant(entry) => drop(entry.insert(value)),
            serde_json::map::Entry::Occupied(mut entry) => {
                let known = entry.get_mut();
                as_item(known);
                known.as_array_mut().into_iter().for_each(|items| items.push(value.clone()));
            }
        }
    }
    Ok(object)
}

/// Decodes a name or a value.
fn text(encoded: &[u8]) -> Result<String, DecodeError> {
    let spaced: Vec<u8> = encoded.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    let bytes: Vec<u8> = percent_decode(&spaced).collect();
    String::from_utf8(bytes).map_err(|error| DecodeError::not_text(error.as_bytes(), &error.utf8_error()))
}
