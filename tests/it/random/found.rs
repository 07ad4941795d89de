//! What random documents have found, each in its smallest form.

use codegen::{Mode, Output};
use serde_json::{Value, json};

use super::laws;

fn strict(document: &Value) -> Output {
    laws::generate(&document.to_string(), &[], Mode::Strict).unwrap_or_else(|report| panic!("{report}"))
}

/// A document of one operation.
fn with_operation(method: &str, operation: &Value) -> Value {
    json!({"openapi": "3.1.0", "info": {"title": "", "version": "1"}, "paths": {"/a": {method: operation}}})
}

fn json_of(schema: &Value) -> Value {
    json!({"schema": schema})
}

#[test]
fn an_answer_to_head_is_said_to_have_no_content() {
    let content = json!({"application/json": json_of(&json!({"type": "string"}))});
    let document =
        with_operation("head", &json!({"responses": {"200": {"description": "", "content": content}}}));
    let output = strict(&document);
    assert_eq!(codegen::unaccounted(&output), []);
    assert_eq!(output.api.skipped[0].reason, "the answer to HEAD has no content");
}

#[test]
fn json_with_parameters_is_a_way_to_send_a_body() {
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
fn what_is_no_status_is_told() {
    let document =
        with_operation("get", &json!({"responses": {"ok": {"description": ""}, "4xx": {"description": ""}}}));
    let report = laws::generate(&document.to_string(), &[], Mode::Strict).unwrap_err();
    let messages: Vec<_> = report.0.iter().map(|told| told.message.as_str()).collect();
    assert_eq!(messages[0], "\"ok\" is no status");
}

#[test]
fn examples_are_tried_with_the_type_of_their_own_media_type() {
    let media = |schema: &str, example: Value| json!({"schema": {"type": schema}, "example": example});
    let content = json!({
        "application/json": media("string", json!("a")),
        "application/vnd.a+json": media("integer", json!(1)),
    });
    let answers = json!({"200": {"description": "", "content": content}});
    let document = with_operation("put", &json!({"requestBody": {"content": content}, "responses": answers}));
    let output = strict(&document);
    let tried: Vec<_> =
        codegen::examples(&output).into_iter().map(|example| (example.ty, example.value.clone())).collect();
    let text = || ("String".to_owned(), json!("a"));
    assert_eq!(tried, [text(), ("i64".to_owned(), json!(1)), text()]);
}

/// What another name stands for decides whether null may stand there.
#[test]
fn null_is_allowed_through_another_name() {
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
    let codegen::ir::TypeShape::Model(fields) = &holder.shape else { panic!("{holder:?}") };
    assert!(fields.iter().all(|field| field.nullable), "{fields:?}");
}

/// Names of marks without a letter under them are no words.
#[test]
fn names_of_marks_become_names() {
    let document = json!({"openapi": "3.1.0", "info": {"title": "", "version": "1"}, "paths": {}, "components": {"schemas": {
        "\u{301}": {"type": "object", "properties": {"\u{20dd}": {"type": "string"}}},
    }}});
    let output = strict(&document);
    let files: String = output.files.iter().map(|file| file.text.as_str()).collect();
    assert!(files.contains("pub struct Symbol") && files.contains("pub symbol: Option<String>"), "{files}");
}

/// rustc warns of letters that are rare or look alike, where nobody says that they are meant.
#[test]
fn names_of_any_script_are_allowed_where_there_are_such() {
    let root = |name: &str| {
        let schemas = json!({name: {"type": "object", "properties": {"a": {}}}});
        let document = json!({"openapi": "3.1.0", "info": {"title": "", "version": "1"}, "paths": {}, "components": {"schemas": schemas}});
        let files = laws::crate_of(&strict(&document));
        files.into_iter().find(|file| file.path == "src/lib.rs").unwrap().text
    };
    assert!(root("𐤀").contains("uncommon_codepoints"));
    assert!(!root("A").contains("uncommon_codepoints"));
}
