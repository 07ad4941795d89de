//! Parts that are written once and used many times: each use may need code or docs of its own.

use codegen::{Diagnostics, Mode, Options, Source};
use serde_json::{Map, Value, json};

/// How often a part is used.
const USES: usize = 60;

/// A text that is as long as the rest of a document.
fn long() -> String {
    "long ".repeat(20_000)
}

fn done() -> Value {
    json!({"200": {"description": ""}})
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the callers build both, and read more easily without references"
)]
fn document(paths: Value, components: Value) -> Value {
    json!({"openapi": "3.1.0", "info": {"title": "a", "version": "1"}, "paths": paths, "components": components})
}

/// Paths with the same item.
fn paths(item: &Value) -> Value {
    Value::Object((0..USES).map(|number| (format!("/a{number}"), item.clone())).collect())
}

fn get(key: &str, value: &Value) -> Value {
    let mut operation = json!({"responses": done()});
    operation[key] = value.clone();
    json!({"get": operation})
}

fn reference(pointer: &str) -> Value {
    json!({"$ref": format!("#/components/{pointer}")})
}

/// Documents in which a long part is used many times, by its kind.
fn documents() -> Vec<(&'static str, Value)> {
    let described = json!({"description": long()});
    let parameter = json!({"name": "p", "in": "query", "description": long(), "schema": {"type": "string"}});
    let responses = json!({"responses": {"200": reference("responses/R")}});
    let form = |media_type: &str| {
        let properties = json!({"p": {"type": "string", "description": long()}});
        json!({"B": {"content": {media_type: {"schema": {"type": "object", "properties": properties}}}}})
    };
    let body = json!({"post": {"requestBody": reference("requestBodies/B"), "responses": done()}});
    let base = json!({"type": "object", "properties": {"p": {"type": "string", "description": long()}}});
    let union = json!({"oneOf": [{"type": "object", "title": long()}, base.clone()]});
    let heirs = |base: &Value| {
        let heir = |number: usize| {
            let own = json!({"type": "object", "properties": {format!("f{number}"): {"type": "string"}}});
            (format!("S{number}"), json!({"allOf": [reference("schemas/B"), own]}))
        };
        let mut schemas: Map<String, Value> = (0..USES).map(heir).collect();
        schemas.insert("B".to_owned(), base.clone());
        document(json!({}), json!({"schemas": schemas}))
    };
    let mut aliases = paths(&json!({"$ref": "#/paths/~1a0"}));
    aliases["/a0"] = get("parameters", &json!([parameter]));
    let operations: Map<String, Value> =
        (0..USES).map(|number| (format!("M{number}"), json!({"responses": done()}))).collect();
    let server = json!({"url": "https://a.example", "description": long()});
    let newer = |item: Value| {
        let mut newer = document(json!({"/a": item}), json!({}));
        newer["openapi"] = json!("3.2.0");
        newer
    };
    let mut scopes = document(
        paths(&json!({"get": {"responses": done()}})),
        json!({"securitySchemes": {"s": {"type": "http", "scheme": "bearer"}}}),
    );
    scopes["security"] = json!([{"s": [long()]}]);
    vec![
        (
            "parameter",
            document(
                paths(&get("parameters", &json!([reference("parameters/P")]))),
                json!({"parameters": {"P": parameter}}),
            ),
        ),
        ("response", document(paths(&json!({"get": responses})), json!({"responses": {"R": described}}))),
        (
            "header",
            document(
                paths(&get(
                    "responses",
                    &json!({"200": {"description": "", "headers": {"X-A": reference("headers/H")}}}),
                )),
                json!({"headers": {"H": {"description": long(), "schema": {"type": "string"}}}}),
            ),
        ),
        ("multipart body", document(paths(&body), json!({"requestBodies": form("multipart/form-data")}))),
        ("form", document(paths(&body), json!({"requestBodies": form("application/x-www-form-urlencoded")}))),
        (
            "form of a schema",
            document(
                paths(
                    &json!({"post": {"requestBody": {"content": {"multipart/form-data": {"schema": reference("schemas/B")}}}, "responses": done()}}),
                ),
                json!({"schemas": {"B": base.clone()}}),
            ),
        ),
        (
            "path item",
            document(
                paths(&reference("pathItems/P")),
                json!({"pathItems": {"P": get("parameters", &json!([parameter]))}}),
            ),
        ),
        ("path item of another path", document(aliases, json!({}))),
        ("base", heirs(&base)),
        ("union as a base", heirs(&union)),
        (
            "parameters of a path item",
            newer(json!({"parameters": [parameter], "additionalOperations": operations})),
        ),
        ("servers of a path item", newer(json!({"servers": [server], "additionalOperations": operations}))),
        ("scopes", scopes),
        (
            "media types",
            json!({
                "swagger": "2.0", "info": {"title": "a", "version": "1"}, "produces": [format!("a/{}", long())],
                "paths": paths(&get("responses", &json!({"200": {"description": "", "schema": {"type": "string"}}}))),
            }),
        ),
    ]
}

