//! Schemas that contradict themselves.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::checker::{Checker, Entries};
use super::values::{conflict, same, types};
use crate::base::path::Path;

/// Keywords that bound the same thing from below and from above.
const BOUNDS: [(&str, &str); 4] = [
    ("minimum", "maximum"),
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
];

/// Keywords that bound values of some types, and say nothing about others.
const BOUNDS_OF: [(&[&str], &[&str]); 4] = [
    (&["string"], &["minLength", "maxLength", "pattern"]),
    (&["number", "integer"], &["minimum", "maximum", "multipleOf"]),
    (&["array"], &["minItems", "maxItems", "items"]),
    (&["object"], &["minProperties", "maxProperties", "properties"]),
];

pub(super) fn schema<'v>(checker: &mut Checker<'v, '_>, at: &Path<'_>, schema: &'v Entries) {
    bounds(checker, at, schema);
    bounds_of_others(checker, at, schema);
    repeated_values(checker, at, schema);
    default_in_enum(checker, at, schema);
    fits(checker, at, schema, schema, "default");
    fits(checker, at, schema, schema, "example");
    if ["readOnly", "writeOnly"].iter().all(|key| schema.get(*key) == Some(&Value::Bool(true))) {
        let message = "the value is `readOnly` and `writeOnly`: it is never sent";
        checker.warn(&Path::Key(at, "writeOnly"), message, "delete one of the two");
    }
}

fn bounds<'v>(checker: &mut Checker<'v, '_>, at: &Path<'_>, schema: &'v Entries) {
    let number = |key: &str| schema.get(key).and_then(Value::as_f64);
    for (lower, upper) in BOUNDS {
        let Some((least, most)) = number(lower).zip(number(upper)) else { continue };
        if least > most {
            let (least, most) = (&schema[lower], &schema[upper]);
            let message = format!("no value can be: `{lower}` is {least}, and `{upper}` is {most}");
            checker.warn(&Path::Key(at, lower), message, "mend one of the two");
        }
    }
}

/// Bounds that no value of the type can meet or miss.
fn bounds_of_others<'v>(checker: &mut Checker<'v, '_>, at: &Path<'_>, schema: &'v Entries) {
    let Some(types) = types(schema) else { return };
    for (bounded, keywords) in BOUNDS_OF {
        if types.iter().any(|name| bounded.contains(name)) {
            continue;
        }
        for keyword in keywords.iter().filter(|keyword| schema.contains_key(**keyword)) {
            let message =
                format!("`{keyword}` says nothing about a value of the type {}", types.join(" or "));
            let help = format!("delete it, or mend the type: it is for {}", bounded.join(" or "));
            checker.warn(&Path::Key(at, keyword), message, help);
        }
    }
}

fn repeated_values<'v>(checker: &mut Checker<'v, '_>, at: &Path<'_>, schema: &'v Entries) {
    let values = schema.get("enum").and_then(Value::as_array);
    let at = Path::Key(at, "enum");
    let mut seen = HashSet::new();
    for (index, value) in values.into_iter().flatten().enumerate() {
        if !seen.insert(value.to_string()) {
            let message = format!("the value {value} stands in the list a second time");
            checker.warn(&Path::Index(&at, index), message, "delete it");
        }
    }
}

/// A default that is none of the values.
pub(super) fn default_in_enum<'v>(checker: &mut Checker<'v, '_>, at: &Path<'_>, holder: &'v Entries) {
    let Some(Value::Array(values)) = holder.get("enum") else { return };
    let Some(default) = holder.get("default").filter(|default| !default.is_null()) else { return };
    if values.iter().any(|value| same(value, default)) {
        return;
    }
    let texts = values.iter().filter_map(Value::as_str);
    let nearest = default.as_str().and_then(|default| checker.findings.nearest(default, texts));
    let help = nearest.map_or_else(
        || "take one of the values as default, or add it to them".to_owned(),
        |value| format!("did you mean {value:?}?"),
    );
    let message = format!("the default {default} is none of the values in `enum`");
    checker.warn(&Path::Key(at, "default"), message, help);
}

/// The example of a parameter or a body.
pub(super) fn example<'v>(checker: &mut Checker<'v, '_>, at: &Path<'_>, holder: &'v Entries) {
    if let Some(schema) = holder.get("schema").and_then(|schema| checker.resolve(schema).as_object()) {
        fits(checker, at, schema, holder, "example");
    }
}

/// A value beside a schema, or in it, that is of another type.
fn fits<'v>(
    checker: &mut Checker<'v, '_>,
    at: &Path<'_>,
    schema: &'v Entries,
    holder: &'v Entries,
    key: &str,
) {
    let Some(value) = holder.get(key) else { return };
    if let Some(expected) = conflict(schema, value) {
        let what = crate::grammar::value::what(value);
        let message = format!("the {key} is {what}, but the schema's type is {expected}");
        checker.warn(&Path::Key(at, key), message, format!("write {} that fits, or mend the type", a(key)));
    }
}

/// A mapping to schemas that don't exist.
pub(super) fn discriminator<'v>(checker: &mut Checker<'v, '_>, at: &Path<'_>, discriminator: &'v Entries) {
    let schemas = checker.tree.pointer("/components/schemas").and_then(Value::as_object);
    let known = || schemas.into_iter().flat_map(Map::keys).map(String::as_str);
    let mapping = discriminator.get("mapping").and_then(Value::as_object);
    let at = Path::Key(at, "mapping");
    for (tag, target) in mapping.into_iter().flatten() {
        let Value::String(target) = target else { continue };
        let name = target.strip_prefix("#/components/schemas/").unwrap_or(target);
        let is_key = schemas.is_some_and(|schemas| schemas.contains_key(name));
        let leads = target.strip_prefix('#').and_then(|path| checker.tree.pointer(path)).is_some();
        if is_key || leads {
            continue;
        }
        let help = match checker.findings.nearest(name, known()) {
            Some(known) => format!("did you mean {known:?}?"),
            None => "name a schema of the components, or refer to it".to_owned(),
        };
        let message = format!("the discriminator maps {tag:?} to {target:?}, which is no schema");
        checker.warn(&Path::Key(&at, tag), message, help);
    }
}

fn a(key: &str) -> &'static str {
    if key == "example" { "an example" } else { "a default" }
}
