//! Schemas: both spellings of nullability, lists of types, `const`, and `$ref` with siblings.

use serde_json::{Map, Value, json};

use super::{Normalizer, Path, what};
use crate::ir::Skipped;

type Entries = Map<String, Value>;

const TYPES: [&str; 7] = ["string", "number", "integer", "boolean", "object", "array", "null"];

/// Keywords that say something about the shape which the emitted types don't express.
const NOT_EXPRESSED: [&str; 8] = [
    "patternProperties",
    "dependentSchemas",
    "dependentRequired",
    "if",
    "then",
    "else",
    "contentSchema",
    "$dynamicRef",
];

impl Normalizer<'_> {
    pub(super) fn rewrite_schema(&mut self, at: &Path<'_>, schema: &mut Entries) {
        for keyword in NOT_EXPRESSED {
            if schema.shift_remove(keyword).is_some() {
                let reason = format!("the type doesn't express `{keyword}`");
                self.skipped.push(Skipped { pointer: at.child(keyword), reason });
            }
        }
        rewrite_const(schema);
        self.rewrite_type(at, schema);
        rewrite_enum(schema);
        rewrite_bounds(schema);
        rewrite_null_branches(schema, "oneOf");
        rewrite_null_branches(schema, "anyOf");
        if schema.shift_remove("prefixItems").is_some() {
            let reason = "a tuple becomes a list of any values".to_owned();
            self.skipped.push(Skipped { pointer: at.child("prefixItems"), reason });
            schema.insert("items".to_owned(), json!({}));
        }
        rewrite_reference(schema);
    }

    fn rewrite_type(&mut self, at: &Path<'_>, schema: &mut Entries) {
        let Some(declared) = schema.get("type") else { return };
        let names: Vec<String> = match declared {
            Value::String(name) => vec![name.clone()],
            Value::Array(names) => names.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            other => {
                let message = format!("`type` must be a text or a list of texts, not {}", what(other));
                self.findings.error(&at.child("type"), message, "name one of JSON's types");
                return;
            }
        };
        if let Some(unknown) = names.iter().find(|name| !TYPES.contains(&name.as_str())) {
            let message = format!("{unknown:?} is no type of JSON Schema");
            let help = super::nearest(unknown, TYPES.into_iter()).map_or_else(
                || format!("use one of {}", TYPES.join(", ")),
                |name| format!("did you mean {name:?}?"),
            );
            self.findings.error(&at.child("type"), message, help);
            schema.shift_remove("type");
            return;
        }
        if names.iter().any(|name| name == "null") {
            schema.insert("nullable".to_owned(), json!(true));
        }
        let names: Vec<&str> = names.iter().map(String::as_str).filter(|name| *name != "null").collect();
        match names.as_slice() {
            [] => {
                schema.shift_remove("type");
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
                let branches: Vec<Value> = several.iter().map(|name| branch(schema, name)).collect();
                for keyword in KEYWORDS_OF_TYPES.iter().flat_map(|(_, keywords)| *keywords) {
                    schema.shift_remove(*keyword);
                }
                schema.insert("anyOf".to_owned(), Value::Array(branches));
            }
        }
    }
}

/// Which keywords say something about which type, when a list of types is taken apart.
const KEYWORDS_OF_TYPES: [(&[&str], &[&str]); 4] = [
    (&["string"], &["pattern", "minLength", "maxLength", "enum", "format"]),
    (&["integer", "number"], &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]),
    (&["array"], &["items", "minItems", "maxItems", "uniqueItems"]),
    (&["object"], &["properties", "required", "additionalProperties", "minProperties", "maxProperties"]),
];

fn branch(schema: &Entries, name: &str) -> Value {
    let keywords = KEYWORDS_OF_TYPES
        .iter()
        .filter(|(types, _)| types.contains(&name))
        .flat_map(|(_, keywords)| *keywords);
    let mut branch = Entries::new();
    branch.insert("type".to_owned(), json!(name));
    for keyword in keywords {
        if let Some(value) = schema.get(*keyword) {
            branch.insert((*keyword).to_owned(), value.clone());
        }
    }
    Value::Object(branch)
}

fn rewrite_const(schema: &mut Entries) {
    if let Some(value) = schema.shift_remove("const") {
        schema.insert("enum".to_owned(), json!([value]));
    }
}

/// A null among the values means nullable; a list of texts alone means strings.
fn rewrite_enum(schema: &mut Entries) {
    let Some(Value::Array(values)) = schema.get_mut("enum") else { return };
    let before = values.len();
    values.retain(|value| !value.is_null());
    let (nullable, empty) = (values.len() < before, values.is_empty());
    let texts = values.iter().all(Value::is_string);
    if nullable {
        schema.insert("nullable".to_owned(), json!(true));
    }
    if empty {
        schema.shift_remove("enum");
    } else if texts && !schema.contains_key("type") && !schema.contains_key("anyOf") {
        schema.insert("type".to_owned(), json!("string"));
    }
}

/// Numbers as exclusive bounds (3.1) become a bound and a flag (3.0).
fn rewrite_bounds(schema: &mut Entries) {
    for (bound, exclusive) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
        if schema.get(exclusive).is_some_and(Value::is_number)
            && let Some(value) = schema.shift_remove(exclusive)
        {
            schema.insert(bound.to_owned(), value);
            schema.insert(exclusive.to_owned(), json!(true));
        }
    }
}

/// A branch that allows only null makes the whole nullable.
fn rewrite_null_branches(schema: &mut Entries, keyword: &str) {
    let Some(Value::Array(branches)) = schema.get_mut(keyword) else { return };
    let before = branches.len();
    branches.retain(|branch| !is_null_only(branch));
    if branches.len() < before {
        schema.insert("nullable".to_owned(), json!(true));
    }
}

/// What `type: 'null'` looks like after its own turn.
fn is_null_only(branch: &Value) -> bool {
    let Value::Object(entries) = branch else { return false };
    let shaping = |key: &String| !matches!(key.as_str(), "nullable" | "description" | "title");
    entries.get("nullable") == Some(&json!(true)) && !entries.keys().any(shaping)
}

/// `$ref` beside other keywords becomes a member of `allOf`, where 3.0 lets both stand.
fn rewrite_reference(schema: &mut Entries) {
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
