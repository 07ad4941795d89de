//! Selectors of schemas, as the configuration writes them: the key of a component schema (`Order`), a property of it
//! (`Order.id`), or the pointer of any schema.

use serde_json::Value;

use crate::base::pointer::Pointer;

/// The keys by which the configuration can select the schema at a node.
pub(super) fn selectors(at: &Pointer, written: &Pointer) -> Vec<String> {
    let mut keys = vec![written.to_string()];
    match at.tokens() {
        [folder, kind, key] if folder == "components" && kind == "schemas" => keys.push(key.clone()),
        [folder, kind, key, properties, property]
            if folder == "components" && kind == "schemas" && properties == "properties" =>
        {
            keys.push(format!("{key}.{property}"));
        }
        _ => {}
    }
    keys
}

/// The pointer of what a selector selects. `whole` is the document.
pub(super) fn pointer_of(selector: &str, whole: &Value) -> String {
    if selector.starts_with('#') {
        return selector.to_owned();
    }
    let schemas = Pointer::root().child("components").child("schemas");
    let node = match property(selector, whole) {
        Some((schema, property)) => schemas.child(schema).child("properties").child(property),
        None => schemas.child(selector),
    };
    node.to_string()
}

/// Whether a selector selects a part of the document.
pub(super) fn exists(selector: &str, whole: &Value) -> bool {
    if let Some(pointer) = selector.strip_prefix('#') {
        return whole.pointer(pointer).is_some();
    }
    let is_schema = whole.pointer("/components/schemas").is_some_and(|all| all.get(selector).is_some());
    is_schema || property(selector, whole).is_some()
}

/// The schema and the property that a selector names, unless it is the key of a schema.
fn property<'s>(selector: &'s str, whole: &Value) -> Option<(&'s str, &'s str)> {
    let schemas = whole.pointer("/components/schemas").and_then(Value::as_object)?;
    if schemas.contains_key(selector) {
        return None;
    }
    let dots = selector.match_indices('.').map(|(at, _)| at);
    let mut splits = dots.map(|at| (&selector[..at], &selector[at + 1..]));
    splits.find(|(schema, property)| {
        let properties = schemas.get(*schema).and_then(|schema| schema.get("properties"));
        properties.is_some_and(|properties| properties.get(*property).is_some())
    })
}
