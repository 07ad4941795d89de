//! Normalizes the values of `enum`.

use serde_json::{Value, json};

use super::coerce::whole;
use crate::base::diagnostic::Findings;
use crate::base::digits;
use crate::base::json_object::JsonObject;
use crate::base::node_path::NodePath;
use crate::grammar::json_type::is_only_null;

/// Extensions with a text for each value.
const PARALLEL: [&str; 5] =
    ["x-enum-varnames", "x-enumNames", "x-enum-names", "x-enum-descriptions", "x-enumDescriptions"];

/// Rewrites `enum`: null makes the schema nullable, values that are all strings imply the type `string`, and both booleans
/// the type `boolean`. Values are written as the type says.
pub(super) fn rewrite_enum(findings: &mut Findings, at: &NodePath<'_>, schema: &mut JsonObject) {
    let Some(Value::Array(mut values)) = schema.shift_remove("enum") else { return };
    if is_only_null(&values) {
        rewrite_only_null(findings, at, schema);
        return;
    }
    if values.contains(&Value::Null) {
        for key in PARALLEL {
            let Some(Value::Array(texts)) = schema.get_mut(key) else { continue };
            if texts.len() == values.len() {
                let mut kept = values.iter().map(|value| !value.is_null());
                texts.retain(|_| kept.next().unwrap_or(true));
            }
        }
        values.retain(|value| !value.is_null());
        schema.insert("nullable".to_owned(), json!(true));
    }
    if values.is_empty() {
        return;
    }
    if schema.get("type") != Some(&json!("string")) {
        values.iter_mut().for_each(simplify);
        mixed_numbers(findings, at, &values);
    }
    let has_no_type = !schema.contains_key("type") && !schema.contains_key("anyOf");
    if has_no_type && values.iter().all(digits::is_string) {
        schema.insert("type".to_owned(), json!("string"));
    } else if has_no_type && are_both_booleans(&values) {
        schema.insert("type".to_owned(), json!("boolean"));
    }
    let ty = schema.get("type").and_then(Value::as_str);
    if let Some(ty) = ty.filter(|ty| !matches!(*ty, "array" | "object")) {
        let is_written_otherwise = convert_values(findings, at, ty, &mut values);
        let are_digits = is_written_otherwise && ty == "integer";
        if !values.iter().all(|value| is_of(ty, value)) {
            // The values say more than the type.
            schema.shift_remove("type");
        } else if are_digits {
            // The server may mean either.
            schema.entry("x-read-as").or_insert_with(|| json!("integer"));
        }
    }
    schema.insert("enum".to_owned(), Value::Array(values));
}

/// Rewrites a schema whose only value is null: such an `enum` stays, and nothing beside it matters.
fn rewrite_only_null(findings: &mut Findings, at: &NodePath<'_>, schema: &mut JsonObject) {
    let ty = schema.shift_remove("type");
    let nullable = schema.shift_remove("nullable");
    if let Some(ty) = ty.as_ref().and_then(Value::as_str).filter(|_| nullable != Some(json!(true))) {
        let message =
            format!("the only value is null, which is not {}; the type is ignored", with_article(ty));
        findings.warning(&at.to_pointer(), message, "fix the value or the type");
    }
    for key in PARALLEL.iter().chain(&["format", "x-read-as"]) {
        schema.shift_remove(*key);
    }
    schema.insert("enum".to_owned(), json!([null]));
}

fn are_both_booleans(values: &[Value]) -> bool {
    values.iter().all(Value::is_boolean) && [true, false].iter().all(|value| values.contains(&json!(value)))
}

/// Writes a number as the tree holds it, if it can. JSON Schema doesn't distinguish whole floats from integers.
fn simplify(value: &mut Value) {
    if let Some(integer) = whole(value) {
        *value = integer;
    } else if let Some(number) = digits::written(value).and_then(digits::equal) {
        *value = Value::Number(number);
    }
}

/// Reports numbers beside values of other types, if their type at run time can't hold all of their digits.
fn mixed_numbers(findings: &mut Findings, at: &NodePath<'_>, values: &[Value]) {
    if values.iter().all(digits::is_number) {
        return;
    }
    for (index, value) in values.iter().enumerate().filter(|(_, value)| digits::is_beyond_tree(value)) {
        let value = digits::json(value);
        let message =
            format!("{value} is sent with all digits, but received numbers are compared as 64-bit floats");
        let help = "use a string, or list numbers only";
        findings.warning(&at.child("enum").index(index), message, help);
    }
}

/// Converts values that are written as another type, and reports those that contradict the type. Returns whether some
/// were converted.
fn convert_values(findings: &mut Findings, at: &NodePath<'_>, ty: &str, values: &mut [Value]) -> bool {
    let mut is_converted = false;
    for (index, value) in values.iter_mut().enumerate().filter(|(_, value)| !is_of(ty, value)) {
        let at = at.child("enum").index(index);
        let help = if ty == "string" { "put it in quotes" } else { "remove the quotes, or fix the type" };
        if let Some(meant) = meant(ty, value) {
            let written = digits::written(value).map_or_else(|| digits::json(value), str::to_owned);
            let message =
                format!("the enum value {written} is not {}; it is interpreted as one", with_article(ty));
            findings.warning(&at, message, help);
            *value = meant;
            is_converted = true;
        } else {
            let message = format!(
                "the enum value {} is not {}; the type is ignored",
                digits::json(value),
                with_article(ty)
            );
            findings.warning(&at, message, "fix the value or the type");
        }
    }
    is_converted
}

/// Returns the value of a type that was probably meant: `on` in quotes, `1` without.
fn meant(ty: &str, value: &Value) -> Option<Value> {
    match (ty, value) {
        ("string", Value::Number(_) | Value::Bool(_)) => Some(Value::String(value.to_string())),
        ("string", value) => digits::written(value).map(Value::from),
        ("integer" | "number" | "boolean", Value::String(text)) => {
            let text = text.trim();
            let is_number = digits::json_number(text).as_deref() == Some(text);
            let mut meant = if is_number { digits::marked(text) } else { serde_json::from_str(text).ok()? };
            simplify(&mut meant);
            Some(meant).filter(|meant| is_of(ty, meant))
        }
        _ => None,
    }
}

fn with_article(ty: &str) -> String {
    let article = if ty.starts_with(['a', 'i', 'o']) { "an" } else { "a" };
    format!("{article} {ty}")
}

/// Returns whether a value has a type of JSON Schema that is neither an array nor an object.
fn is_of(ty: &str, value: &Value) -> bool {
    match ty {
        "string" => digits::is_string(value),
        "integer" => digits::is_integer(value),
        "number" => digits::is_number(value),
        "boolean" => value.is_boolean(),
        _ => false,
    }
}
