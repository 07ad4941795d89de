//! Helpers for the tests.

use serde_json::{Value, json};

use crate::decode::error::DecodeError;
use crate::decode::text::decode;
use crate::encode::text::encode;
use crate::model::node::{Decode, Node};
use crate::wire::samples::{Everything, Part};

/// Decodes a value.
pub(super) fn read<T: Decode>(value: &Value) -> Result<T, DecodeError> {
    decode(value.to_string().as_bytes())
}

/// Encodes a value.
pub(super) fn written(value: &dyn Node) -> Value {
    serde_json::from_slice(&encode(value).unwrap()).unwrap()
}

/// Returns the message of the error for invalid JSON.
pub(super) fn error_message<T: Decode>(json: &str) -> String {
    match decode::<T>(json.as_bytes()) {
        Ok(_) => String::from("none"),
        Err(error) => error.to_string(),
    }
}

/// Decodes a valid part.
pub(super) fn read_part(json: &str) -> Part {
    decode(json.as_bytes()).unwrap()
}

/// Decodes the smallest document plus these fields.
pub(super) fn read_with(more: &Value) -> Everything {
    let mut value = json!({"id": 1, "name": "n"});
    value.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    read(&value).unwrap()
}

/// Adds the defaults of the fields that are always encoded to a document.
pub(super) fn completed(mut document: Value) -> Value {
    let defaults = json!({
        "flag": false, "small": 0, "ratio": 0, "at": "1970-01-01T00:00:00Z", "status": "", "part": {"id": 0}, "list": []
    });
    let object = document.as_object_mut().unwrap();
    for (key, value) in defaults.as_object().unwrap() {
        object.entry(key).or_insert_with(|| value.clone());
    }
    document
}
