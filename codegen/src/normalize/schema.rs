//! Rewrites schemas of OpenAPI 3.1 and 3.2 as 3.0: nullability, type arrays, `const`, and keywords next to `$ref`.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::annotation;
use super::coerce::whole;
use super::const_branches;
use super::constraints::{keep_constraints, matches_all, remove_constraints};
use super::enum_values;
use super::normalized_extensions::{
    CONSTRAINTS, CONTENT_ENCODING, CONTENT_MEDIA_TYPE, DEFAULT_MAPPING, TUPLE,
};
use crate::base::diagnostic::Findings;
use crate::base::digits;
use crate::base::json_object::JsonObject;
use crate::base::node_path::NodePath;
use crate::grammar::json_type::TYPES;
use crate::grammar::json_type::is_only_null;
use crate::grammar::json_type::json_type;

/// Keywords that constrain values in a way that the emitted types don't express.
const NOT_EXPRESSED: [&str; 6] = ["dependentSchemas", "if", "then", "else", "contentSchema", "$dynamicRef"];

/// Returns the spelling of a schema that allows everything, or nothing, if it is one of those.
pub(super) fn spelled_boolean(schema: &Value) -> Option<Value> {
    let excludes_all = |excluded: &Value| *excluded == json!({}) || *excluded == json!(true);
    match schema {
        Value::Bool(true) => Some(json!({})),
        Value::Bool(false) => Some(json!({"not": {}})),
        Value::Object(entries) if entries.get("not").is_some_and(excludes_all) => Some(json!({"not": {}})),
        _ => None,
    }
}

/// Rewrites a schema, whose parts were rewritten before. `nulls` are the references to components whose only value is null.
pub(super) fn rewrite_schema(
    findings: &mut Findings,
    at: &NodePath<'_>,
    schema: &mut JsonObject,
    nulls: &HashSet<String>,
) {
    for keyword in NOT_EXPRESSED {
        if schema.shift_remove(keyword).is_some() {
            let reason = format!("the type doesn't express `{keyword}`");
            findings.skip(&at.child(keyword), reason);
        }
    }
    keep_constraints(schema);
    rewrite_const(schema);
    rewrite_null_branches(findings, at, (schema, "oneOf"), nulls);
    rewrite_null_branches(findings, at, (schema, "anyOf"), nulls);
    const_branches::rewrite_const_branches(schema);
    rewrite_flags(schema);
    rewrite_tuple(schema);
    rewrite_type(findings, at, schema);
    rewrite_default(schema);
    enum_values::rewrite_enum(findings, at, schema);
    rewrite_bounds(schema);
    rewrite_patterns(findings, at, schema);
    remove_constraints(schema);
    rewrite_reference(schema);
    annotation::hoist_annotations(schema);
}

/// Replaces an array of schemas in `items`, which described a tuple before JSON Schema 2020-12, by a schema that
/// allows any item.
pub(super) fn open_item_list(findings: &mut Findings, at: &NodePath<'_>, schema: &mut JsonObject) {
    if let Some(items) = schema.get_mut("items").filter(|items| items.is_array()) {
        let message = "`items` must be a schema, not an array of schemas; any item is allowed";
        let help = "write one schema for all items, or `prefixItems` (OpenAPI 3.1) for a tuple";
        findings.problem(&at.child("items"), message, help);
        *items = json!({});
    }
}

/// Removes values of a discriminator mapping that are not strings, and keeps the default one in an extension.
pub(super) fn rewrite_discriminator(
    findings: &mut Findings,
    at: &NodePath<'_>,
    discriminator: &mut JsonObject,
) {
    if let Some(default) = discriminator.shift_remove("defaultMapping") {
        discriminator.insert(DEFAULT_MAPPING.to_owned(), default);
    }
    let Some(mapping) = discriminator.get_mut("mapping") else { return };
    let Value::Object(entries) = mapping else {
        let message = format!("`mapping` must be an object, not {}", json_type(mapping));
        findings.problem(&at.child("mapping"), message, "map values of the property to schemas");
        discriminator.shift_remove("mapping");
        return;
    };
    for (tag, target) in entries.iter().filter(|(_, target)| !target.is_string()) {
        let message = format!("`{tag}` must be a string, not {}", json_type(target));
        findings.problem(&at.child("mapping").child(tag), message, "name a schema");
    }
    entries.retain(|_, target| target.is_string());
}

