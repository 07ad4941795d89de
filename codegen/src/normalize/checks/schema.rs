//! Checks schemas for contradictions.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::checker::Checker;
use super::contradictions;
use super::values::{conflict, types};
use crate::base::digits;
use crate::base::json_object::JsonObject;
use crate::base::node_path::NodePath;
use crate::grammar::json_type::json_type;

/// Keywords that apply only to values of some types.
const KEYWORDS_OF_TYPES: [(&[&str], &[&str]); 4] = [
    (&["string"], &["minLength", "maxLength", "pattern"]),
    (&["number", "integer"], &["minimum", "maximum", "multipleOf"]),
    (&["array"], &["minItems", "maxItems", "items"]),
    (&["object"], &["minProperties", "maxProperties", "properties"]),
];

pub(super) fn schema<'v>(checker: &mut Checker<'v, '_>, at: &NodePath<'_>, schema: &'v JsonObject) {
    contradictions::report(checker, at, schema);
    inapplicable_keywords(checker, at, schema);
    repeated_values(checker, at, schema);
    default_in_enum(checker, at, schema);
    value_type(checker, at, schema, schema, "default");
    value_type(checker, at, schema, schema, "example");
    if ["readOnly", "writeOnly"].iter().all(|key| schema.get(*key) == Some(&Value::Bool(true))) {
        let message = "the value is `readOnly` and `writeOnly`: it is never sent";
        checker.warn(&NodePath::Key(at, "writeOnly"), message, "delete one of the two");
    }
}

/// Reports keywords that don't apply to the type.
fn inapplicable_keywords<'v>(checker: &mut Checker<'v, '_>, at: &NodePath<'_>, schema: &'v JsonObject) {
    let Some(types) = types(schema) else { return };
    for (applicable, keywords) in KEYWORDS_OF_TYPES {
        if types.iter().any(|name| applicable.contains(name)) {
            continue;
        }
        for keyword in keywords.iter().filter(|keyword| schema.contains_key(**keyword)) {
            let message = format!("`{keyword}` doesn't apply to values of type {}", types.join(" or "));
            let help = format!("delete it, or fix the type: it applies to {}", applicable.join(" or "));
            checker.warn(&NodePath::Key(at, keyword), message, help);
        }
    }
}

fn repeated_values<'v>(checker: &mut Checker<'v, '_>, at: &NodePath<'_>, schema: &'v JsonObject) {
    let values = schema.get("enum").and_then(Value::as_array);
    let at = NodePath::Key(at, "enum");
    let mut seen = HashSet::new();
    for (index, value) in values.into_iter().flatten().enumerate() {
        let value = digits::json(value);
        if !seen.insert(value.clone()) {
            let message = format!("duplicate enum value {value}");
            checker.warn(&NodePath::Index(&at, index), message, "delete it");
        }
    }
}

/// Reports a default that is not one of the values in `enum`.
pub(super) fn default_in_enum<'v>(checker: &mut Checker<'v, '_>, at: &NodePath<'_>, holder: &'v JsonObject) {
    let Some(Value::Array(values)) = holder.get("enum") else { return };
    let Some(default) = holder.get("default").filter(|default| !default.is_null()) else { return };
    if digits::contains(values, default) {
        return;
    }
    let strings = values.iter().filter_map(Value::as_str);
    let nearest = default.as_str().and_then(|default| checker.findings.nearest(default, strings));
    let help = nearest.map_or_else(
        || "use one of the values as the default, or add the default to them".to_owned(),
        |value| format!("did you mean {value:?}?"),
    );
    let message = format!("the default {} is not one of the values in `enum`", digits::json(default));
    checker.warn(&NodePath::Key(at, "default"), message, help);
}

/// Checks the example of a parameter, header or media type.
pub(super) fn example<'v>(checker: &mut Checker<'v, '_>, at: &NodePath<'_>, holder: &'v JsonObject) {
    if let Some(schema) = holder.get("schema").and_then(|schema| checker.resolve(schema).as_object()) {
        value_type(checker, at, schema, holder, "example");
    }
}

/// Reports a default or an example whose type is not that of the schema.
fn value_type<'v>(
    checker: &mut Checker<'v, '_>,
    at: &NodePath<'_>,
    schema: &'v JsonObject,
    holder: &'v JsonObject,
    key: &str,
) {
    let Some(value) = holder.get(key) else { return };
    if let Some(expected) = conflict(schema, value) {
        let what = json_type(value);
        let message = format!("the {key} is {what}, but the schema's type is {expected}");
        checker.warn(
            &NodePath::Key(at, key),
            message,
            format!("use {} of that type, or fix the type", with_article(key)),
        );
    }
}

/// Reports mappings to schemas that don't exist.
pub(super) fn discriminator<'v>(
    checker: &mut Checker<'v, '_>,
    at: &NodePath<'_>,
    discriminator: &'v JsonObject,
) {
    let mapping = discriminator.get("mapping").and_then(Value::as_object);
    let mapping_at = NodePath::Key(at, "mapping");
    for (tag, target) in mapping.into_iter().flatten() {
        if let Value::String(target) = target {
            mapped(checker, &NodePath::Key(&mapping_at, tag), &format!("{tag:?}"), target);
        }
    }
    if let Some(Value::String(target)) = discriminator.get("defaultMapping") {
        mapped(checker, &NodePath::Key(at, "defaultMapping"), "other values", target);
    }
}

/// Reports a mapping to a schema that doesn't exist.
fn mapped(checker: &mut Checker<'_, '_>, at: &NodePath<'_>, values: &str, target: &str) {
    let schemas = checker.tree.pointer("/components/schemas").and_then(Value::as_object);
    let name = target.strip_prefix("#/components/schemas/").unwrap_or(target);
    let is_key = schemas.is_some_and(|schemas| schemas.contains_key(name));
    let is_pointer = target.strip_prefix('#').and_then(|path| checker.tree.pointer(path)).is_some();
    if is_key || is_pointer {
        return;
    }
    let known = schemas.into_iter().flat_map(Map::keys).map(String::as_str);
    let help = match checker.findings.nearest(name, known) {
        Some(known) => format!("did you mean {known:?}?"),
        None => "use the name of a component schema, or a reference to one".to_owned(),
    };
    let message = format!("the discriminator maps {values} to {target:?}, which is not a schema");
    checker.warn(at, message, help);
}

fn with_article(key: &str) -> &'static str {
    if key == "example" { "an example" } else { "a default" }
}
