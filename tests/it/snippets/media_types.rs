//! Content in several media types: which of them the function sends or reads, and what is left out.

use codegen::Output;

use super::{assert_has, document, emitted, generate};

const A: &str = "{schema: {type: object, properties: {a: {type: string}}}}";
const B: &str = "{schema: {type: object, properties: {b: {type: string}}}}";

/// Generates the operation `a` with a request body or response of this content.
fn with_content(body: &str, status: &str, response: &str) -> Output {
    let paths = format!(
        "/a: {{post: {{operationId: a, requestBody: {{required: true, content: {body}}}, responses: {{'{status}': {{description: '', content: {response}}}}}}}}}"
    );
    generate(&document("3.2.0", &paths, "{}"))
}

fn response(content: &str) -> Output {
    with_content("{text/plain: {}}", "200", content)
}

/// The ends of the pointers of what is skipped.
fn skipped(output: &Output) -> Vec<String> {
    let at = output.api.skipped.iter().map(|part| part.pointer.to_string());
    at.filter_map(|at| Some(at.split_once("/content/")?.1.to_owned())).collect()
}

fn functions(output: &Output) -> Vec<&str> {
    output.api.operations().map(|(_, operation)| operation.name.as_str()).collect()
}

#[test]
fn json_of_any_kind_is_sent_once() {
    let sent = |content: &str| with_content(content, "204", "{}");
    // A media type with a meaning of its own comes before those of any JSON, which add nothing.
    let own = sent(&format!("{{text/json: {A}, application/vnd.book+json: {B}}}"));
    assert_eq!(functions(&own), ["a"]);
    assert_eq!(skipped(&own), ["text~1json"]);
    let same = sent(&format!("{{application/json: {A}, '*/*': {A}, application/json; charset=utf-8: {A}}}"));
    assert_eq!(functions(&same), ["a"]);
    assert!(skipped(&same).is_empty());
    let other = sent(&format!("{{application/json: {A}, '*/*': {B}}}"));
    assert_eq!(skipped(&other), ["*~1*"]);
}

#[test]
fn the_docs_state_what_a_body_has_to_meet() {
    let output = with_content(
        "{application/json: {schema: {type: array, minItems: 2, items: {type: string}}}}",
        "204",
        "{}",
    );
    assert_has(&emitted("endpoints/", &output, true), &["/// - `body`: At least 2 items."]);
}

#[test]
fn json_comes_before_text_and_may_be_null() {
    let json =
        response(&format!("{{text/csv: {{schema: {{type: string}}}}, application/vnd.book+json: {A}}}"));
    assert_has(&emitted("endpoints/", &json, false), &["Request<models::AResponse>"]);
    let null = response("{application/json: {schema: {type: [string, 'null']}}}");
    assert_has(&emitted("endpoints/", &null, false), &["Request<Option<String>>"]);
}

/// Events and lines of JSON beside JSON have a function of their own.
#[test]
fn sequences_beside_json_are_streams() {
    let lines = "{schema: {type: array, items: {type: object, properties: {b: {type: string}}}}}";
    for (media_type, content) in [("text/event-stream", B), ("application/jsonl", lines)] {
        let output = response(&format!("{{application/json: {A}, {media_type}: {content}}}"));
        assert!(skipped(&output).is_empty(), "{media_type}");
        assert_eq!(functions(&output), ["a", "a_stream"], "{media_type}");
        assert!(
            super::naming::types(&output).iter().any(|name| name.starts_with("AResponseEvent")),
            "{media_type}"
        );
    }
}

/// OpenAPI 3.2.0, Media Type Object: `itemSchema` describes one item of a sequence.
#[test]
fn an_item_schema_is_the_type_of_an_item() {
    let output = response(
        "{application/jsonl: {itemSchema: {type: [object, 'null'], properties: {a: {type: string}}}}}",
    );
    assert_has(&emitted("endpoints/", &output, false), &["Request<Vec<Option<models::AResponse>>>"]);
}

#[test]
fn an_error_in_other_media_types_is_skipped_unless_its_schema_is_the_same() {
    let content =
        format!("{{application/json: {A}, application/problem+json: {B}, application/vnd.a+json: {A}}}");
    assert_eq!(skipped(&with_content("{text/plain: {}}", "400", &content)), ["application~1problem+json"]);
}

#[test]
fn a_status_code_without_content_is_a_variant_with_its_registered_name() {
    let statuses = [("202", "Accepted"), ("205", "ResetContent"), ("207", "MultiStatus"), ("226", "ImUsed")];
    let empty: String =
        statuses.iter().map(|(status, _)| format!(", '{status}': {{description: ''}}")).collect();
    let typed = |content: &str| format!("{{description: '', content: {{application/json: {content}}}}}");
    let paths = format!(
        "/a: {{get: {{operationId: a, responses: {{'200': {}, '201': {}{empty}}}}}}}",
        typed(A),
        typed(B)
    );
    let models = emitted("models/", &generate(&document("3.1.0", &paths, "{}")), false);
    for (status, name) in statuses {
        assert_has(&models, &[&format!("{name}: empty \"{status}\"")]);
    }
}

#[test]
fn a_redirect_that_is_the_only_response_is_the_value() {
    let paths = "/a: {get: {operationId: a, responses: {'302': {description: ''}}}}";
    let output = generate(&document("3.1.0", paths, "{}"));
    assert_has(&emitted("endpoints/", &output, false), &["Request<Redirect>", "Request::redirect(&A)"]);
}
