//! Keys, operations and parameters that lenient mode reads although they are invalid.

use codegen::{Mode, Options, Source};

use super::lenient::{described, read};

#[test]
fn the_last_duplicate_key_wins() {
    insta::assert_snapshot!(read(
        "
        Pet:
          type: object
          properties:
            id: {type: integer}
            id: {type: string}
    "
    ), @r#"
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Pet {
        pub id: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open default,
        0 "id" => id,
    }

    warning: duplicate key "id"; the first one is at 10:9
      --> snippet.yaml:11:9 (#/components/schemas/Pet/properties/id)
      help: delete one of the two, or merge them
    "#);
}

#[test]
fn a_security_requirement_without_scopes_is_read_as_one() {
    insta::assert_snapshot!(described(
        &super::document("3.1.0", "{}", "{Pet: {type: string}}")
            .replace("paths:", "security: [oauth]\nx-pagination: {any: thing}\npaths:",)
    ), @r#"
    pub type Pet = String;

    warning: a Security Requirement Object must be an object, not a string
      --> snippet.yaml:3:12 (#/security/0)
      help: write it as an object
    "#);
}

#[test]
fn invalid_parameters_and_security_schemes_are_warnings() {
    let description = r"
        openapi: 3.0.3
        info: {title: Snippet, version: 1.0}
        paths:
          /a:
            get:
              parameters:
                - {name: a, in: formData, schema: {type: string}}
                - {in: query, schema: {type: string}}
                - {name: c, in: query, style: simple, schema: {type: string}}
                - {name: d, in: query}
              responses: {'204': {description: Done.}}
        components:
          securitySchemes:
            a: {type: basic}
            b: {type: apiKey, in: header}
            c: {type: oauth2, flows: {implicit: {scopes: []}}}
    ";
    insta::assert_snapshot!(described(description), @r#"

    warning: `version` must be a string, not 1.0
      --> snippet.yaml:3:32 (#/info/version)
      help: fix the value, for example with an overlay

    warning: invalid location "formData" of a parameter
      --> snippet.yaml:8:29 (#/paths/~1a/get/parameters/0/in)
      help: use one of path, query, header, cookie, querystring

    warning: a Parameter Object has no `name`
      --> snippet.yaml:9:19 (#/paths/~1a/get/parameters/1)
      help: add `name`

    warning: a parameter in "query" can't have the style "simple"
      --> snippet.yaml:10:40 (#/paths/~1a/get/parameters/2/style)
      help: use one of form, spaceDelimited, pipeDelimited, deepObject

    warning: the parameter has neither `schema` nor `content`
      --> snippet.yaml:11:19 (#/paths/~1a/get/parameters/3)
      help: add a `schema` for its value

    warning: unknown type "basic" of a security scheme
      --> snippet.yaml:15:17 (#/components/securitySchemes/a/type)
      help: use one of apiKey, http, oauth2, openIdConnect

    warning: a security scheme of the type "apiKey" has no `name`
      --> snippet.yaml:16:13 (#/components/securitySchemes/b)
      help: add `name`

    warning: an OAuth Flow Object has no `authorizationUrl`
      --> snippet.yaml:17:39 (#/components/securitySchemes/c/flows/implicit)
      help: add `authorizationUrl`

    warning: the scopes of an OAuth Flow Object must be an object, not an array
      --> snippet.yaml:17:50 (#/components/securitySchemes/c/flows/implicit/scopes)
      help: write it as an object
    "#);
}

#[test]
fn a_path_without_a_leading_slash_gets_one() {
    let description = "openapi: 3.1.0\ninfo: {title: Snippet, version: '1'}\npaths:\n  a/{id}: {get: {responses: {}}}\n  b: {get: {operationId: lost, responses: {}}}\n  /b: {get: {operationId: kept, responses: {}}}\n";
    let source = Source::new("snippet.yaml", description);
    let output = codegen::generate_with(&source, &[], &Options::new(Mode::Lenient)).unwrap();
    assert_eq!(codegen::unaccounted(&output), []);
    let paths: Vec<_> = output.api.operations().map(|(_, operation)| operation.path.clone()).collect();
    let warnings: Vec<_> = output.warnings.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(format!("{paths:?}\n\n{}", warnings.join("\n\n")), @r#"
    ["/a/{id}", "/b"]

    warning: the path "a/{id}" doesn't begin with a slash
      --> snippet.yaml:4:3 (#/paths/a~1{id})
      help: add a leading `/`

    warning: the path names `{id}`, but no path parameter declares it
      --> snippet.yaml:4:12 (#/paths/a~1{id}/get)
      help: add a parameter `id` with `in: path`

    warning: the path "b" is ignored: it has the meaning of "/b", which exists
      --> snippet.yaml:5:3 (#/paths/b)
      help: merge the two paths
    "#);
}

/// Returns the emitted operations, and where and what the warnings of lenient mode are. They must be errors in strict mode.
fn operations(head: &str, paths: &str) -> String {
    let description = super::document("3.2.0", paths, "{}").replace("paths:", &format!("{head}\npaths:"));
    let source = Source::new("snippet.yaml", description);
    assert!(codegen::generate(&source, &[]).is_err(), "the problems are errors in strict mode");
    let output = codegen::generate_with(&source, &[], &Options::new(Mode::Lenient)).unwrap();
    let code = super::emitted("endpoints/", &output, false);
    let functions = code
        .lines()
        .map(str::trim)
        .filter(|line| ["pub fn", ".secured"].iter().any(|start| line.starts_with(start)));
    let warnings = output.warnings.iter().map(|warning| warning.message.as_str());
    functions.chain(warnings).collect::<Vec<_>>().join("\n")
}

/// OpenAPI 3.2.0, "Path Item Object": `additionalOperations` has no methods that have keys of their own.
#[test]
fn an_additional_operation_has_another_method() {
    let paths = "
        /a:
          additionalOperations:
            GET: {operationId: get, responses: {'204': {description: ''}}}
            'a b': {operationId: ab, responses: {'204': {description: ''}}}
            '': {operationId: none, responses: {'204': {description: ''}}}
            COPY: {operationId: copy, responses: {'204': {description: ''}}}
    ";
    insta::assert_snapshot!(operations("", paths), @r#"
    pub fn copy() -> Request<()> {
    `additionalOperations` can't have the method GET
    "a b" is not an HTTP method
    "" is not an HTTP method
    "#);
}

/// Without requirements, an operation would need no credentials.
#[test]
fn a_requirement_that_cannot_be_read_does_not_make_an_operation_public() {
    let paths = "
        /a: {get: {operationId: a, security: [7], responses: {'204': {description: ''}}}}
        /b: {get: {operationId: b, security: [], responses: {'204': {description: ''}}}}
    ";
    insta::assert_snapshot!(operations("security: [{key: []}]", paths), @r#"
    pub fn a() -> Request<()> {
    pub fn b() -> Request<()> {
    .secured_by(&[]);
    unknown security scheme "key"
    a Security Requirement Object must be an object, not a number
    "#);
}

#[test]
fn an_invalid_status_code_leaves_the_content_of_the_only_success_unknown() {
    let paths = "
        /a: {get: {operationId: a, responses: {'2000': {description: ''}, '404': {description: ''}}}}
        /b: {get: {operationId: b, responses: {'2000': {description: ''}, '200': {description: '', content: {application/json: {schema: {type: string}}}}}}}
        /c: {get: {operationId: c, responses: {'2000': {description: ''}, '302': {description: ''}}}}
        /d: {get: {operationId: d, responses: {'2000': {description: ''}, default: {description: '', content: {application/json: {schema: {type: string}}}}}}}
        /e: {get: 5}
        /f: {post: {operationId: f, requestBody: 5, responses: {'204': {description: ''}}}}
    ";
    insta::assert_snapshot!(operations("", paths), @r#"
    pub fn a() -> Request<Option<Value>> {
    pub fn b() -> Request<String> {
    pub fn c() -> Request<Redirect> {
    pub fn d() -> Request<String> {
    pub fn get_e() -> Request<Option<Value>> {
    pub fn f(body: Option<&Value>) -> Request<()> {
    invalid status code "2000"
    invalid status code "2000"
    invalid status code "2000"
    invalid status code "2000"
    an Operation Object must be an object, not a number
    a Request Body Object must be an object, not a number; any JSON content is assumed
    "#);
}

#[test]
fn content_of_a_parameter_is_one_media_type_and_stands_alone() {
    let paths = "
        /a: {get: {operationId: a, parameters: [{name: q, in: query, required: true, content: {application/json: {}, text/plain: {}}}, {name: r, in: query, required: true, schema: {type: string}, content: {application/json: {}}}], responses: {'204': {description: ''}}}}
    ";
    insta::assert_snapshot!(operations("", paths), @"
    pub fn a(q: impl Into<Value>, r: &str) -> Request<()> {
    the `content` of a parameter must have one media type, not 2
    a parameter can't have both `schema` and `content`
    ");
}
