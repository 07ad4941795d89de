//! What a client checks before it sends a request: `validate`.

use codegen::{Customizations, Mode, Options, Source};

use super::{Usage, assert_has, described, document, emitted};

const SCHEMAS: &str = "
    Pet: {type: object, minProperties: 2, properties: {name: {$ref: '#/components/schemas/Name'}, ages: {type: array, maxItems: 3, items: {type: integer, exclusiveMinimum: 0}},
      kind: {type: string, enum: [a, b]}, either: {oneOf: [{type: string, maxLength: 2}, {type: integer}]}}, additionalProperties: {type: string, pattern: '\"x\"'}}
    Name: {type: string, maxLength: 5}
";

fn with(customizations: &Customizations, description: &str, folder: &str) -> String {
    let options = Options::new(Mode::Strict).with_customizations(customizations);
    let output = codegen::generate_with(&Source::new("snippet.yaml", description), &[], &options);
    emitted(folder, &output.unwrap_or_else(|report| panic!("{report}")), false)
}

#[test]
fn requests_have_the_constraints_of_their_fields() {
    let description = described("3.1.0", Usage::Both, SCHEMAS);
    let models = with(&Customizations::new().validate(), &description, "models/");
    assert_has(
        &models,
        &[
            "* 5 => additional,",
            r#"limit 0 "[{\"maxLength\":5}]","#,
            r#"limit 1 "[{\"maxItems\":3},{\"exclusiveMinimum\":0,\"in\":[\"items\"]}]","#,
            r#"limit 65535 "[{\"minProperties\":2},{\"pattern\":\"\\\"x\\\"\",\"in\":[\"properties\"]}]","#,
        ],
    );
    assert!(!models.contains("limit 2") && !models.contains("limit 3"), "{models}");
}

#[test]
fn nothing_is_checked_by_default_and_in_responses() {
    let both = described("3.1.0", Usage::Both, SCHEMAS);
    let received = described("3.1.0", Usage::Response, SCHEMAS);
    assert!(!with(&Customizations::new(), &both, "models/").contains("limit"));
    assert!(!with(&Customizations::new().validate(), &received, "models/").contains("limit"));
}

#[test]
fn parameters_and_bodies_have_their_constraints() {
    let paths = "
        /a/{id}:
          post:
            tags: [a]
            operationId: add
            parameters: [{name: id, in: path, required: true, schema: {type: string, minLength: 2}}, {name: size, in: query, schema: {type: integer, maximum: 9007199254740993}}]
            requestBody: {required: true, content: {application/json: {schema: {type: array, minItems: 1, items: {type: string}}}}}
            responses: {'204': {description: Done.}}
    ";
    let endpoints = with(&Customizations::new().validate(), &document("3.1.0", paths, "{}"), "endpoints/");
    let endpoints: String = endpoints.split_whitespace().collect();
    for part in [
        r#".limited("[{\"minLength\":2}]").path("id",&id)"#,
        r#".limited("[{\"minItems\":1}]").json(&body)"#,
        r#".limited("[{\"maximum\":9007199254740993}]").query("size",&size)"#,
    ] {
        assert!(endpoints.contains(part), "{part}\n\n{endpoints}");
    }
}
