//! Objects without a key that they need: those that mean nothing without it are left out, the others stay.

use codegen::{Mode, Options, Output, Source};

use super::{HEAD, dedented};

fn lenient(rest: &str) -> Output {
    let description = format!("{HEAD}{}", dedented(rest));
    let options = Options::new(Mode::Lenient);
    let output = codegen::generate_with(&Source::new("api.yaml", description.as_str()), &[], &options);
    output.unwrap_or_else(|report| panic!("{report}\n\n{description}"))
}

fn messages(output: &Output) -> Vec<&str> {
    output.warnings.iter().map(|warning| warning.message.as_str()).collect()
}

/// Returns all emitted code.
fn code(output: &Output) -> String {
    output.files.iter().map(|file| file.text.as_str()).collect()
}

#[test]
fn a_parameter_without_a_name_or_location_is_left_out() {
    let output = lenient(
        "
        paths:
          /a:
            get:
              operationId: a
              parameters: [{in: query, schema: {}}, {name: lost, schema: {}}, {name: kept, in: query, schema: {type: string}}]
              responses: {'204': {description: Done.}}
    ",
    );
    let (_, operation) = output.api.operations().next().unwrap();
    let names: Vec<_> = operation.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
    assert_eq!(names, ["kept"]);
    assert_eq!(messages(&output), ["a Parameter Object has no `name`", "a Parameter Object has no `in`"]);
}

/// OpenAPI 3.0.4, 4.7.10.1 and 4.7.17.1: `responses` and `description` are required.
#[test]
fn an_operation_without_responses_and_a_response_without_a_description_are_kept() {
    let output = lenient(
        "
        paths:
          /a: {get: {operationId: a}, put: {operationId: b, responses: {'204': {}}}}
    ",
    );
    assert_eq!(output.api.operations().count(), 2);
}

#[test]
fn the_summary_of_a_response_replaces_its_description() {
    let output = lenient(
        "
        paths:
          /a: {get: {operationId: a, responses: {'200': {summary: All of them., content: {application/json: {schema: {type: string}}}}, '404': {summary: None left.}}}}
    ",
    );
    let code = code(&output);
    assert!(code.contains("None left."), "{code}");
}

#[test]
fn a_callback_may_have_extensions() {
    let output = lenient(
        "
        paths:
          /a:
            post:
              operationId: a
              callbacks: {done: {x-note: 1, '{$request.body#/url}': {post: {responses: {'204': {description: Done.}}}}}}
              responses: {'204': {description: Done.}}
    ",
    );
    assert_eq!(messages(&output), [""; 0]);
    assert_eq!(output.api.operations().count(), 1);
}

/// OpenAPI 3.0.4, 4.7.30: the names in a Security Requirement Object are those of security schemes, also with `x-`.
#[test]
fn a_security_scheme_may_be_named_like_an_extension() {
    let output = lenient(
        "
        security: [{x-key: null}]
        paths: {/a: {get: {operationId: a, responses: {'204': {description: Done.}}}}}
        components: {securitySchemes: {x-key: {type: apiKey, in: header, name: X-Key}}}
    ",
    );
    assert_eq!(messages(&output), ["`x-key` must be an array of strings, not null"]);
    assert_eq!(output.api.operations().count(), 1);
}

/// OpenAPI 3.0.4, 4.7.27.1: an API key is sent in the query, a header or a cookie.
#[test]
fn an_api_key_elsewhere_is_left_out() {
    let output = lenient(
        "
        security: [{key: []}]
        paths: {/a: {get: {operationId: a, responses: {'204': {description: Done.}}}}}
        components: {securitySchemes: {key: {type: apiKey, in: body, name: key}}}
    ",
    );
    assert_eq!(messages(&output)[0], "invalid location \"body\" of an API key");
    assert_eq!(output.warnings[0].help, "use one of query, header, cookie");
    assert_eq!(output.api.operations().count(), 1);
}

/// OpenAPI 3.0.4, 4.7.29: the scopes of a flow may have extensions.
#[test]
fn scopes_may_have_extensions() {
    let output = lenient(
        "
        security: [{oauth: [read]}]
        paths: {/a: {get: {operationId: a, responses: {'204': {description: Done.}}}}}
        components:
          securitySchemes:
            oauth: {type: oauth2, flows: {implicit: {authorizationUrl: 'https://a.test', scopes: {read: To read., x-note: {a: 1}, x-write: To write.}}}}
    ",
    );
    assert_eq!(messages(&output), [""; 0]);
    let code = code(&output);
    assert!(code.contains("To read.") && code.contains("To write.") && !code.contains("x-note"), "{code}");
}

#[test]
fn an_extension_with_a_problem_is_left_out() {
    let path = |limit: &str| {
        lenient(&format!(
            "paths: {{/a: {{get: {{operationId: a, x-rate-limit: {limit}, responses: {{'204': {{description: Done.}}}}}}}}}}"
        ))
    };
    assert!(code(&path("{bucket: exports, requests: 10, seconds: 60}")).contains("\"exports\""));
    for limit in [
        "{bucket: exports, requests: ten, seconds: 60}",
        "{bucket: exports, requests: 10}",
        "{bucket: exports, requests: 10, seconds: 60, window: 1}",
    ] {
        let output = path(limit);
        assert_eq!(output.warnings.len(), 1, "{limit}: {:?}", output.warnings);
        assert!(!code(&output).contains("\"exports\""), "{limit}");
    }
}

#[test]
fn a_server_that_is_a_string_has_that_url() {
    let output = lenient(
        "
        servers: ['https://a.test/v1']
        paths: {/a: {get: {operationId: a, responses: {'204': {description: Done.}}}}}
    ",
    );
    assert_eq!(messages(&output), ["a Server Object must be an object, not a string"]);
    assert!(code(&output).contains("\"https://a.test/v1\""));
}

/// OpenAPI 3.2.0, 4.6: a server may have a name.
#[test]
fn the_constant_of_a_server_has_its_name() {
    let description = "openapi: 3.2.0\ninfo: {title: T, version: '1'}\nservers: [{url: 'https://a.test', name: staging, description: For tests}]\npaths: {/a: {get: {responses: {'204': {description: Done.}}}}}\n";
    let output = codegen::generate(&Source::new("api.yaml", description), &[]).unwrap();
    assert_eq!(messages(&output), [""; 0]);
    assert!(code(&output).contains("pub const STAGING: Server"), "{}", code(&output));
}

#[test]
fn a_limit_in_quotes_is_the_number() {
    let output = lenient("
        paths: {}
        components: {schemas: {Name: {type: string, maxLength: '3'}, Code: {type: string, maxLength: 4.0}, Size: {type: string, maxLength: 4.50}}}
    ");
    assert_eq!(
        messages(&output),
        [
            "`maxLength` must be a non-negative integer, not a string",
            "`maxLength` must be a non-negative integer, not 4.5",
        ]
    );
    let code = code(&output);
    for docs in ["At most 3 characters.", "At most 4 characters."] {
        assert!(code.contains(docs), "{docs}: {code}");
    }
}

#[test]
fn a_value_of_another_type_says_how_to_write_it() {
    let output = lenient(
        "
        paths: {}
        components: {schemas: {Text: {type: string, enum: ['a', 1]}, Count: {type: integer, enum: [1, '2']}}}
    ",
    );
    let helps: Vec<_> = output.warnings.iter().map(|warning| warning.help.as_str()).collect();
    assert_eq!(helps, ["put it in quotes", "remove the quotes, or fix the type"]);
}
