//! Documents that grow when they are expanded.

use codegen::{Mode, Options, Source};
use serde_json::{Map, Value, json};

use super::generate;

/// The maximum of emitted bytes for each byte of a document.
const GROWTH: usize = 200;

/// Generates code of a document, and checks that its size is bounded.
fn bounded(document: &Value) -> codegen::Output {
    let output = generate(document);
    let emitted: usize = output.files.iter().map(|file| file.text.len()).sum();
    let read = document.to_string().len();
    assert!(emitted < GROWTH * read + 10_000, "{emitted} bytes came out of {read}");
    output
}

fn with_schemas(schemas: Map<String, Value>) -> Value {
    let components = json!({"schemas": Value::Object(schemas)});
    json!({"openapi": "3.1.0", "info": {"title": "Bomb", "version": "1"}, "paths": {}, "components": components})
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

/// Each schema refers to the next one twice: 2^40 schemas in expanded form.
#[test]
fn doubling_schemas_do_not_grow_the_output() {
    for keyword in ["allOf", "oneOf", "anyOf"] {
        let mut schemas: Map<String, Value> = (0..40)
            .map(|depth| (format!("S{depth}"), json!({ keyword: [reference(&format!("S{}", depth + 1)), reference(&format!("S{}", depth + 1))] })))
            .collect();
        schemas.insert("S40".to_owned(), json!({"type": "object", "properties": {"a": {"type": "string"}}}));
        bounded(&with_schemas(schemas));
    }
}

/// Members of `allOf` that double, each with its own field.
#[test]
fn doubling_merges_do_not_grow_the_output() {
    let mut schemas: Map<String, Value> = (0..24)
        .map(|depth| {
            let next = reference(&format!("S{}", depth + 1));
            let own = json!({"type": "object", "properties": {format!("f{depth}"): next}});
            (format!("S{depth}"), json!({"allOf": [next, own, next]}))
        })
        .collect();
    schemas.insert("S24".to_owned(), json!({"type": "object", "properties": {"a": {"type": "string"}}}));
    bounded(&with_schemas(schemas));
}

/// Branches beside properties, and a discriminator without tags in its branches.
#[test]
fn doubling_branches_are_rejected() {
    let next = |depth: usize, name: &str| reference(&format!("{name}{}", depth + 1));
    let mut schemas: Map<String, Value> = Map::new();
    for depth in 0..30 {
        let own = json!({"type": "object", "properties": {format!("f{depth}"): {"type": "string"}}});
        let twice = json!([next(depth, "B"), {"allOf": [next(depth, "B")]}]);
        schemas.insert(
            format!("B{depth}"),
            json!({"type": "object", "properties": own["properties"], "anyOf": twice}),
        );
        let twice = json!([next(depth, "T"), {"allOf": [next(depth, "T")]}, own]);
        schemas.insert(format!("T{depth}"), json!({"allOf": twice}));
    }
    schemas.insert("B30".to_owned(), json!({"type": "object", "properties": {"a": {"type": "string"}}}));
    schemas.insert("T30".to_owned(), json!({"type": "object", "properties": {"b": {"type": "string"}}}));
    let inline = json!({"allOf": [reference("T0"), reference("T1")]});
    let choice = json!({"oneOf": [inline, reference("T2")], "discriminator": {"propertyName": "kind"}});
    schemas.insert("Choice".to_owned(), choice);
    let source = Source::new("hostile.json", with_schemas(schemas).to_string());
    let report = codegen::generate_with(&source, &[], &Options::new(Mode::Lenient)).map(drop).unwrap_err();
    assert!(report.0[0].message.contains("uses repeatedly"), "{report}");
}

#[test]
fn cyclic_references_end() {
    let schemas = json!({
        "A": reference("B"), "B": reference("C"), "C": reference("A"),
        "D": {"allOf": [reference("E")]}, "E": {"allOf": [reference("D")]},
        "F": {"oneOf": [reference("F")]}, "G": {"items": reference("G")}, "H": {"additionalProperties": reference("H")},
        "I": {"not": reference("I")}, "J": {"properties": {"j": reference("J")}, "required": ["j"]},
        "K": {"type": "array", "items": reference("K")}, "L": {"type": "array", "items": {"anyOf": [reference("L")]}},
    });
    let mut document = with_schemas(schemas.as_object().unwrap().clone());
    document["components"]["parameters"] = json!({"P": {"$ref": "#/components/parameters/P"}});
    document["components"]["responses"] =
        json!({"R": {"$ref": "#/components/responses/S"}, "S": {"$ref": "#/components/responses/R"}});
    document["paths"] = json!({
        "/a": {"$ref": "#/paths/~1a"},
        "/b": {"get": {"parameters": [{"$ref": "#/components/parameters/P"}], "responses": {"200": {"$ref": "#/components/responses/R"}}}},
        "/c": {"post": {"requestBody": {"content": {"multipart/form-data": {"schema": {"type": "object", "properties": {
            "f": reference("F"), "k": reference("K"), "l": reference("L"),
        }}}}}, "responses": {"204": {"description": ""}}}},
    });
    bounded(&document);
}

#[test]
fn a_long_chain_of_references_ends() {
    let mut schemas: Map<String, Value> =
        (0..3_000).map(|depth| (format!("S{depth}"), reference(&format!("S{}", depth + 1)))).collect();
    schemas.insert("S3000".to_owned(), json!({"type": "string"}));
    bounded(&with_schemas(schemas));
}

#[test]
fn very_long_names_give_short_paths() {
    let long = "name ".repeat(2_000);
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": long, "version": long, "description": long},
        "tags": [{"name": long}],
        "paths": {format!("/{long}"): {"get": {
            "operationId": long, "tags": [long], "summary": long,
            "parameters": [{"name": long, "in": "query", "schema": {"type": "string", "enum": [long]}}],
            "responses": {"200": {"description": long, "content": {"application/json": {"schema": reference(&long)}}}},
        }}},
        "components": {"schemas": {
            long.clone(): {"type": "object", "properties": {long.clone(): {"type": "object", "properties": {long.clone(): {"enum": [long]}}}}},
        }},
    });
    let output = bounded(&document);
    for file in &output.files {
        assert!(file.path.len() < 200, "a path of {} characters", file.path.len());
    }
}

