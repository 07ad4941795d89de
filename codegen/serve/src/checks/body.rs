//! Checks of request bodies.

use serde_json::{Map, Value};

use super::fields::Fields;
use super::multipart::{self, Part};
use super::scalar::value_of;
use super::sequence;
use super::styled::{Written, property};
use crate::base::media_type::{contains, essence, is_json, is_sequence};
use crate::base::message::{Request, form_decoded, pairs_of};
use crate::base::violation::Violation;
use crate::document::api::Api;
use crate::document::operation::{Body, Content};
use crate::document::parameter::{Style, StyleKind};
use crate::schema::direction_rules::Direction;
use crate::schema::kinds::Kinds;
use crate::schema::lookup::{item_schema, property_names, property_schema};
use crate::schema::tree::{entries, text};
use crate::schema::validated::Schema;

/// The result of the checks of a body.
#[derive(Debug, Default)]
pub(crate) struct CheckedBody {
    /// The value of the body, if it has one.
    pub(crate) value: Option<Value>,
    /// Whether the media type is not one of the description.
    pub(crate) is_unsupported: bool,
}

/// Checks the body of a request, and collects violations.
pub(super) fn body(
    api: &Api,
    declared: Option<&Body>,
    request: &Request,
    violations: &mut Vec<Violation>,
) -> CheckedBody {
    let Some(declared) = declared else { return CheckedBody::default() };
    let content_type = request.header("content-type");
    if request.body.is_empty() && content_type.is_none() {
        if declared.required {
            violations.push(Violation::new("/body", &declared.at, "the body is missing"));
        }
        return CheckedBody::default();
    }
    let Some(content) = content_of(declared, content_type.unwrap_or("application/octet-stream")) else {
        let found = content_type.unwrap_or("none");
        let known: Vec<_> = declared.contents.iter().map(|content| content.media_type.as_str()).collect();
        if known.is_empty() {
            return CheckedBody::default();
        }
        let message = format!("the media type is {found}, not {}", known.join(" or "));
        violations.push(Violation::new("/header/content-type", &declared.at, message));
        return CheckedBody { value: None, is_unsupported: true };
    };
    let read = read(api, content, content_type.unwrap_or_default(), &request.body);
    let value = match read {
        Ok(value) => value,
        Err(message) => {
            violations.push(Violation::new("/body", &content.at, message));
            return CheckedBody::default();
        }
    };
    if let Some(value) = &value {
        check(api, content, value, violations);
    }
    CheckedBody { value, is_unsupported: false }
}

/// Returns the content of a media type: the one with exactly this, or else with a range.
pub(crate) fn content_of<'b>(declared: &'b Body, media_type: &str) -> Option<&'b Content> {
    let is_exact = |content: &&Content| essence(&content.media_type) == essence(media_type);
    let with_parameters = |content: &&Content| {
        content.media_type.replace(' ', "").eq_ignore_ascii_case(&media_type.replace(' ', ""))
    };
    let mut contents = declared.contents.iter();
    let exact = contents.clone().find(with_parameters).or_else(|| contents.clone().find(is_exact));
    exact.or_else(|| contents.find(|content| contains(&content.media_type, media_type)))
}

fn check(api: &Api, content: &Content, value: &Value, violations: &mut Vec<Violation>) {
    if let (Some(at), Value::Array(values)) = (&content.item_schema, value) {
        let schema = api.schemas.get(&api.tree, at, Direction::Request);
        for (index, value) in values.iter().enumerate() {
            let problems = schema.problems(value).into_iter();
            violations.extend(
                problems.map(|(inner, message)| Violation::new(format!("/body/{index}{inner}"), at, message)),
            );
        }
    }
    if let Some(at) = &content.schema {
        let schema = api.schemas.get(&api.tree, at, Direction::Request);
        let problems = schema.problems(value).into_iter();
        violations
            .extend(problems.map(|(inner, message)| Violation::new(format!("/body{inner}"), at, message)));
    }
}

/// Reads a body as its media type says; `None` if it is bytes or text without a schema to check.
fn read(api: &Api, content: &Content, content_type: &str, body: &[u8]) -> Result<Option<Value>, String> {
    let schema = content.schema.as_ref().map(|at| api.schemas.get(&api.tree, at, Direction::Request));
    let media_type = if content_type.is_empty() { &content.media_type } else { content_type };
    if is_sequence(media_type) {
        return sequence::values(body).map(|values| Some(Value::Array(values)));
    }
    if is_json(media_type) {
        let value = serde_json::from_slice(body).map_err(|error| format!("the body is not JSON: {error}"))?;
        return Ok(Some(value));
    }
    let Some(schema) = schema else { return Ok(None) };
    let essence = essence(media_type);
    if essence == "application/x-www-form-urlencoded" {
        let text = str::from_utf8(body).map_err(|_| "the form is not UTF-8")?;
        let styles = styles(api, content);
        return Ok(Some(form_value(&schema, &pairs_of(text), &styles)));
    }
    if essence.starts_with("multipart/") {
        let parts = multipart::parts(media_type, body)?;
        return Ok(Some(multipart_value(api, content, &schema, parts)));
    }
    let kinds = Kinds::of(&schema.root, &schema.root);
    if kinds.has(Kinds::STRING) || essence.starts_with("text/") {
        // Bytes that are not text can't be compared with a schema.
        return Ok(str::from_utf8(body).ok().map(|text| value_of(&schema.root, &schema.root, text)));
    }
    Ok(None)
}