fn rewrite_type(findings: &mut Findings, at: &NodePath<'_>, schema: &mut JsonObject) {
    let Some(declared) = schema.get("type") else { return };
    let names: Vec<String> = match declared {
        Value::String(name) => vec![name.clone()],
        Value::Array(names) => {
            let known = names.iter().enumerate();
            known.filter_map(|(index, name)| type_name(findings, at, Some(index), name)).collect()
        }
        Value::Null => type_name(findings, at, None, declared).into_iter().collect(),
        other => {
            let message = format!("`type` must be a string or an array of strings, not {}", json_type(other));
            findings.problem(&at.child("type"), message, "use a type of JSON Schema");
            schema.shift_remove("type");
            return;
        }
    };
    let mut known = Vec::with_capacity(names.len());
    for name in names {
        if TYPES.contains(&name.as_str()) {
            known.push(name);
        } else {
            known.extend(unknown_type(findings, at, &name).map(str::to_owned));
        }
    }
    let names = distinct_types(findings, at, known);
    if names.iter().any(|name| name == "null") {
        schema.insert("nullable".to_owned(), json!(true));
    }
    let names: Vec<&str> = names.iter().map(String::as_str).filter(|name| *name != "null").collect();
    match names.as_slice() {
        [] => {
            schema.shift_remove("type");
            if schema.get("nullable") == Some(&json!(true)) {
                schema.entry("enum").or_insert_with(|| json!([null]));
            }
        }
        [one] => {
            schema.insert("type".to_owned(), json!(one));
        }
        ["integer", "number"] | ["number", "integer"] => {
            schema.insert("type".to_owned(), json!("number"));
            schema.insert("x-exact-number".to_owned(), json!(true));
        }
        _ if schema.get("x-read-as") == Some(&json!("integer")) => {
            schema.insert("type".to_owned(), json!("integer"));
        }
        several => {
            schema.shift_remove("type");
            // Declared values and branches are more precise.
            if ["enum", "anyOf", "oneOf"].iter().any(|keyword| schema.contains_key(*keyword)) {
                return;
            }
            let branches: Vec<Value> = several.iter().map(|name| branch(schema, name)).collect();
            for keyword in KEYWORDS_OF_TYPES.iter().flat_map(|(_, keywords)| *keywords) {
                schema.shift_remove(*keyword);
            }
            schema.insert("anyOf".to_owned(), Value::Array(branches));
        }
    }
}

/// Returns each type once. Reports an array of types that is empty, or that repeats one.
fn distinct_types(findings: &mut Findings, at: &NodePath<'_>, names: Vec<String>) -> Vec<String> {
    let mut distinct: Vec<String> = Vec::with_capacity(names.len());
    for name in names {
        if distinct.contains(&name) {
            let message = format!("`type` has {name:?} twice");
            findings.warning(&at.child("type"), message, "delete one of the two");
        } else {
            distinct.push(name);
        }
    }
    if distinct.is_empty() && !findings.any_below(&at.child("type")) {
        let message = "`type` must have at least one type; values of any type are allowed";
        findings.problem(&at.child("type"), message, "add a type, or delete the keyword");
    }
    distinct
}

/// Returns the name of a type in an array. Reports null without quotes, and names that are not strings.
fn type_name(
    findings: &mut Findings,
    at: &NodePath<'_>,
    index: Option<usize>,
    name: &Value,
) -> Option<String> {
    if let Value::String(name) = name {
        return Some(name.clone());
    }
    let at = at.child("type");
    let at = index.map_or_else(|| at.clone(), |index| at.index(index));
    let message = format!("the name of a type must be a string, not {}", json_type(name));
    let help = if name.is_null() { "put it in quotes: `'null'`" } else { "use a type of JSON Schema" };
    findings.problem(&at, message, help);
    name.is_null().then(|| "null".to_owned())
}