fn generate(document: &Value, overlays: &[Source]) -> Result<usize, Diagnostics> {
    let source = Source::new("repeated.json", document.to_string());
    let output = codegen::generate_with(&source, overlays, &Options::new(Mode::Lenient))?;
    Ok(output.files.iter().map(|file| file.text.len()).sum())
}

fn only_error(kind: &str, result: Result<usize, Diagnostics>) {
    let report = result.expect_err(kind);
    let errors: Vec<_> = report.0.iter().filter(|one| one.message.contains("uses repeatedly")).collect();
    assert_eq!(errors.len(), 1, "{kind}: {report}");
    assert!(errors[0].location.line > 0 && !errors[0].help.is_empty(), "{kind}: {report}");
    assert!(report.0.len() <= 2, "{kind}: {report}");
}

#[test]
fn parts_that_are_used_repeatedly_do_not_grow_the_output() {
    for (kind, document) in documents() {
        only_error(kind, generate(&document, &[]));
    }
}

/// The error is at the part, not at one of its uses.
#[test]
fn the_error_names_the_part_that_takes_most() {
    for (kind, pointer) in [("parameter", "#/components/parameters/P"), ("base", "#/components/schemas/B")] {
        let found = documents().into_iter().find(|(known, _)| *known == kind);
        let (_, document) = found.unwrap();
        let report = generate(&document, &[]).unwrap_err();
        assert_eq!(report.0[0].pointer.to_string(), pointer, "{report}");
    }
}

#[test]
fn parts_that_are_used_a_few_times_are_no_problem() {
    let parameter = json!({"name": "p", "in": "query", "description": long(), "schema": {"type": "string"}});
    let operation = get("parameters", &json!([reference("parameters/P")]));
    let paths: Map<String, Value> =
        (0..20).map(|number| (format!("/a{number}"), operation.clone())).collect();
    assert!(generate(&document(json!(paths), json!({"parameters": {"P": parameter}})), &[]).is_ok());
}

/// Servers of a path item and security requirements of the document are not used where an operation has its own.
#[test]
fn what_each_operation_replaces_is_no_problem() {
    let server = |text: &str| json!([{"url": "https://a.example", "description": text}]);
    let own: Map<String, Value> = (0..USES)
        .map(|number| {
            (format!("M{number}"), json!({"servers": server(""), "security": [], "responses": done()}))
        })
        .collect();
    let schemes = json!({"securitySchemes": {"s": {"type": "http", "scheme": "bearer"}}});
    for (servers, scope) in [(server(&long()), "a".to_owned()), (server(""), long())] {
        let mut document =
            document(json!({"/a": {"servers": servers, "additionalOperations": own}}), schemes.clone());
        document["openapi"] = json!("3.2.0");
        document["security"] = json!([{"s": [scope]}]);
        assert!(generate(&document, &[]).is_ok());
    }
}

fn overlay(actions: &Value) -> [Source; 1] {
    let overlay = json!({"overlay": "1.1.0", "info": {"title": "a", "version": "1"}, "actions": actions});
    [Source::new("overlay.json", overlay.to_string())]
}

/// Each action copies a schema into itself: 2^30 properties.
#[test]
fn copies_of_an_overlay_do_not_double_without_a_bound() {
    let base = json!({"type": "object", "properties": {"a": {"type": "string"}}});
    let properties = "$.components.schemas.A.properties";
    let pairs = (0..30).flat_map(|number| {
        [
            json!({"target": properties, "update": {format!("k{number}"): {}}}),
            json!({"target": format!("{properties}.k{number}"), "copy": "$.components.schemas.A"}),
        ]
    });
    let document = document(json!({}), json!({"schemas": {"A": base}}));
    only_error("copy", generate(&document, &overlay(&pairs.collect())));
}

#[test]
fn updates_of_many_nodes_are_bounded() {
    let document = document(paths(&json!({"get": {"responses": done()}})), json!({}));
    let update = json!([{"target": "$.paths.*.*", "update": {"description": long()}}]);
    only_error("update", generate(&document, &overlay(&update)));
    let actions: Value = (0..3_000)
        .map(|number| json!({"target": "$.paths.*", "update": {format!("x-{number}"): 1}}))
        .collect();
    only_error("many", generate(&document, &overlay(&actions)));
}

#[test]
fn the_part_that_is_repeated_most_is_reported() {
    let parameter = |name: &str, length: usize| json!({"name": name, "in": "query", "description": "x".repeat(length), "schema": {"type": "string"}});
    let both = json!([reference("parameters/First"), reference("parameters/Second")]);
    let mut paths = paths(&get("parameters", &json!([reference("parameters/Second")])));
    paths["/a0"] = get("parameters", &both);
    let parameters = json!({"First": parameter("first", 10), "Second": parameter("second", 200_000)});
    let text = document(paths, json!({"parameters": parameters})).to_string();
    let report =
        codegen::generate(&Source::new("api.json", text), &[]).err().map(|report| report.to_string());
    assert!(report.is_some_and(|report| report.contains("(#/components/parameters/Second)")));
}
