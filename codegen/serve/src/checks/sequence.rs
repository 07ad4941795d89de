//! Sequences of JSON values: JSON Lines, and JSON text sequences.

use serde_json::Value;

/// Returns the values of a sequence, or a message for the first that isn't JSON.
pub(super) fn values(body: &[u8]) -> Result<Vec<Value>, String> {
    let separator = if body.trim_ascii_start().first() == Some(&0x1e) { 0x1e } else { b'\n' };
    let texts = body.split(|byte| *byte == separator).map(<[u8]>::trim_ascii).filter(|text| !text.is_empty());
    let value = |(number, text)| {
        serde_json::from_slice(text).map_err(|error| format!("value {number} is not JSON: {error}"))
    };
    (1..).zip(texts).map(value).collect()
}
