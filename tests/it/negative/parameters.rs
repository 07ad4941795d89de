//! Parameters and bodies that the standards forbid: a warning at their location.

use super::{HEAD, dedented};

/// Returns the pointers below the path item `/a/{id}` and the messages of the warnings.
fn warnings(head: &str, item: &str) -> Vec<String> {
    let item: String = dedented(item).lines().map(|line| format!("    {line}\n")).collect();
    let description = format!("{head}paths:\n  /a/{{id}}:\n{item}");
    let output = codegen::generate(&codegen::Source::new("api.yaml", description), &[]).unwrap();
    assert_eq!(codegen::unaccounted(&output), []);
    let below = |pointer: String| pointer.trim_start_matches("#/paths/~1a~1{id}").to_owned();
    output
        .warnings
        .iter()
        .map(|warning| format!("{}: {}", below(warning.pointer.to_string()), warning.message))
        .collect()
}

const DONE: &str = "responses: {'204': {description: Done.}}";
const ID: &str = "{name: id, in: path, required: true, schema: {type: string}}";

/// OpenAPI 3.2, Parameter Locations: `querystring` must not be there twice, nor beside `query`.
#[test]
fn a_query_string_stands_alone() {
    let head = HEAD.replace("3.1.0", "3.2.0");
    let content = "content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}";
    assert_eq!(
        warnings(&head, &format!("
            parameters: [{ID}, {{name: q, in: query, schema: {{type: string}}}}]
            get: {{parameters: [{{name: all, in: querystring, {content}}}], {DONE}}}
            put: {{parameters: [{{name: one, in: querystring, {content}}}, {{name: two, in: querystring, {content}}}, {{name: q, in: header, schema: {{type: string}}}}], {DONE}}}
        ")),
        [
            "/get/parameters/0: the parameter \"all\" in \"querystring\" is the entire query, so \"q\" in \"query\" isn't allowed; both are added to the query",
            "/put/parameters/0: the parameter \"one\" in \"querystring\" is the entire query, so \"q\" in \"query\" isn't allowed; both are added to the query",
            "/put/parameters/1: an operation can't have two parameters in \"querystring\": \"one\" and \"two\"; both are added to the query",
        ]
    );
    let alone = format!(
        "
        parameters: [{ID}]
        get: {{parameters: [{{name: all, in: querystring, {content}}}], {DONE}}}
        put: {{parameters: [{{name: q, in: query, schema: {{type: string}}}}], {DONE}}}
    "
    );
    assert_eq!(warnings(&head, &alone), [""; 0]);
}

/// OpenAPI 3.0.4, Path Item and Operation: the list must not have duplicates. RFC 9110, 5.1: the names of fields are
/// case-insensitive.
#[test]
fn a_list_has_each_parameter_once() {
    let query = |ty: &str| format!("{{name: q, in: query, schema: {{type: {ty}}}}}");
    let header = |name: &str| format!("{{name: {name}, in: header, schema: {{type: string}}}}");
    assert_eq!(
        warnings(
            HEAD,
            &format!(
                "
            parameters: [{ID}, {}, {}]
            get: {{parameters: [{}, {}, {}, {}], {DONE}}}
        ",
                query("string"),
                query("integer"),
                query("string"),
                header("X-A"),
                header("x-a"),
                header("q")
            )
        ),
        [
            "/parameters/2: duplicate parameter \"q\" in \"query\"; the last one is used",
            "/get/parameters/2: duplicate parameter \"x-a\" in \"header\"; the last one is used",
        ]
    );
}

/// RFC 9110, 5.1: the operation's header is the one of the path item, with another type.
#[test]
fn an_operation_replaces_a_header_of_the_path_item_in_any_case() {
    let header = |name: &str| format!("{{name: {name}, in: header, schema: {{type: string}}}}");
    let own = header("x-a");
    let shared = "{name: X-A, in: header, schema: {type: integer, minimum: 1}}";
    let item = format!("parameters: [{ID}, {shared}]\nget: {{parameters: [{own}], {DONE}}}");
    assert_eq!(warnings(HEAD, &item), [""; 0]);
}

/// OpenAPI 3.0.4, Parameter Object: `required` of a path parameter must be true.
#[test]
fn a_path_parameter_is_required() {
    for required in ["", "required: false, "] {
        assert_eq!(
            warnings(
                HEAD,
                &format!(
                    "get: {{parameters: [{{name: id, in: path, {required}schema: {{type: string}}}}], {DONE}}}"
                )
            ),
            ["/get/parameters/0: the path parameter \"id\" must have `required: true`; it is required here"]
        );
    }
}

/// OpenAPI 3.0.4, Operation Object: the request body of these methods is ignored; since 3.1, it is permitted. RFC 9110,
/// 9.3.8: a TRACE request has no content.
#[test]
fn a_method_without_content_has_no_request_body() {
    let head = HEAD.replace("3.1.0", "3.0.4");
    let body = "requestBody: {content: {application/json: {schema: {type: string}}}}";
    let methods = ["get", "head", "delete", "post", "trace"];
    let operations: Vec<_> = methods.iter().map(|method| format!("{method}: {{{body}, {DONE}}}")).collect();
    let item = format!("parameters: [{ID}]\n{}", operations.join("\n"));
    let ignored = |method: &str| {
        format!(
            "/{}/requestBody: OpenAPI 3.0 ignores the request body of {method}, which has no meaning in HTTP; it is sent",
            method.to_lowercase()
        )
    };
    let trace = "/trace/requestBody: a TRACE request can't have content; the request body is left out";
    let trace_in_strict_mode = codegen::generate(
        &codegen::Source::new("api.yaml", format!("{HEAD}paths:\n  /a: {{trace: {{{body}, {DONE}}}}}\n")),
        &[],
    );
    assert!(trace_in_strict_mode.is_err_and(|report| report.to_string().contains(&trace[20..])));
    let options = codegen::Options::new(codegen::Mode::Lenient);
    let text = format!("{HEAD}paths:\n  /a: {{trace: {{{body}, {DONE}}}}}\n");
    let output = codegen::generate_with(&codegen::Source::new("api.yaml", text), &[], &options).unwrap();
    assert_eq!(codegen::unaccounted(&output), []);
    let item = item.replace(&format!("\ntrace: {{{body}, {DONE}}}"), "");
    assert_eq!(warnings(&head, &item), [ignored("GET"), ignored("HEAD"), ignored("DELETE")]);
    assert_eq!(warnings(HEAD, &item), [""; 0]);
}

/// JSON Schema 2020-12, 6.1.1: the array has at least one type, each once.
#[test]
fn a_list_of_types_has_each_type_once() {
    let query = |ty: &str| {
        format!("parameters: [{ID}, {{name: q, in: query, schema: {{type: {ty}}}}}]\nget: {{{DONE}}}")
    };
    assert_eq!(
        warnings(HEAD, &query("[string, integer, string]")),
        ["/parameters/1/schema/type: `type` has \"string\" twice"]
    );
    let description = format!("{HEAD}paths:\n  /a/{{id}}:\n    {}\n", query("[]").replace('\n', "\n    "));
    let report =
        codegen::generate(&codegen::Source::new("api.yaml", description), &[]).unwrap_err().to_string();
    assert!(
        report.contains("`type` must have at least one type; values of any type are allowed"),
        "{report}"
    );
}
