//! Checks of parameters.

use serde_json::Value;

use super::body::form_value;
use super::fields::Fields;
use super::scalar::value_of;
use super::styled::Written;
use crate::base::media_type::is_json;
use crate::base::message::{Request, decoded, form_decoded, pairs_of};
use crate::base::pointer::child;
use crate::base::violation::Violation;
use crate::document::api::Api;
use crate::document::operation::Operation;
use crate::document::parameter::{Parameter, ParameterLocation as Location, StyleKind};
use crate::document::security::Scheme;
use crate::schema::direction_rules::Direction;
use crate::schema::lookup::{item_schema, property_names};
use crate::schema::validated::Schema;

/// A parameter with the value that was sent.
pub(crate) type ReadParameter = (Parameter, Value);

/// Reads the parameters of a request, and collects violations. `path` are the values in the path.
pub(super) fn parameters(
    api: &Api,
    operation: &Operation,
    request: &Request,
    path: &[(String, String)],
    violations: &mut Vec<Violation>,
) -> Vec<ReadParameter> {
    let (query, cookies) = (request.pairs(), request.cookies());
    let mut read = Vec::new();
    for parameter in &operation.parameters {
        let fields = fields(
            api,
            operation,
            parameter,
            if parameter.location == Location::Cookie { &cookies } else { &query },
        );
        let schema = parameter.schema.as_ref().map(|at| api.schemas.get(&api.tree, at, Direction::Request));
        let value = match &schema {
            Some(schema) => value(parameter, schema, request, path, &fields),
            None => text(parameter, request, path, &fields).map(Value::from),
        };
        let at = child(&format!("/{}", parameter.location.as_str()), &parameter.name);
        match (value, schema) {
            (None, _) if parameter.required => {
                let message =
                    format!("the {} parameter `{}` is missing", parameter.location.as_str(), parameter.name);
                violations.push(Violation::new(at, &parameter.at, message));
            }
            (None, _) => {}
            (Some(value), schema) => {
                let is_allowed = parameter.may_be_empty && value == "";
                if let Some(schema) = schema.filter(|_| !is_allowed) {
                    let description = parameter.schema.as_deref().unwrap_or(&parameter.at);
                    for (inner, message) in schema.problems(&value) {
                        violations.push(Violation::new(format!("{at}{inner}"), description, message));
                    }
                }
                read.push((parameter.clone(), value));
            }
        }
    }
    read
}

/// Returns the pairs of a query or of cookies, with the names that belong to other parameters.
fn fields<'f>(
    api: &Api,
    operation: &Operation,
    parameter: &Parameter,
    pairs: &'f [(String, String)],
) -> Fields<'f> {
    let others: Vec<_> = operation
        .parameters
        .iter()
        .filter(|other| other.location == parameter.location && other.name != parameter.name)
        .collect();
    let spread = others.iter().filter(|other| other.style.kind == StyleKind::Form && other.style.explode);
    let claimed = spread.filter_map(|other| other.schema.as_ref()).flat_map(|at| {
        let schema = api.schemas.get(&api.tree, at, Direction::Request);
        property_names(&schema.root, &schema.root)
    });
    let schemes = operation.security.iter().flat_map(|requirement| &requirement.0);
    let keys = schemes.filter_map(|(_, scheme)| match scheme {
        Scheme::Key(location, name) if *location == parameter.location && *name != parameter.name => {
            Some(name)
        }
        _ => None,
    });
    let others = others.iter().map(|other| &other.name).chain(keys).cloned().collect();
    Fields { pairs, claimed: claimed.collect(), others }
}

/// Returns the text of a parameter as it was sent.
fn text(
    parameter: &Parameter,
    request: &Request,
    path: &[(String, String)],
    fields: &Fields<'_>,
) -> Option<String> {
    match parameter.location {
        Location::Path => {
            path.iter().find(|(name, _)| *name == parameter.name).map(|(_, value)| value.clone())
        }
        Location::Header => {
            let own = request.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case(&parameter.name));
            let values: Vec<_> = own.map(|(_, value)| value.trim()).collect();
            (!values.is_empty()).then(|| values.join(","))
        }
        Location::Query | Location::Cookie => fields.first(&parameter.name).map(str::to_owned),
        Location::QueryString => {
            let query = request.query();
            (!query.is_empty()).then(|| query.to_owned())
        }
    }
}

fn value(
    parameter: &Parameter,
    schema: &Schema,
    request: &Request,
    path: &[(String, String)],
    fields: &Fields<'_>,
) -> Option<Value> {
    let is_encoded = parameter.location != Location::Header && parameter.style.kind != StyleKind::Cookie;
    let text = || text(parameter, request, path, fields);
    let decode = |text: &str| match parameter.location {
        Location::Header => text.to_owned(),
        Location::Query => form_decoded(text),
        _ => decoded(text),
    };
    if parameter.location == Location::QueryString {
        return Some(query_string(parameter, schema, &text()?));
    }
    if let Some(media_type) = &parameter.content {
        let text = decode(&text()?);
        let json = is_json(media_type).then(|| serde_json::from_str(&text).ok()).flatten();
        return Some(json.unwrap_or(Value::String(text)));
    }
    if let Some(delimiters) = &parameter.delimiters {
        let texts = match delimiters.strip_prefix('&') {
            Some(_) => fields.all(&parameter.name).into_iter().map(str::to_owned).collect(),
            None => vec![text()?],
        };
        return delimited(&schema.root, delimiters, &texts, &decode);
    }
    let written = Written { name: &parameter.name, style: parameter.style, schema, is_encoded };
    match parameter.location {
        Location::Path | Location::Header => Some(written.text(&text()?)),
        _ => written.fields(fields),
    }
}

/// Reads a parameter that is the entire query.
fn query_string(parameter: &Parameter, schema: &Schema, text: &str) -> Value {
    let media_type = parameter.content.as_deref().unwrap_or_default();
    if is_json(media_type) {
        let text = decoded(text);
        return serde_json::from_str(&text).unwrap_or(Value::String(text));
    }
    if media_type.starts_with("application/x-www-form-urlencoded") {
        let pairs = pairs_of(text);
        return form_value(schema, &pairs, &[]);
    }
    Value::String(decoded(text))
}

/// Reads nested arrays with a delimiter for each level.
fn delimited(
    root: &Value,
    delimiters: &str,
    texts: &[String],
    decode: &dyn Fn(&str) -> String,
) -> Option<Value> {
    if texts.is_empty() {
        return None;
    }
    match delimiters.strip_prefix('&') {
        Some(inner) => {
            let items = texts
                .iter()
                .enumerate()
                .map(|(index, text)| split(root, &item_schema(root, root, index), inner, text, decode));
            Some(Value::Array(items.collect()))
        }
        None => texts.first().map(|text| split(root, root, delimiters, text, decode)),
    }
}

fn split(
    root: &Value,
    schema: &Value,
    delimiters: &str,
    text: &str,
    decode: &dyn Fn(&str) -> String,
) -> Value {
    let mut rest = delimiters.chars();
    let Some(delimiter) = rest.next() else { return value_of(root, schema, &decode(text)) };
    let encoded = format!("%{:02X}", u32::from(delimiter));
    let text = text.replace(&encoded, &delimiter.to_string());
    let items = text.split(delimiter).enumerate();
    let items = items
        .map(|(index, item)| split(root, &item_schema(root, schema, index), rest.as_str(), item, decode));
    Value::Array(items.collect())
}
