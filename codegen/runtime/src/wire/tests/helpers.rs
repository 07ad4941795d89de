//! What the tests have in common.

use serde_json::{Value, json};

use crate::decode::error::DecodeError;
use crate::decode::text::decode;
use crate::encode::text::encode;
use crate::model::node::Node;
use crate::wire::samples::{Everything, Part};

/// Reads a value that may be refused.
pub(super) fn read<T: Node + Default>(value: &Value) -> Result<T, DecodeError> {
    decode(value.to_string().as_bytes())
}

/// What a value is written as.
pub(super) fn written(value: &dyn Node) -> Value {
    serde_json::from_slice(&encode(value).unwrap()).unwrap()
}

/// What is told of a text that is refused.
pub(super) fn complaint<T: Node + Default>(json: &str) -> String {
    match decode::<T>(json.as_bytes()) {
        Ok(_) => String::from("none"),
        Err(error) => error.to_string(),
    }
}

/// Reads a part that is not refused.
pub(super) fn read_part(json: &str) -> Part {
    decode(json.as_bytes()).unwrap()
}

/// The smallest document with these fields besides.
pub(super) fn read_with(more: &Value) -> Everything {
    let mut value = json!({"id": 1, "name": "n"});
    value.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    read(&value).unwrap()
}

/// The document with the defaults of the fields that always have a value.
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
