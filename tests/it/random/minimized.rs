//! Documents that once failed, each reduced to its smallest form.

use codegen::{Mode, Output};
use serde_json::{Value, json};

use super::invariants;

fn strict(document: &Value) -> Output {
    invariants::generate(&document.to_string(), &[], Mode::Strict).unwrap_or_else(|report| panic!("{report}"))
}

/// Returns a document with one operation.
fn with_operation(method: &str, operation: &Value) -> Value {
    json!({"openapi": "3.1.0", "info": {"title": "", "version": "1"}, "paths": {"/a": {method: operation}}})
}

fn json_of(schema: &Value) -> Value {
    json!({"schema": schema})
}

#[test]
fn a_head_response_has_no_content() {
    let content = json!({"application/json": json_of(&json!({"type": "string"}))});
    let document =
        with_operation("head", &json!({"responses": {"200": {"description": "", "content": content}}}));
    let output = strict(&document);
    assert_eq!(codegen::unaccounted(&output), []);
    assert_eq!(output.api.skipped[0].reason, "a response to HEAD has no content");
}

#[test]
fn json_with_media_type_parameters_is_a_json_body() {
    let content = json!({
        "application/vnd.a+json": json_of(&json!({"type": "string"})),
        "application/json; charset=utf-8": json_of(&json!({"type": "integer"})),
        "text/json": json_of(&json!({"type": "boolean"})),
    });
    let document = with_operation("put", &json!({"requestBody": {"content": content}, "responses": {}}));
    let output = strict(&document);
    let sent = output.api.operations().filter_map(|(_, operation)| operation.body.as_ref());
    let sent: Vec<_> = sent.map(|body| body.media_type.as_str()).collect();
    assert_eq!(sent, ["application/json; charset=utf-8", "application/vnd.a+json"]);
    assert_eq!(codegen::unaccounted(&output), []);
}

#[test]
fn an_invalid_status_is_reported() {
    let document =
        with_operation("get", &json!({"responses": {"ok": {"description": ""}, "4xx": {"description": ""}}}));
    let report = invariants::generate(&document.to_string(), &[], Mode::Strict).unwrap_err();
    let messages: Vec<_> = report.0.iter().map(|diagnostic| diagnostic.message.as_str()).collect();
    assert_eq!(messages[0], "invalid status code \"ok\"");
}

#[test]
fn an_example_has_the_type_of_its_media_type() {
    let media = |schema: &str, example: Value| json!({"schema": {"type": schema}, "example": example});
    let content = json!({
        "application/json": media("string", json!("a")),
        "application/vnd.a+json": media("integer", json!(1)),
    });
    let responses = json!({"200": {"description": "", "content": content}});
    let document =
        with_operation("put", &json!({"requestBody": {"content": content}, "responses": responses}));
    let output = strict(&document);
    let tried: Vec<_> =
        codegen::examples(&output).into_iter().map(|example| (example.ty, example.value.clone())).collect();
    let string = || ("String".to_owned(), json!("a"));
    assert_eq!(tried, [string(), ("i64".to_owned(), json!(1)), string()]);
}

/// The aliased type decides whether null is allowed.
#[test]
fn an_alias_of_a_nullable_type_is_nullable() {
    let document = json!({"openapi": "3.1.0", "info": {"title": "", "version": "1"}, "paths": {}, "components": {"schemas": {
        "Holder": {"type": "object", "required": ["a", "b"], "properties": {
            "a": {"$ref": "#/components/schemas/Described"}, "b": {"$ref": "#/components/schemas/Plain"},
        }},
        "Plain": {"$ref": "#/components/schemas/Described"},
        "Described": {"$ref": "#/components/schemas/Real", "title": "Another name."},
        "Real": {"type": ["object", "null"], "properties": {"x": {"type": "string"}}},
    }}});
    let output = strict(&document);
    let holder = output.api.types.iter().find(|def| def.name.as_str() == "Holder").unwrap();
    let codegen::ir::TypeKind::Model(fields) = &holder.kind else { panic!("{holder:?}") };
    assert!(fields.iter().all(|field| field.nullable), "{fields:?}");
}

/// Combining marks without a base letter don't form a word.
#[test]
fn a_name_of_combining_marks_becomes_an_identifier() {
    let document = json!({"openapi": "3.1.0", "info": {"title": "", "version": "1"}, "paths": {}, "components": {"schemas": {
        "\u{301}": {"type": "object", "properties": {"\u{20dd}": {"type": "string"}}},
    }}});
    let output = strict(&document);
    let files: String = output.files.iter().map(|file| file.text.as_str()).collect();
    assert!(files.contains("pub struct Symbol") && files.contains("pub symbol: Option<String>"), "{files}");
}

/// rustc warns about uncommon code points unless the crate allows them.
#[test]
fn uncommon_codepoints_are_allowed_only_where_they_occur() {
    let root = |name: &str| {
        let schemas = json!({name: {"type": "object", "properties": {"a": {}}}});
        let document = json!({"openapi": "3.1.0", "info": {"title": "", "version": "1"}, "paths": {}, "components": {"schemas": schemas}});
        let files = invariants::crate_of(&strict(&document));
        files.into_iter().find(|file| file.path == "src/lib.rs").unwrap().text
    };
    assert!(root("𐤀").contains("uncommon_codepoints"));
    assert!(!root("A").contains("uncommon_codepoints"));
}
