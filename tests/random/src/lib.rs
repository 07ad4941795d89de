//! OpenAPI documents made of bytes.
//!
//! The bytes are choices: the same ones make the same document, so that a fuzzer can steer by them and a failed
//! test can be repeated by its seed. [`document`] keeps to what the generator supports, [`valid`]
//! gives it examples that are values of its own schemas, and [`hostile`] breaks what can be broken.

mod access;
mod choices;
mod hostile;
mod names;
mod operation;
mod parameter;
mod samples;
mod schema;
mod version;

use rand_pcg::Pcg64Mcg;
use rand_pcg::rand_core::{Rng as _, SeedableRng as _};
use serde_json::{Map, Value, json};

use crate::choices::Choices;
use crate::schema::Schemas;
use crate::version::Version;

pub use crate::hostile::TEXTS;

/// The bytes that a seed stands for; the number of them is random, too.
#[must_use]
pub fn bytes(seed: u64) -> Vec<u8> {
    /// A document of some ten schemas and operations.
    const MOST: u32 = 3_000;
    let mut random = Pcg64Mcg::seed_from_u64(seed);
    let length = 200 + random.next_u32() % MOST;
    let mut bytes = vec![0; usize::try_from(length).unwrap_or_default()];
    random.fill_bytes(&mut bytes);
    bytes
}

/// A document of the grammar that the generator supports, without a mistake of its own.
#[must_use]
pub fn document(bytes: &[u8]) -> Value {
    let mut choices = Choices::new(bytes);
    let version = choices.pick(&[Version::V30, Version::V31, Version::V32]);
    let mut schemas = Schemas::new(version, &mut choices);
    schemas.fill(&mut choices);
    let mut components = Map::new();
    let access = access::access(&mut choices);
    let paths = operation::paths(&mut schemas, &mut components, &access, &mut choices);
    let mut document = json!({
        "openapi": version.name(),
        "info": {"title": names::title(&mut choices), "version": "1"},
        "servers": access.servers,
        "security": access.security,
        "paths": paths,
    });
    if version > Version::V30 && choices.chance(3) {
        document["webhooks"] = operation::webhooks(&mut schemas, &mut choices);
    }
    components.insert("securitySchemes".to_owned(), Value::Object(access.schemes));
    components.insert("schemas".to_owned(), Value::Object(schemas.made));
    document["components"] = Value::Object(components);
    document
}

/// A [`document`] in which anything may be broken: wrong kinds, references to nowhere, texts that try to become
/// code, nesting and sizes out of proportion.
#[must_use]
pub fn hostile(bytes: &[u8]) -> Value {
    let (first, rest) = bytes.split_at(bytes.len() / 2);
    let mut document = document(first);
    hostile::spoil(&mut document, &mut Choices::new(rest));
    document
}

/// A document of either kind, as a fuzzer asks for it: the first byte is whether it is [`hostile`].
#[must_use]
pub fn fuzzed(bytes: &[u8]) -> Value {
    let rest = bytes.get(1..).unwrap_or_default();
    if is_fuzzed_hostile(bytes) { hostile(rest) } else { document(rest) }
}

/// Whether the document of a fuzzer's bytes has mistakes.
#[must_use]
pub fn is_fuzzed_hostile(bytes: &[u8]) -> bool {
    bytes.first().is_some_and(|first| first % 2 == 1)
}

/// The document of a seed, with examples.
#[must_use]
pub fn valid(seed: u64) -> Value {
    let mut document = document(&bytes(seed));
    with_examples(&mut document, &bytes(!seed));
    document
}

/// Gives the document's schemas, bodies and answers examples: values that are valid for them, picked by bytes.
fn with_examples(document: &mut Value, bytes: &[u8]) {
    samples::add(document, &mut Choices::new(bytes));
}
