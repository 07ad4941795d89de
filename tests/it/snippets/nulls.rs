//! Schemas whose only value is null.

use super::{Usage, assert_has, described, generate, models, received, received_in_3_0, sent};

#[test]
fn null_has_a_type_wherever_a_schema_allows_nothing_else() {
    let code = received(
        "
        Nothing: {type: 'null', description: Never anything else.}
        Note:
          type: object
          required: [always, listed]
          properties:
            always: {type: 'null'}
            listed: {enum: [null]}
            constant: {const: null}
            array: {type: ['null']}
            named: {$ref: '#/components/schemas/Nothing'}
            either: {oneOf: [{const: null}, {enum: [null]}]}
            both: {allOf: [{const: null}, {type: ['null', string]}]}
            common: {allOf: [{enum: [null, a]}, {const: null}]}
            items: {type: array, items: {const: null}}
            map: {type: object, additionalProperties: {type: 'null'}}
            tuple: {type: array, prefixItems: [{const: null}, {type: string}], minItems: 2}
    ",
    );
    assert_has(
        &code,
        &[
            "pub type Nothing = Null;",
            "pub always: Null, pub listed: Null, pub constant: Option<Null>, pub array: Option<Null>,",
            "pub named: Option<Nothing>, pub either: Option<Null>, pub both: Option<Null>, pub common: Option<Null>,",
            "pub items: Option<Vec<Null>>, pub map: Option<BTreeMap<String, Null>>,",
            "pub tuple: Option<Tuple<(Null, String)>>,",
            r#"0 "always" => always: REQUIRED, 1 "listed" => listed: REQUIRED, 2 "constant" => constant,"#,
        ],
    );
}

#[test]
fn a_nullable_enum_of_null_in_3_0_is_null() {
    let code = received_in_3_0(
        "
        Note:
          type: object
          properties:
            text: {type: string, nullable: true, enum: [null]}
            other: {type: string, nullable: true, enum: [a, null]}
    ",
    );
    assert_has(&code, &["pub text: Option<Null>, pub other: Option<NoteOther>,"]);
}

#[test]
fn a_branch_that_is_null_makes_the_union_nullable() {
    let code = sent(
        "
        Nothing: {const: null}
        Null: {type: 'null'}
        Array: {type: ['null']}
        Note:
          type: object
          properties:
            typed: {oneOf: [{$ref: '#/components/schemas/Null'}, {type: string}]}
            array: {anyOf: [{type: string}, {$ref: '#/components/schemas/Array'}]}
            text: {oneOf: [{const: null}, {type: string}]}
            listed: {anyOf: [{type: string}, {enum: [null]}]}
            named: {oneOf: [{$ref: '#/components/schemas/Nothing'}, {type: string}]}
            union: {oneOf: [{type: string}, {type: integer}, {const: null}]}
    ",
    );
    assert_has(
        &code,
        &[
            "pub typed: Maybe<String>, pub array: Maybe<String>, pub text: Maybe<String>, pub listed: Maybe<String>, pub named: Maybe<String>, pub union: Maybe<NoteUnion>,",
            "NoteUnion, String(String) from String | &str, Integer(i64) from i64, }",
        ],
    );
}

#[test]
fn a_constant_null_is_no_argument_and_decides_about_the_variant() {
    let code = sent("
        Change:
          oneOf:
            - {type: object, required: [kind, at], properties: {kind: {const: null}, at: {type: string, format: date-time}}}
            - {type: object, required: [kind, at], properties: {kind: {const: a}, at: {type: string, format: date-time}}}
    ");
    assert_has(
        &code,
        &[
            "pub enum Change { Null(ChangeNull), A(ChangeA), Unknown(Value), }",
            "pub struct ChangeNull { pub kind: Null, pub at: Timestamp, }",
            "pub fn new(at: impl Into<Timestamp>) -> Self",
        ],
    );
}

#[test]
fn a_type_that_excludes_the_only_value_is_a_warning() {
    let output = generate(&described(
        "3.1.0",
        Usage::Response,
        "
        Note: {type: object, properties: {text: {type: string, const: null}}}
    ",
    ));
    let warnings: Vec<_> = output.warnings.iter().map(|warning| warning.message.as_str()).collect();
    assert_eq!(warnings, ["the only value is null, which is not a string; the type is ignored"]);
    assert_has(
        &models(&described(
            "3.1.0",
            Usage::Response,
            "Null: {type: object, properties: {a: {type: 'null'}}}",
        )),
        &["pub struct NullModel { pub a: Option<Null>, pub extra: Extra, }"],
    );
}

/// OpenAPI 3.0: a reference has no siblings, so what makes it nullable wraps it.
#[test]
fn a_component_that_wraps_another_one_in_3_0_may_be_null() {
    let code = received_in_3_0(
        "
        Text: {type: string}
        Wrapped: {nullable: true, allOf: [{$ref: '#/components/schemas/Text'}]}
        Twice: {allOf: [{$ref: '#/components/schemas/Wrapped'}]}
        Optional: {type: string, nullable: true}
        Either: {oneOf: [{$ref: '#/components/schemas/Optional'}, {type: integer}]}
        Note:
          type: object
          required: [wrapped, twice, optional, either, text]
          properties:
            wrapped: {$ref: '#/components/schemas/Wrapped'}
            twice: {$ref: '#/components/schemas/Twice'}
            optional: {$ref: '#/components/schemas/Optional'}
            either: {$ref: '#/components/schemas/Either'}
            text: {$ref: '#/components/schemas/Text'}
    ",
    );
    assert_has(
        &code,
        &["pub wrapped: Option<Wrapped>, pub twice: Option<Twice>, pub optional: Option<Optional>, \
             pub either: Option<Either>, pub text: Text,"],
    );
}

/// A component whose only value is null is a branch of its own only if another component wraps it.
#[test]
fn a_branch_that_wraps_null_makes_the_union_nullable() {
    let code = received_in_3_0(
        "
        Nothing: {enum: [null]}
        Wrapped: {allOf: [{$ref: '#/components/schemas/Nothing'}]}
        Either: {oneOf: [{$ref: '#/components/schemas/Wrapped'}, {type: string}]}
        Note:
          type: object
          required: [either, alone, listed, first]
          properties:
            either: {anyOf: [{$ref: '#/components/schemas/Either'}, {type: integer}]}
            alone: {allOf: [{$ref: '#/components/schemas/Nothing'}]}
            listed: {allOf: [{enum: [null, a], nullable: true}, {enum: [null]}]}
            first: {allOf: [{enum: [null]}, {enum: [null, a], nullable: true}]}
    ",
    );
    assert_has(
        &code,
        &[
            "pub either: Option<NoteEither>, pub alone: Nothing, pub listed: Null, pub first: Null, pub extra: Extra,",
        ],
    );
}
