//! Annotations and limits of all schemas that apply to a value.

use super::{Usage, assert_has, described, emitted, exchanged, generate, received};

/// Returns the models of component schemas in responses, with docs.
fn documented(schemas: &str) -> String {
    emitted("models/", &generate(&described("3.1.0", Usage::Response, schemas)), true)
}

#[test]
fn a_property_has_the_annotations_and_limits_of_all_declarations() {
    let code = documented(
        "
        Both:
          type: object
          required: [x, y, z]
          allOf:
            - properties:
                w: {description: First., readOnly: true, deprecated: true}
                x: {type: string, minLength: 2, description: One.}
                y: {type: object, description: Docs of the first., properties: {a: {type: string}}}
                z: {type: string, maxLength: 7}
            - properties:
                w: {type: string, minLength: 2}
                x: {type: string, minLength: 2, description: Two.}
                y: {type: object, properties: {b: {type: string}}}
                z: {maxLength: 3}
        Limited: {type: object, properties: {id: {allOf: [{$ref: '#/components/schemas/Id'}, {type: string, maxLength: 4}]}}}
        Id: {type: string}
    ",
    );
    assert_has(
        &code,
        &[
            "/// First. /// /// At least 2 characters. /// /// Read-only: not part of requests. /// /// Deprecated. pub w: Option<String>,",
            "/// Two. /// /// At least 2 characters. pub x: String,",
            "/// Docs of the first. pub y: BothY,",
            "/// Docs of the first. /// /// Source: `#/components/schemas/Both/allOf/1/properties/y`",
            "/// At most 7 characters. At most 3 characters. pub z: String,",
            "/// At most 4 characters. pub id: Option<Id>,",
        ],
    );
}

#[test]
fn a_limit_that_only_some_branches_have_is_documented_as_such() {
    let code = documented(
        "
        Item:
          type: object
          allOf:
            - oneOf:
                - properties: {p: {type: string, maxLength: 3}, q: {type: string, maxLength: 3}}
                - properties: {p: {type: string, minLength: 5}, q: {type: string, maxLength: 3}}
            - oneOf: [{properties: {r: {type: string}}}, {properties: {s: {type: string}}}]
        Format: {type: string, oneOf: [{type: string, format: uuid}, {type: string, format: ipv4}]}
        Limit: {type: string, oneOf: [{type: string, format: uuid}, {maxLength: 3}]}
    ",
    );
    assert_has(
        &code,
        &[
            "/// The property `p`. /// /// In one case: At least 5 characters. In one case: At most 3 characters. pub p:",
            "/// The property `q`. /// /// At most 3 characters. pub q:",
            "/// Format: `uuid`. Or: Format: `ipv4`. String(String),",
        ],
    );
}

/// An equal declaration in several branches is one declaration, with its docs and the names of its values.
#[test]
fn equal_declarations_of_branches_keep_their_docs() {
    let code = documented(
        "
        Item:
          type: object
          allOf:
            - oneOf:
                - {required: [k], properties: {k: {enum: [x, y], description: What it is.}, a: {type: string}}}
                - {required: [k], properties: {k: {enum: [x, y], description: What it is.}, b: {type: string}}}
            - oneOf: [{properties: {r: {type: string}}}, {properties: {s: {type: string}}}]
    ",
    );
    assert_has(&code, &["/// What it is. pub k: ItemK,"]);
}

#[test]
fn each_variant_has_the_limits_of_its_branch() {
    let code = documented(
        "
        Tagged:
          type: object
          minProperties: 2
          required: [kind]
          oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
          discriminator: {propertyName: kind}
        Cat: {type: object, required: [kind], properties: {kind: {type: string}, c: {type: string}}}
        Dog: {type: object, required: [kind], properties: {kind: {type: string}, d: {type: string}}}
    ",
    );
    assert_has(&code, &["/// `kind`: `Cat` /// /// At least 2 properties. Cat(Cat),"]);
}

#[test]
fn a_variant_does_not_state_the_limits_of_another_one() {
    let code = documented("When: {type: string, oneOf: [{format: date-time}, {format: uuid}]}");
    assert_has(&code, &["Time(Timestamp), /// `String` /// /// Format: `uuid`. String(String),"]);
}

#[test]
fn a_component_passes_its_annotations_through_references() {
    let code = exchanged(
        "
        Number: {type: integer, x-read-as: integer}
        Wrapped: {allOf: [{$ref: '#/components/schemas/Number'}]}
        Fixed: {type: string, readOnly: true}
        Any: {anyOf: [{$ref: '#/components/schemas/Fixed'}]}
        Holder:
          type: object
          required: [fixed, any, secret, sealed]
          properties:
            number: {$ref: '#/components/schemas/Number'}
            wrapped: {$ref: '#/components/schemas/Wrapped'}
            plain: {type: integer}
            fixed: {$ref: '#/components/schemas/Fixed'}
            any: {$ref: '#/components/schemas/Any'}
            secret: {type: string, writeOnly: true, x-rust-name: password}
            sealed: {allOf: [{$ref: '#/components/schemas/Fixed'}], writeOnly: true, x-rust-name: seal}
        Child:
          allOf:
            - {$ref: '#/components/schemas/Holder'}
            - properties:
                number: {maximum: 3}
                plain: {type: integer, x-read-as: integer}
                secret: {maxLength: 3}
    ",
    );
    assert_has(
        &code,
        &[
            "Holder: open default, 0 \"number\" => number: LENIENT, 1 \"wrapped\" => wrapped: LENIENT, 2 \"plain\" => plain, \
             3 \"fixed\" => fixed, 4 \"any\" => any, 5 \"secret\" => password, 6 \"sealed\" => seal, }",
            "Child: open default, 0 \"number\" => number: LENIENT, 1 \"wrapped\" => wrapped: LENIENT, 2 \"plain\" => plain: LENIENT,",
            "5 \"secret\" => password,",
        ],
    );
}

#[test]
fn a_property_that_is_declared_again_stays_lenient() {
    let code = received(
        "
        Base: {type: object, properties: {a: {type: integer, x-read-as: integer}}}
        Child: {allOf: [{$ref: '#/components/schemas/Base'}, {properties: {a: {type: integer}}}]}
    ",
    );
    assert_has(&code, &["Child: open default, 0 \"a\" => a: LENIENT,"]);
}

/// Schemas of several members that contain each other are merged at each level, which is limited.
#[test]
fn only_merged_members_have_a_limit_of_depth() {
    let nested = |leaf: &str| {
        (0..30).fold(format!("{{type: object, properties: {{{leaf}: {{type: string}}}}}}"), |inner, _| {
            format!("{{type: object, properties: {{n: {inner}}}}}")
        })
    };
    let plain = received(&format!("Plain: {}", nested("z")));
    assert_has(&plain, &["pub z: Option<String>"]);
    let merged =
        described("3.1.0", Usage::Response, &format!("Both: {{allOf: [{}, {}]}}", nested("a"), nested("b")));
    let report = codegen::generate(&codegen::Source::new("api.yaml", merged), &[])
        .err()
        .map(|report| report.to_string());
    let message = "the members of this schema contain each other too deep";
    assert_eq!(report.unwrap_or_default().matches(message).count(), 1);
}
