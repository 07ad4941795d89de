//! Reads values of JSON objects.

use serde_json::Value;

use crate::base::json_object::JsonObject;

/// Returns the string under a key.
pub(super) fn text<'v>(entries: &'v JsonObject, key: &str) -> &'v str {
    entries.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// Returns the array of strings under a key. `None` if there is none.
pub(super) fn strings(entries: &JsonObject, key: &str) -> Option<Vec<String>> {
    let items = entries.get(key)?.as_array()?;
    Some(items.iter().filter_map(Value::as_str).map(str::to_owned).collect())
}
