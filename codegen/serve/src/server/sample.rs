//! Values for a request of an operation.

use serde_json::Value;

use crate::base::media_type::is_json;
use crate::checks::body::content_of;
use crate::document::api::Api;
use crate::document::operation::{Content, Operation};
use crate::document::parameter::{ParameterLocation, StyleKind};
use crate::schema::direction_rules::Direction;
use crate::values::generator::Wish;
use crate::values::sample::value_of;

/// Values for the parameters and the body of a request.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Sample {
    /// The values of all parameters.
    pub parameters: Vec<SampleParameter>,
    /// The body, if the operation has one.
    pub body: Option<SampleBody>,
}

/// A value for a parameter.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SampleParameter {
    /// The location as the document spells it: `path`, `query`.
    pub location: String,
    /// The name.
    pub name: String,
    /// The value.
    pub value: Value,
    /// Whether the value is valid for the schema. Otherwise none was found.
    pub is_valid: bool,
}

/// A value for a body.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SampleBody {
    /// The media type, as the document spells it.
    pub media_type: String,
    /// The value. That of a sequence is an array.
    pub value: Value,
    /// Whether the value is valid for the schema. Otherwise none was found.
    pub is_valid: bool,
}

/// Returns values for a request. `media_type` selects one of several bodies.
pub(super) fn sample(api: &Api, operation: &Operation, media_type: Option<&str>, seed: u64) -> Sample {
    let texts = [operation.method.as_str(), operation.path.as_str()];
    let parameters = operation.parameters.iter().map(|parameter| {
        let texts: Vec<&str> = texts.iter().copied().chain([parameter.name.as_str()]).collect();
        // Delimiters within nested values are encoded elsewhere.
        let is_encoded =
            parameter.location != ParameterLocation::Header && parameter.style.kind != StyleKind::Cookie;
        let is_nested = parameter.content.is_some() || is_encoded;
        let (value, is_valid) = value(api, parameter.schema.as_ref(), seed, &texts, (true, !is_nested));
        let location = parameter.location.as_str().to_owned();
        SampleParameter { location, name: parameter.name.clone(), value, is_valid }
    });
    let parameters = parameters.collect();
    let declared = operation.body.as_ref();
    let chosen = match media_type {
        Some(media_type) => declared.and_then(|body| content_of(body, media_type)),
        None => declared.and_then(|body| body.contents.first()),
    };
    let body = chosen.map(|content| body(api, content, seed, &texts));
    Sample { parameters, body }
}

fn body(api: &Api, content: &Content, seed: u64, texts: &[&str]) -> SampleBody {
    let is_json = is_json(&content.media_type) || content.media_type.contains('*');
    let (value, is_valid) = match &content.item_schema {
        Some(_) => {
            let one = value(api, content.item_schema.as_ref(), seed, texts, (!is_json, false));
            (Value::Array(vec![one.0]), one.1)
        }
        None => value(api, content.schema.as_ref(), seed, texts, (!is_json, false)),
    };
    SampleBody { media_type: content.media_type.clone(), value, is_valid }
}

fn value(
    api: &Api,
    schema: Option<&String>,
    seed: u64,
    texts: &[&str],
    (plain, flat): (bool, bool),
) -> (Value, bool) {
    let Some(at) = schema else { return (Value::from("value"), true) };
    let schema = api.schemas.get(&api.tree, at, Direction::Request);
    let wish = Wish { direction: Direction::Request, examples: false, plain, flat };
    value_of(&schema, seed, texts, wish)
}
