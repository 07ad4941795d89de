//! Contents that can't be read are open: no value that arrives is dropped, and any can be sent.

use codegen::{Mode, Options, Output, Source};

use super::{assert_has, emitted};

fn lenient(path: &str) -> Output {
    let description = format!(
        "openapi: 3.1.1\ninfo: {{title: T, version: '1'}}\npaths:\n  {path}\ncomponents: {{responses: {{N: null, A: {{$ref: '#/components/responses/B'}}, B: {{$ref: '#/components/responses/A'}}}}}}\n"
    );
    let options = Options::new(Mode::Lenient);
    codegen::generate_with(&Source::new("api.yaml", description), &[], &options).unwrap()
}

/// Returns the number of warnings about the path.
fn warnings(output: &Output) -> usize {
    let warnings = output.warnings.iter().map(|warning| warning.pointer.to_string());
    warnings.filter(|pointer| pointer.starts_with("#/paths")).count()
}

/// OpenAPI 3.1.1, 4.8.17: a Response Object without `content` has none. What can't be read is no such object.
#[test]
fn a_success_that_cannot_be_read_may_have_any_content() {
    let unreadable = [
        "{$ref: '#/components/responses/Nope'}",
        "{$ref: '#/components/responses/N'}",
        "{$ref: '#/components/responses/A'}",
        "{$ref: './none.yaml#/x'}",
        "{$ref: '#/components/schemas/Nope'}",
        "null",
        "text",
        "[]",
        "{description: '', content: []}",
        "{description: '', content: null}",
        "{description: '', content: application/json}",
    ];
    for response in unreadable {
        for status in ["'200'", "default", "2XX"] {
            let path = format!("/a: {{get: {{operationId: a, responses: {{{status}: {response}}}}}}}");
            let output = lenient(&path);
            assert!(!output.warnings.is_empty(), "{path}");
            let code = emitted("endpoints/", &output, false);
            assert!(code.contains("pub fn a() -> Request<Option<Value>>"), "{path}\n{code}");
        }
    }
    for responses in ["null", "[]", "text", "{OK: {description: ''}}", "{OK: null, '404': {description: ''}}"]
    {
        let output = lenient(&format!("/a: {{get: {{operationId: a, responses: {responses}}}}}"));
        let code = emitted("endpoints/", &output, false);
        assert!(code.contains("pub fn a() -> Request<Option<Value>>"), "{responses}\n{code}");
    }
}

#[test]
fn a_success_without_content_stays_empty() {
    for responses in
        ["{'200': {description: ''}}", "{'200': {description: '', content: {}}}", "{'204': null}"]
    {
        let output = lenient(&format!("/a: {{get: {{operationId: a, responses: {responses}}}}}"));
        let code = emitted("endpoints/", &output, false);
        assert!(code.contains("pub fn a() -> Request<()>"), "{responses}\n{code}");
    }
}

#[test]
fn a_success_that_cannot_be_read_is_a_variant_beside_others() {
    let output = lenient(
        "/a: {get: {operationId: a, responses: {'200': {description: '', content: {application/json: {schema: {type: string}}}}, '201': null}}}",
    );
    assert_has(
        &emitted("", &output, true),
        &["String(String): json \"200\";", "Any(Option<Value>): json \"201\";"],
    );
    assert_has(
        &emitted("endpoints/", &output, true),
        &["- `201`: Its content is unknown: the description of it can't be read."],
    );
}

/// OpenAPI 3.1.1, 4.8.13: a Request Body Object has `content`, with at least one media type.
#[test]
fn a_request_body_that_cannot_be_read_may_be_any_json() {
    let unreadable = [
        ("null", "Option<&Value>"),
        ("[]", "Option<&Value>"),
        ("{description: Text.}", "Option<&Value>"),
        ("{$ref: '#/components/requestBodies/Nope'}", "Option<&Value>"),
        ("{content: []}", "Option<&Value>"),
        ("{content: {}}", "Option<&Value>"),
        ("{content: null, required: true}", "&Value"),
    ];
    for (body, ty) in unreadable {
        let path = format!(
            "/a: {{post: {{operationId: a, requestBody: {body}, responses: {{'204': {{description: ''}}}}}}}}"
        );
        let output = lenient(&path);
        assert_eq!(warnings(&output), 1, "{path}");
        let code = emitted("endpoints/", &output, false);
        assert!(code.contains(&format!("pub fn a(body: {ty}) -> Request<()>")), "{path}\n{code}");
        assert!(code.contains("Request::new(&A).json("), "{path}\n{code}");
    }
}

#[test]
fn a_header_of_a_part_that_is_not_found_may_be_any_value() {
    let output = lenient(
        "/a: {post: {operationId: a, requestBody: {required: true, content: {multipart/form-data: {schema: {type: object, properties: {f: {type: string}}}, encoding: {f: {headers: {X-A: {$ref: '#/components/headers/Nope'}}}}}}}, responses: {'204': {description: ''}}}}",
    );
    assert_eq!(warnings(&output), 1);
    assert_has(
        &emitted("endpoints/", &output, false),
        &["pub fn f_x_a(self, f_x_a: impl Into<Value>) -> Self"],
    );
}

/// Swagger 2.0, Response Object: a response without `schema` has no content. What can't be read is no such object.
#[test]
fn a_success_of_swagger_that_cannot_be_read_may_have_any_content() {
    for responses in ["{'200': null}", "{default: []}", "[]", "null", "{'200': {$ref: '#/responses/Nope'}}"] {
        let description = format!(
            "swagger: '2.0'\ninfo: {{title: T, version: '1'}}\npaths:\n  /a: {{get: {{operationId: a, responses: {responses}}}}}\n"
        );
        let options = Options::new(Mode::Lenient);
        let output = codegen::generate_with(&Source::new("api.yaml", description), &[], &options).unwrap();
        let code = emitted("endpoints/", &output, false);
        assert!(code.contains("pub fn a() -> Request<Option<Value>>"), "{responses}\n{code}");
    }
}

/// The type of the schema of a text is not used, which is reported unless it says no more than that it is a text.
#[test]
fn a_schema_of_a_text_is_skipped_unless_it_is_a_string() {
    let skipped = |schema: &str| {
        let description = format!(
            "openapi: 3.1.1\ninfo: {{title: T, version: '1'}}\npaths: {{/a: {{get: {{responses: {{'200': {{description: Fine., content: {{text/plain: {{schema: {schema}}}}}}}}}}}}}}}\n"
        );
        let output = codegen::generate(&Source::new("api.yaml", description), &[]).unwrap();
        output.skipped().len()
    };
    for schema in ["{type: object}", "{properties: {a: {type: string}}}", "{allOf: [{type: object}]}"] {
        assert_eq!(skipped(schema), 1, "{schema}");
    }
    for schema in ["{}", "{type: string}", "{description: The text.}"] {
        assert_eq!(skipped(schema), 0, "{schema}");
    }
}