/// Reports an unknown type. Returns the type that was meant, if that is clear.
fn unknown_type(findings: &mut Findings, at: &NodePath<'_>, unknown: &str) -> Option<&'static str> {
    let message = format!("unknown type {unknown:?}");
    let nearest = findings.nearest(unknown, TYPES.into_iter());
    let help = nearest
        .map_or_else(|| format!("use one of {}", TYPES.join(", ")), |name| format!("did you mean {name:?}?"));
    findings.problem(&at.child("type"), message, help);
    Some(match unknown.to_lowercase().as_str() {
        "int" | "int32" | "int64" | "long" => "integer",
        "float" | "double" | "decimal" => "number",
        "bool" => "boolean",
        "str" | "text" | "uuid" | "date" | "datetime" | "date-time" | "file" => "string",
        "dict" | "map" | "hash" => "object",
        "list" => "array",
        "nil" | "none" => "null",
        lower => TYPES.into_iter().find(|known| *known == lower)?,
    })
}

/// Removes the bounds of numbers. Integers whose bounds exceed 64 bits with a sign get a format or type that holds them.
fn rewrite_bounds(schema: &mut JsonObject) {
    let [least, most] = [["minimum", "exclusiveMinimum"], ["maximum", "exclusiveMaximum"]].map(|keys| {
        let [included, excluded] = keys.map(|key| schema.shift_remove(key));
        let is_excluded = excluded == Some(Value::Bool(true));
        let bound = |value: Option<Value>, is_excluded| {
            value.filter(digits::is_number).map(|value| Bound { value, is_excluded })
        };
        bound(included, is_excluded).or_else(|| bound(excluded, true))
    });
    if schema.get("type") != Some(&json!("integer")) {
        return;
    }
    if [&least, &most].into_iter().flatten().any(Bound::exceeds_64_bits) {
        schema.insert("type".to_owned(), json!("number"));
        schema.insert("x-exact-number".to_owned(), json!(true));
        return;
    }
    let is_natural = least.is_some_and(|least| least.nearest() >= 0.0);
    let is_large = most.is_some_and(|most| most.is_beyond_i64() && most.nearest() >= END / 2.0);
    if is_natural && is_large {
        schema.insert("format".to_owned(), json!("uint64"));
    }
}

/// The least number beyond all 64-bit integers.
const END: f64 = 18_446_744_073_709_551_616.0;

/// A minimum or maximum of a number.
struct Bound {
    value: Value,
    /// Whether the bound itself is not valid.
    is_excluded: bool,
}

impl Bound {
    fn nearest(&self) -> f64 {
        digits::nearest(&self.value).unwrap_or_default()
    }

    fn is_beyond_i64(&self) -> bool {
        let written = digits::written(&self.value).and_then(digits::equal);
        !self.value.is_i64() && !written.is_some_and(|number| number.is_i64())
    }

    /// Returns whether values beyond all 64-bit integers are valid. Some tools write the largest integers as rounded
    /// floats.
    fn exceeds_64_bits(&self) -> bool {
        const FIRST_INVALID: [&str; 2] = ["18446744073709551616", "-9223372036854775809"];
        let exact = digits::written(&self.value).filter(|written| !written.contains(['.', 'e', 'E']));
        if let Some(written) = exact {
            let is_held = || digits::equal(written).is_some_and(|number| !number.is_f64());
            return !(is_held() || self.is_excluded && FIRST_INVALID.contains(&written));
        }
        !(-END / 2.0..=END).contains(&self.nearest())
    }
}

/// The keywords that apply to each type, to split a type array into branches.
const KEYWORDS_OF_TYPES: [(&[&str], &[&str]); 4] = [
    (&["string"], &["pattern", "minLength", "maxLength", "format"]),
    (&["integer", "number"], &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]),
    (&["array"], &["items", "minItems", "maxItems", "uniqueItems", TUPLE]),
    (&["object"], &["properties", "required", "additionalProperties", "minProperties", "maxProperties"]),
];

fn branch(schema: &JsonObject, name: &str) -> Value {
    let keywords = KEYWORDS_OF_TYPES
        .iter()
        .filter(|(types, _)| types.contains(&name))
        .flat_map(|(_, keywords)| *keywords);
    let mut branch = JsonObject::new();
    branch.insert("type".to_owned(), json!(name));
    for keyword in keywords {
        if let Some(value) = schema.get(*keyword) {
            branch.insert((*keyword).to_owned(), value.clone());
        }
    }
    rewrite_bounds(&mut branch);
    Value::Object(branch)
}

fn rewrite_const(schema: &mut JsonObject) {
    if let Some(value) = schema.shift_remove("const") {
        schema.insert("enum".to_owned(), json!([value]));
    }
}

/// Converts the default of an integer that is written as a whole float.
fn rewrite_default(schema: &mut JsonObject) {
    if schema.get("type") == Some(&json!("integer"))
        && let Some(default) = schema.get_mut("default")
        && let Some(integer) = whole(default)
    {
        *default = integer;
    }
}

/// Rewrites `x-nullable`, an `additionalProperties` that allows nothing, and `contentMediaType`.
fn rewrite_flags(schema: &mut JsonObject) {
    if schema.get("x-nullable") == Some(&json!(true)) {
        schema.insert("nullable".to_owned(), json!(true));
    }
    // A struct has the properties of all members, so that no others are left.
    if let Some(others) = schema.shift_remove("unevaluatedProperties") {
        schema.entry("additionalProperties").or_insert(others);
    }
    // The schema `false`, which was rewritten before.
    if schema.get("additionalProperties") == Some(&json!({"not": {}})) {
        schema.insert("additionalProperties".to_owned(), json!(false));
    }
    let encoding = schema.shift_remove("contentEncoding");
    let is_encoded = encoding.is_some();
    let media_type = schema.shift_remove("contentMediaType");
    for (key, value) in [(CONTENT_ENCODING, &encoding), (CONTENT_MEDIA_TYPE, &media_type)] {
        if let Some(value) = value {
            schema.insert(key.to_owned(), value.clone());
        }
    }
    let text = media_type.as_ref().and_then(Value::as_str);
    if !is_encoded
        && text.is_some_and(|media_type| !media_type.starts_with("text/") && !media_type.contains("json"))
    {
        schema.entry("format").or_insert_with(|| json!("binary"));
    }
}

