//! Links, callbacks and webhooks: what is invalid is left out with a warning. Links are skipped with a reason.

use codegen::{Mode, Options, Output, Source};

use super::{HEAD, dedented};

fn lenient(rest: &str) -> Output {
    let options = Options::new(Mode::Lenient);
    let description = format!("{HEAD}{}", dedented(rest));
    codegen::generate_with(&Source::new("api.yaml", description), &[], &options).unwrap()
}

fn warnings(output: &Output) -> Vec<String> {
    output.warnings.iter().map(|warning| format!("{}: {}", warning.pointer, warning.message)).collect()
}

fn skipped(output: &Output) -> Vec<String> {
    output.skipped().iter().map(|part| format!("{}: {}", part.pointer, part.reason)).collect()
}

#[test]
fn an_invalid_link_is_a_warning_and_valid_ones_are_skipped() {
    let output = lenient("
        paths:
          /a:
            get:
              operationId: list
              responses:
                '200':
                  description: Fine.
                  links:
                    valid: {operationId: list, parameters: {id: $response.body#/id}}
                    shared: {$ref: '#/components/links/shared'}
                    lost: {$ref: '#/components/links/lost'}
                    misspelled: {operationId: lits}
                    number: 5
                    nothing: null
                    both: {operationId: list, operationRef: '#/paths/~1a/get'}
                    neither: {description: Nothing.}
                    parameters: {operationId: list, parameters: 5}
        components: {links: {shared: {operationId: list}, broken: [1], key: {operationId: list, operation: a}}}
    ");
    let links = "#/paths/~1a/get/responses/200/links";
    assert_eq!(
        warnings(&output),
        [
            format!("{links}/lost: unresolved reference \"#/components/links/lost\""),
            format!(
                "{links}/misspelled/operationId: the link names the operation \"lits\", which doesn't exist"
            ),
            format!("{links}/number: a Link Object must be an object, not a number"),
            format!("{links}/nothing: a Link Object must be an object, not null"),
            format!("{links}/both: a Link Object can't have both `operationRef` and `operationId`"),
            format!("{links}/neither: a Link Object has neither `operationRef` nor `operationId`"),
            format!("{links}/parameters/parameters: `parameters` must be an object, not a number"),
            "#/components/links/broken: a Link Object must be an object, not an array".to_owned(),
            "#/components/links/key/operation: unknown key `operation` in a Link Object; it is ignored"
                .to_owned(),
        ]
    );
    assert_eq!(
        skipped(&output),
        [format!("{links}: a client doesn't follow links; the operations that they name can be called"),]
    );
}

#[test]
fn links_to_operations_without_the_chosen_tags_are_valid() {
    let description = format!("{HEAD}{}", dedented("
        paths:
          /a: {get: {operationId: a, tags: [a], responses: {'200': {description: Fine., links: {b: {operationId: b}}}}}}
          /b: {get: {operationId: b, tags: [b], responses: {'200': {description: Fine.}}}}
    "));
    let tags = ["a".to_owned()];
    let mut options = Options::default();
    options.tags = &tags;
    let output = codegen::generate_with(&Source::new("api.yaml", description), &[], &options).unwrap();
    assert_eq!(warnings(&output), [""; 0]);
}

#[test]
fn an_invalid_callback_or_webhook_is_a_warning_and_valid_ones_have_functions() {
    let output = lenient(
        "
        paths:
          /a:
            post:
              operationId: add
              callbacks: {valid: {$ref: '#/components/callbacks/valid'}, number: 5, item: {'{$url}': 7}}
              responses: {'204': {description: Done.}}
          /b: {post: {operationId: b, callbacks: 7, responses: {'204': {description: Done., links: [1]}}}}
        components:
          callbacks:
            valid: {'{$request.body#/url}': {post: {responses: {'204': {description: Done.}}}}}
            broken: 5
            operation: {'{$url}': {post: 7}}
        webhooks:
          valid: {post: {responses: {'204': {description: Done.}}}}
          broken: 5
    ",
    );
    assert_eq!(
        warnings(&output),
        [
            "#/paths/~1a/post/callbacks/number: a Callback Object must be an object, not a number",
            "#/paths/~1a/post/callbacks/item/{$url}: a Path Item Object must be an object, not a number",
            "#/paths/~1b/post/callbacks: `callbacks` must be an object, not 7",
            "#/paths/~1b/post/responses/204/links: `links` must be an object, not an array",
            "#/components/callbacks/broken: a Callback Object must be an object, not a number",
            "#/components/callbacks/operation/{$url}/post: an Operation Object must be an object, not a number",
            "#/webhooks/broken: a Path Item Object must be an object, not a number",
        ]
    );
    assert_eq!(skipped(&output), [""; 0]);
    let functions = output.api.webhooks.requests.iter().map(|request| request.name.as_str());
    assert_eq!(functions.collect::<Vec<_>>(), ["read_valid", "read_add_valid"]);
}

#[test]
fn a_link_names_its_operation_by_either_key() {
    for key in ["operationId: a", "operationRef: '#/paths/~1a/get'"] {
        let output = lenient(&format!(
            "paths: {{/a: {{get: {{operationId: a, responses: {{'200': {{description: Fine., links: {{next: {{{key}}}}}}}}}}}}}}}\n"
        ));
        assert_eq!(warnings(&output), [""; 0], "{key}");
        assert_eq!(skipped(&output).len(), 1, "{key}");
    }
}