/// Returns the styles of fields, by their names.
fn styles(api: &Api, content: &Content) -> Vec<(String, Style)> {
    let Some(media) = api.tree.get(&content.at) else { return Vec::new() };
    let encodings = entries(media, "encoding");
    let styled = encodings.filter(|(_, encoding)| {
        ["style", "explode", "allowReserved"].iter().any(|key| encoding.get(*key).is_some())
    });
    styled.map(|(name, encoding)| (name.clone(), Style::of(encoding, StyleKind::Form))).collect()
}

/// Returns the value of a form.
pub(super) fn form_value(schema: &Schema, pairs: &[(String, String)], styles: &[(String, Style)]) -> Value {
    let root = &schema.root;
    let mut object = Map::new();
    let mut rest: Vec<(String, String)> = pairs.to_vec();
    for (name, style) in styles {
        let own = Schema::part(root, &property_schema(root, root, name));
        let names = property_names(root, root);
        let others = names.into_iter().filter(|other| other != name).collect();
        let written = Written { name, style: *style, schema: &own, is_encoded: true };
        let fields = Fields { pairs, others, claimed: Vec::new() };
        if let Some(value) = written.fields(&fields) {
            let used: Vec<String> = match &value {
                Value::Object(entries) if style.explode => entries.keys().cloned().collect(),
                _ => vec![name.clone()],
            };
            let prefix = format!("{name}[");
            rest.retain(|(key, _)| !used.contains(key) && key != name && !key.starts_with(&prefix));
            object.insert(name.clone(), value);
        }
    }
    let mut texts: Vec<(String, Vec<String>)> = Vec::new();
    for (key, value) in rest {
        let value = form_decoded(&value);
        match texts.iter_mut().find(|(own, _)| *own == key) {
            Some((_, values)) => values.push(value),
            None => texts.push((key, vec![value])),
        }
    }
    object.extend(texts.into_iter().map(|(key, values)| property(root, key, &values)));
    Value::Object(object)
}

/// Returns the value of a multipart body. A file is a string.
fn multipart_value(api: &Api, content: &Content, schema: &Schema, parts: Vec<Part>) -> Value {
    let root = &schema.root;
    if Kinds::of(root, root).without(Kinds::NULL) == Kinds::ARRAY {
        let values = parts.iter().enumerate();
        let values = values.map(|(index, part)| part_value(root, &item_schema(root, root, index), part));
        return Value::Array(values.collect());
    }
    let styles = styles(api, content);
    let mut object = Map::new();
    let mut styled: Vec<(String, String)> = Vec::new();
    let mut named: Vec<(String, Vec<Part>)> = Vec::new();
    for part in parts {
        let name = part.name().unwrap_or_default();
        let is_styled = |(own, _): &(String, Style)| *own == name || name.starts_with(&format!("{own}["));
        let is_declared = !property_schema(root, root, &name).is_boolean();
        if styles.iter().any(is_styled) || !styles.is_empty() && !is_declared {
            styled.push((name, String::from_utf8_lossy(&part.content).into_owned()));
            continue;
        }
        match named.iter_mut().find(|(own, _)| *own == name) {
            Some((_, parts)) => parts.push(part),
            None => named.push((name, vec![part])),
        }
    }
    for (name, parts) in named {
        let property = property_schema(root, root, &name);
        let kinds = Kinds::of(root, &property);
        let is_array =
            kinds.has(Kinds::ARRAY) && (parts.len() > 1 || kinds.without(Kinds::NULL) == Kinds::ARRAY);
        let value = match parts.as_slice() {
            [part] if !is_array => part_value(root, &property, part),
            parts => {
                let items = parts.iter().enumerate();
                let items =
                    items.map(|(index, part)| part_value(root, &item_schema(root, &property, index), part));
                Value::Array(items.collect())
            }
        };
        object.insert(name, value);
    }
    for (name, style) in &styles {
        let own = Schema::part(root, &property_schema(root, root, name));
        let fields = Fields { pairs: &styled, others: Vec::new(), claimed: Vec::new() };
        let written = Written { name, style: *style, schema: &own, is_encoded: false };
        object.extend(written.fields(&fields).map(|value| (name.clone(), value)));
    }
    Value::Object(object)
}

fn part_value(root: &Value, schema: &Value, part: &Part) -> Value {
    let media_type = part.header("content-type").unwrap_or_default();
    if is_json(media_type)
        && let Ok(value) = serde_json::from_slice(&part.content)
    {
        return value;
    }
    let is_file = text(schema, "format") == Some("binary");
    match str::from_utf8(&part.content) {
        Ok(text) if !is_file => value_of(root, schema, text),
        _ => Value::String(String::from_utf8_lossy(&part.content).into_owned()),
    }
}