/// Rewrites `prefixItems` and `items` as branches of `items`. The bounds of other arrays are not used.
fn rewrite_tuple(schema: &mut JsonObject) {
    schema.shift_remove(TUPLE);
    let mut count = |key: &str| schema.shift_remove(key).as_ref().and_then(Value::as_u64);
    let (least, most) = (count("minItems"), count("maxItems"));
    let Some(Value::Array(mut branches)) = schema.shift_remove("prefixItems") else { return };
    if branches.is_empty() {
        return;
    }
    let first = branches.len();
    let items = schema.shift_remove("items");
    let is_full = most.is_some_and(|most| usize::try_from(most).is_ok_and(|most| most <= first));
    // The schema `false`, which was rewritten before.
    let closed = is_full || items == Some(json!({"not": {}}));
    let required = least.unwrap_or_default();
    branches.extend(items.filter(|_| !closed));
    schema.insert(TUPLE.to_owned(), json!({"first": first, "required": required, "closed": closed}));
    schema.insert("items".to_owned(), json!({"oneOf": branches}));
}

/// Rewrites `patternProperties` as `additionalProperties`, which allow any value unless all other properties have the
/// same schema.
fn rewrite_patterns(findings: &mut Findings, at: &NodePath<'_>, schema: &mut JsonObject) {
    let Some(Value::Object(patterns)) = schema.shift_remove("patternProperties") else { return };
    let others = match schema.get("additionalProperties") {
        Some(Value::Bool(false)) => None,
        _ if patterns.keys().any(|pattern| matches_all(pattern)) => None,
        Some(others @ Value::Object(_)) => Some(others.clone()),
        _ => Some(json!({})),
    };
    let mut values: Vec<Value> = patterns.into_iter().map(|(_, value)| value).collect();
    values.extend(others);
    values.dedup();
    let value = if values.len() == 1 {
        values.remove(0)
    } else {
        let reason = "the names of properties don't select their types; values of any type are kept";
        findings.skip(&at.child("patternProperties"), reason);
        json!({})
    };
    schema.entry("type").or_insert_with(|| json!("object"));
    schema.insert("additionalProperties".to_owned(), value);
}

/// Removes branches that only allow null, and makes the schema nullable.
fn rewrite_null_branches(
    findings: &mut Findings,
    at: &NodePath<'_>,
    (schema, keyword): (&mut JsonObject, &str),
    nulls: &HashSet<String>,
) {
    let Some(Value::Array(branches)) = schema.get_mut(keyword) else { return };
    let is_null = |branch: &Value| {
        let reference = branch.get("$ref").and_then(Value::as_str);
        reference.map_or_else(|| is_null_only(branch), |reference| nulls.contains(reference))
    };
    let former: Vec<_> = (0..branches.len()).filter(|index| !is_null(&branches[*index])).collect();
    if former.len() == branches.len() {
        return;
    }
    branches.retain(|branch| !is_null(branch));
    if branches.is_empty() {
        schema.shift_remove(keyword);
        schema.entry("enum").or_insert_with(|| json!([null]));
    } else {
        findings.keep_items(at.child(keyword), former);
    }
    schema.insert("nullable".to_owned(), json!(true));
}

/// Returns whether null is the only value of a branch, which was rewritten before. In OpenAPI 3.0, some documents write
/// only `nullable` for it.
fn is_null_only(branch: &Value) -> bool {
    let Value::Object(entries) = branch else { return false };
    let constrains =
        |key: &String| !matches!(key.as_str(), "nullable" | "enum" | "description" | "title" | CONSTRAINTS);
    let is_null = match entries.get("enum") {
        Some(Value::Array(values)) => is_only_null(values),
        _ => entries.get("nullable") == Some(&json!(true)),
    };
    is_null && !entries.keys().any(constrains)
}

/// Moves `$ref` with other keywords into `allOf`, as OpenAPI 3.0 ignores keywords next to `$ref`.
fn rewrite_reference(schema: &mut JsonObject) {
    if schema.len() > 1
        && let Some(reference) = schema.shift_remove("$ref")
    {
        let member = json!({"$ref": reference});
        match schema.get_mut("allOf") {
            Some(Value::Array(members)) => members.insert(0, member),
            _ => {
                schema.insert("allOf".to_owned(), json!([member]));
            }
        }
    }
}