#[test]
fn the_deepest_nesting_does_not_grow_the_output() {
    let mut schema = json!({"type": "string"});
    for depth in 0..24 {
        schema = json!({"type": "object", "properties": {format!("p{depth}"): {"type": "array", "items": schema}}});
    }
    bounded(&with_schemas(Map::from_iter([("Deep".to_owned(), schema)])));
}

#[test]
fn many_values_and_properties_do_not_grow_the_output() {
    let values: Vec<_> = (0..20_000).map(|index| format!("value {index}")).collect();
    let properties: Map<String, Value> =
        (0..5_000).map(|index| (format!("p{index}"), json!({"type": "integer"}))).collect();
    bounded(&with_schemas(Map::from_iter([
        ("Values".to_owned(), json!({"type": "string", "enum": values})),
        ("Properties".to_owned(), json!({"type": "object", "properties": properties})),
        ("Same".to_owned(), json!({"type": "string", "enum": vec!["a-b"; 2_000]})),
    ])));
}

/// Nested arrays of the same string: ten billion values in expanded form.
#[test]
fn multiplying_aliases_are_rejected() {
    let mut text = "openapi: 3.1.0\ninfo: {title: Bomb, version: '1'}\npaths: {}\nx-0: &a0 [b, b, b, b, b, b, b, b, b, b]\n".to_owned();
    for depth in 1..10 {
        let before = format!("*a{}, ", depth - 1).repeat(10);
        text.push_str(&format!("x-{depth}: &a{depth} [{}]\n", before.trim_end_matches(", ")));
    }
    let report = codegen::generate_with(&Source::new("bomb.yaml", text), &[], &Options::new(Mode::Lenient));
    let report = report.map(|output| output.files.len()).unwrap_err();
    assert_eq!(report.0.len(), 1, "{report}");
    assert!(report.0[0].message.contains("alias"), "{report}");
}
