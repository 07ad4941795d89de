//! What the operations of a document share: media types, servers, and the targets of references.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};

use super::address::Address;
use super::entries::strings;
use crate::base::json_object::JsonObject;
use crate::base::pointer::Pointer;
use crate::grammar::reference::resolve;

/// The extension with the value of a discriminator that selects a definition, instead of its name.
const DISCRIMINATOR_VALUE: &str = "x-discriminator-value";

/// A section of reusable parts, as references name it, and its counterpart in OpenAPI 3.
#[derive(Clone, Copy)]
pub(super) struct Section {
    from: &'static str,
    to: &'static str,
}

pub(super) const DEFINITIONS: Section = Section { from: "#/definitions/", to: "#/components/schemas/" };
pub(super) const PARAMETERS: Section = Section { from: "#/parameters/", to: "#/components/parameters/" };
pub(super) const RESPONSES: Section = Section { from: "#/responses/", to: "#/components/responses/" };

/// What the operations of a document share.
pub(super) struct Shared {
    pub(super) consumes: Vec<String>,
    pub(super) produces: Vec<String>,
    pub(super) address: Address,
    /// The parameters and responses of the document, and the keys of its definitions.
    targets: Value,
    /// The keys of the responses that are the response of a success.
    pub(super) successes: HashSet<String>,
    /// The mapping of the discriminator of each definition, for definitions that declare other values than their names.
    pub(super) mappings: HashMap<String, JsonObject>,
}

impl Shared {
    pub(super) fn of(root: &JsonObject) -> Self {
        let section = |key: &str| root.get(key).cloned().unwrap_or_else(|| json!({}));
        let definitions = root.get("definitions").and_then(Value::as_object);
        let definitions: JsonObject =
            definitions.into_iter().flat_map(Map::keys).map(|key| (key.clone(), Value::Null)).collect();
        Self {
            consumes: strings(root, "consumes").unwrap_or_default(),
            produces: strings(root, "produces").unwrap_or_default(),
            address: Address::of(root),
            targets: json!({
                "definitions": definitions,
                "parameters": section("parameters"),
                "responses": section("responses"),
            }),
            successes: successes(root),
            mappings: mappings(root),
        }
    }

    /// Rewrites the reference of an object to a component of this section to where it is in OpenAPI 3.
    pub(super) fn rewrite_reference(&self, section: Section, entries: &mut JsonObject) {
        if let Some(reference) = entries.get_mut("$ref") {
            self.rewrite_target(section, reference);
        }
    }

    /// Rewrites a reference. One that can't be resolved was reported before, and stays as it is.
    pub(super) fn rewrite_target(&self, Section { from, to }: Section, reference: &mut Value) {
        let Value::String(text) = reference else { return };
        let is_known = || Pointer::parse(text).is_some_and(|pointer| pointer.find(&self.targets).is_some());
        if let Some(key) = text.strip_prefix(from).filter(|_| is_known()) {
            *text = format!("{to}{key}");
        }
    }

    /// Follows references to a parameter or response, and returns it with its pointer.
    pub(super) fn resolved(&self, value: &Value, at: &Pointer) -> (Value, Pointer) {
        let (value, at) = resolve(&self.targets, value, at.clone());
        (value.clone(), at)
    }
}

/// Returns whether responses with a status code are errors.
pub(super) fn is_error(status: &str, responses: &JsonObject) -> bool {
    let is_success = |status: &String| status.starts_with('2');
    match status {
        "default" => responses.keys().any(is_success),
        status => !status.starts_with(['1', '2', '3']),
    }
}

fn successes(root: &JsonObject) -> HashSet<String> {
    let items = root.get("paths").and_then(Value::as_object).into_iter().flat_map(Map::values);
    let operations = items.filter_map(Value::as_object).flat_map(Map::values);
    let all = operations.filter_map(|operation| operation.get("responses")?.as_object());
    let successes = all.flat_map(|responses| {
        responses.iter().filter(move |(status, _)| !is_error(status, responses)).map(|(_, response)| response)
    });
    let references = successes.filter_map(|response| response.get("$ref")?.as_str());
    references.filter_map(|reference| Pointer::parse(reference)?.last().map(str::to_owned)).collect()
}

/// Returns the mappings of discriminators to definitions that declare their own values.
fn mappings(root: &JsonObject) -> HashMap<String, JsonObject> {
    let Some(definitions) = root.get("definitions").and_then(Value::as_object) else { return HashMap::new() };
    let mut mappings: HashMap<String, JsonObject> = HashMap::new();
    for (key, definition) in definitions {
        let Some(value) = definition.get(DISCRIMINATOR_VALUE).and_then(Value::as_str) else { continue };
        let target = Pointer::root().child("components").child("schemas").child(key.as_str());
        for base in with_bases(definitions, key) {
            let mapping = mappings.entry(base).or_default();
            mapping.insert(value.to_owned(), json!(target.to_string()));
        }
    }
    mappings
}

/// Returns a definition and those that it extends with `allOf`.
fn with_bases(definitions: &JsonObject, key: &str) -> Vec<String> {
    let mut found = vec![key.to_owned()];
    let mut next = 0;
    while let Some(definition) = found.get(next).and_then(|key| definitions.get(key)) {
        next += 1;
        let members = definition.get("allOf").and_then(Value::as_array).into_iter().flatten();
        let bases = members.filter_map(|member| Pointer::parse(member.get("$ref")?.as_str()?));
        for base in bases.filter_map(|pointer| pointer.last().map(str::to_owned)).collect::<Vec<_>>() {
            if definitions.contains_key(&base) && !found.contains(&base) {
                found.push(base);
            }
        }
    }
    found
}
