//! The header fields of a response.

use serde_json::Value;

use super::content::Generated;
use super::text::simple;
use crate::document::api::Api;
use crate::document::operation::{DeclaredResponse, Header};
use crate::schema::direction_rules::Direction;
use crate::schema::tree::entries;
use crate::values::generator::Wish;
use crate::values::sample::value_of;

/// Header fields that describe the message itself, which the server sets.
const OWN: [&str; 10] = [
    "content-type",
    "content-length",
    "content-encoding",
    "transfer-encoding",
    "connection",
    "keep-alive",
    "trailer",
    "upgrade",
    "date",
    "www-authenticate",
];

/// Returns the declared header fields of a response, with examples or generated values.
pub(super) fn headers(
    api: &Api,
    response: &DeclaredResponse,
    status: u16,
    generated: Generated<'_>,
) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for header in &response.headers {
        let name = header.name.to_ascii_lowercase();
        let is_token = !name.is_empty() && name.bytes().all(is_token_byte);
        if OWN.contains(&name.as_str()) || !is_token {
            continue;
        }
        let value = value(api, header, generated);
        let text = if header.is_json { value.to_string() } else { simple(&value, header.explode) };
        if text.bytes().all(|byte| (b' '..0x7f).contains(&byte)) {
            fields.push((name, text));
        }
    }
    let is_redirect = (300..400).contains(&status) && status != 304;
    if is_redirect && !fields.iter().any(|(name, _)| name == "location") {
        fields.push(("location".to_owned(), "https://example.com/elsewhere".to_owned()));
    }
    fields
}

fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

fn value(api: &Api, header: &Header, generated: Generated<'_>) -> Value {
    if let Some(node) = api.tree.get(&header.at).filter(|_| generated.examples) {
        let examples =
            entries(node, "examples").filter_map(|(_, node)| api.tree.resolve(node, "").0.get("value"));
        if let Some(value) = node.get("example").into_iter().chain(examples).next() {
            return value.clone();
        }
    }
    let Some(at) = &header.schema else { return Value::from("value") };
    let schema = api.schemas.get(&api.tree, at, Direction::Response);
    let wish = Wish { direction: Direction::Response, examples: generated.examples, plain: true, flat: true };
    let texts: Vec<&str> = generated.texts.iter().copied().chain([header.name.as_str()]).collect();
    value_of(&schema, generated.seed, &texts, wish).0
}
