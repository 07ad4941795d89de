//! Generates OpenAPI documents from bytes.
//!
//! The bytes determine all choices: the same bytes give the same document. So a fuzzer can explore them, and a seed
//! reproduces a failed test. [`document`] generates documents that the generator supports, [`valid`] adds examples that
//! are valid for their schemas, and [`hostile`] corrupts the document.

mod choices;
mod hostile;
mod markdown;
mod names;
mod operation;
mod parameter;
mod samples;
mod schema;
mod security;
mod version;

use rand_pcg::Pcg64Mcg;
use rand_pcg::rand_core::{Rng as _, SeedableRng as _};
use serde_json::{Map, Value, json};

use crate::choices::Choices;
use crate::schema::Schemas;
use crate::version::OpenApiVersion;

pub use crate::hostile::HOSTILE_STRINGS;
pub use crate::markdown::markdown;

/// Returns random bytes for a seed, of random length.
#[must_use]
pub fn bytes(seed: u64) -> Vec<u8> {
    /// Enough for about ten schemas and operations.
    const MAX_LENGTH: u32 = 3_000;
    let mut random = Pcg64Mcg::seed_from_u64(seed);
    let length = 200 + random.next_u32() % MAX_LENGTH;
    let mut bytes = vec![0; usize::try_from(length).unwrap_or_default()];
    random.fill_bytes(&mut bytes);
    bytes
}

/// Generates a document without problems, with features that the generator supports.
#[must_use]
pub fn document(bytes: &[u8]) -> Value {
    let mut choices = Choices::new(bytes);
    let version = choices.pick(&[OpenApiVersion::V30, OpenApiVersion::V31, OpenApiVersion::V32]);
    let mut schemas = Schemas::new(version, &mut choices);
    schemas.generate_all(&mut choices);
    let mut components = Map::new();
    let access = security::servers_and_security(&mut choices);
    let paths = operation::paths(&mut schemas, &mut components, &access, &mut choices);
    let mut document = json!({
        "openapi": version.name(),
        "info": {"title": names::title(&mut choices), "version": "1"},
        "servers": access.servers,
        "security": access.security,
        "paths": paths,
    });
    if version > OpenApiVersion::V30 && choices.chance(3) {
        document["webhooks"] = operation::webhooks(&mut schemas, &mut choices);
    }
    components.insert("securitySchemes".to_owned(), Value::Object(access.schemes));
    components.insert("schemas".to_owned(), Value::Object(schemas.components));
    document["components"] = Value::Object(components);
    document
}

/// Generates a [`document`] and corrupts it: values of the wrong type, unresolvable references, strings that look like
/// code, deep nesting, excessive sizes.
#[must_use]
pub fn hostile(bytes: &[u8]) -> Value {
    let (first, rest) = bytes.split_at(bytes.len() / 2);
    let mut document = document(first);
    hostile::corrupt(&mut document, &mut Choices::new(rest));
    document
}

/// Generates a document from a fuzzer's input. The first byte decides whether it is [`hostile`].
#[must_use]
pub fn from_fuzzer(bytes: &[u8]) -> Value {
    let rest = bytes.get(1..).unwrap_or_default();
    if is_hostile_input(bytes) { hostile(rest) } else { document(rest) }
}

/// Returns whether [`from_fuzzer`] generates a hostile document.
#[must_use]
pub fn is_hostile_input(bytes: &[u8]) -> bool {
    bytes.first().is_some_and(|first| first % 2 == 1)
}

/// Generates the document of a seed, with examples.
#[must_use]
pub fn valid(seed: u64) -> Value {
    let mut document = document(&bytes(seed));
    with_examples(&mut document, &bytes(!seed));
    document
}

/// Adds examples to the document's schemas, bodies and responses: values that are valid for them.
fn with_examples(document: &mut Value, bytes: &[u8]) {
    samples::add(document, &mut Choices::new(bytes));
}
