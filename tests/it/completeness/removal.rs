//! No part of a description is without effect: the files, the README, the skipped parts or the diagnostics differ
//! without it.

use std::collections::BTreeSet;

use codegen::{Mode, Options, Source, StandardKey};

/// Descriptions that use each key of the standard.
const DOCUMENTS: [(&str, &str); 9] = [
    ("root", include_str!("../../fixtures/complete/root.yaml")),
    ("parameters", include_str!("../../fixtures/complete/parameters.yaml")),
    ("bodies", include_str!("../../fixtures/complete/bodies.yaml")),
    ("responses", include_str!("../../fixtures/complete/responses.yaml")),
    ("security", include_str!("../../fixtures/complete/security.yaml")),
    ("schemas", include_str!("../../fixtures/complete/schemas.yaml")),
    ("compositions", include_str!("../../fixtures/complete/compositions.yaml")),
    ("extensions", include_str!("../../fixtures/complete/extensions.yaml")),
    ("webhooks", include_str!("../../fixtures/complete/webhooks.yaml")),
];

/// Parts that have no effect, and why that is right.
const WITHOUT_EFFECT: [(&str, &str); 9] = [
    ("/parameters/0/required", "a path parameter is always required"),
    ("#/paths/~1things/get/responses/200/description", "the only response is described by its type"),
    ("#/paths/~1things/put/responses/200/description", "the only response is described by its type"),
    ("#/paths/~1things/post/responses/200/description", "the only response is described by its type"),
    ("#/paths/~1jobs~1{id}/get/responses/200/description", "the only response is described by its type"),
    ("application~1octet-stream/schema", "the media type means bytes without a schema, too"),
    ("text~1csv/schema", "a type is emitted for the schema that it refers to"),
    ("deviceAuthorization/scopes", "it is empty"),
    ("/parameters/2/allowEmptyValue", "an empty string is always sent"),
];

#[test]
fn no_part_of_a_description_is_without_effect() {
    let mut tried: BTreeSet<StandardKey> = BTreeSet::new();
    let mut found = Vec::new();
    for (name, text) in DOCUMENTS {
        let source = Source::new(format!("{name}.yaml"), text);
        let removals = codegen::removals(&source, &Options::new(Mode::Lenient)).unwrap();
        tried.extend(removals.tried);
        let silent = removals.without_effect.iter().map(ToString::to_string);
        let is_unexpected = |pointer: &String| !WITHOUT_EFFECT.iter().any(|(end, _)| pointer.ends_with(end));
        found.extend(silent.filter(is_unexpected).map(|pointer| format!("{name}: {pointer}")));
    }
    assert_eq!(found, Vec::<String>::new());
    // References to path items are resolved before.
    tried.insert(("a Path Item Object", "$ref"));
    let untried: Vec<_> = codegen::effective_keys().difference(&tried).copied().collect();
    assert_eq!(untried, Vec::<StandardKey>::new(), "each key of the standard needs an example");
}

#[test]
fn a_part_that_is_not_read_is_found() {
    let text = "\
openapi: 3.1.0
info: {title: Small, version: '1'}
paths:
  /a:
    get: {operationId: a, tags: [a], responses: {'200': {description: Fine.}}}
    put: {operationId: a, responses: {}, x-internal: true, parameters: []}
";
    let source = Source::new("small.yaml", text);
    let removals = codegen::removals(&source, &Options::new(Mode::Lenient)).unwrap();
    let found: Vec<_> = removals.without_effect.iter().map(ToString::to_string).collect();
    assert_eq!(found, ["#/paths/~1a/put/responses", "#/paths/~1a/put/parameters"]);
}
