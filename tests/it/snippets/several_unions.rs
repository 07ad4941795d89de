//! Unions beside other keywords, and several unions of one value.

use super::{Usage, assert_has, described, exchanged, generate, received, sent};

const OBJECTS: &str = "
        A: {type: object, required: [a], properties: {a: {type: string}}}
        B: {type: object, required: [b], properties: {b: {type: string}}}
        C: {type: object, required: [c], properties: {c: {type: string}}}
";

/// A struct can have the properties of all branches. Of other types, a value can have only one.
#[test]
fn the_reason_of_a_skipped_union_depends_on_its_branches() {
    let skipped = |schema: &str| {
        let output =
            generate(&described("3.1.0", Usage::Response, &format!("{OBJECTS}        Value: {schema}\n")));
        output.skipped().iter().map(|part| part.reason.clone()).collect::<Vec<_>>()
    };
    let all = "several unions apply to the value: its struct has the properties of all branches, none of them required";
    let first = "several unions apply to the value: only the first one has a type";
    let objects = "oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], anyOf: [{$ref: '#/components/schemas/C'}, {$ref: '#/components/schemas/B'}]";
    let mixed = "oneOf: [{$ref: '#/components/schemas/A'}, {type: string}], anyOf: [{$ref: '#/components/schemas/C'}, {type: integer}]";
    let scalars = "oneOf: [{type: boolean}, {type: string}], anyOf: [{type: number}, {type: integer}]";
    assert_eq!(skipped(&format!("{{{objects}}}")), [all]);
    assert_eq!(skipped(&format!("{{{mixed}}}")), [first]);
    assert_eq!(skipped(&format!("{{{scalars}}}")), [first]);
    assert_eq!(skipped(&format!("{{properties: {{m: {{type: string}}}}, {mixed}}}")), [all]);
}

/// A type alone is most likely meant for some of the branches; with properties, or if it is no object, it holds for all.
#[test]
fn a_type_beside_branches_leaves_out_those_of_other_types() {
    let code = received(&format!(
        "{OBJECTS}
        Plain: {{type: object, oneOf: [{{$ref: '#/components/schemas/A'}}, {{type: string}}]}}
        Declared: {{type: object, properties: {{m: {{type: string}}}}, oneOf: [{{$ref: '#/components/schemas/A'}}, {{type: string}}]}}
        Whole: {{type: integer, oneOf: [{{type: number}}, {{type: string}}]}}
        None: {{type: string, oneOf: [{{type: boolean}}, {{type: integer}}]}}
        Clash: {{allOf: [{{type: string}}, {{type: integer}}], oneOf: [{{type: number}}, {{type: string}}]}}
    "
    ));
    assert_has(
        &code,
        &[
            "pub enum Plain { A(A), String(String), Unknown(Value), }",
            "pub struct Declared { pub m: Option<String>, pub a: String, pub extra: Extra, }",
            "pub type Whole = i64;",
            "{ Bool(bool), Integer(i64), Unknown(Value), }",
            "pub enum Clash { Integer(i64), String(String), Unknown(Value), }",
        ],
    );
}

#[test]
fn branches_that_say_more_than_what_is_beside_them_are_variants() {
    let code = exchanged(
        "
        Items: {type: array, oneOf: [{items: {type: string}}, {items: {type: integer}}]}
        Tuples: {type: array, oneOf: [{prefixItems: [{type: string}]}, {prefixItems: [{type: integer}]}]}
        Maps: {type: object, oneOf: [{additionalProperties: {type: string}}, {additionalProperties: {type: integer}}]}
        Time: {type: string, format: date-time, oneOf: [{format: date-time}, {maxLength: 30}]}
        Limits: {type: string, oneOf: [{type: string, maxLength: 3}, {type: string, minLength: 5}]}
        Nested: {type: string, oneOf: [{oneOf: [{maxLength: 3}, {minLength: 8}]}, {pattern: x}]}
        Union: {oneOf: [{$ref: '#/components/schemas/Left'}, {$ref: '#/components/schemas/Right'}]}
        Left: {oneOf: [{type: object, properties: {a: {type: string}}}, {type: string}]}
        Right: {oneOf: [{type: object, properties: {b: {type: string}}}, {type: boolean}]}
    ",
    );
    assert_has(
        &code,
        &[
            "pub enum Items { StringArray(Vec<String>), IntegerArray(Vec<i64>), Unknown(Value), }",
            "pub enum Tuples { Array(Tuple<(Option<String>,)>), Array2(Tuple<(Option<i64>,)>), Unknown(Value), }",
            "pub enum Maps { Object(BTreeMap<String, String>), Object2(BTreeMap<String, i64>), Unknown(Value), }",
            "pub type Time = Timestamp;",
            "pub type Limits = String;",
            "pub enum Nested { String(String), Unknown(Value), }",
            "pub enum Union { Left(Left), Right(Right), Unknown(Value), }",
        ],
    );
    assert!(!code.contains("NestedObject"), "{code}");
}

#[test]
fn a_branch_may_have_only_a_format() {
    let code = received("When: {type: string, oneOf: [{format: date-time}, {format: uuid}]}");
    assert_has(&code, &["pub enum When { Time(Timestamp), String(String), Unknown(Value), }"]);
}

/// The enum of a property that several branches declare lists the values of all. Values that are arrays or objects of a
/// declared type have that type.
#[test]
fn listed_values_of_a_property_are_joined_unless_they_have_parts() {
    let code = exchanged(
        "
        Joined:
          type: object
          allOf:
            - oneOf:
                - properties:
                    p: {type: string, enum: [a, b]}
                    q: {type: array, enum: [[1], [2]]}
                    r: {type: object, properties: {k: {type: string}}, enum: [{k: x}]}
                    s: {type: object, enum: [{}]}
                - properties:
                    p: {type: string, enum: [c]}
                    q: {type: array, enum: [[3], [4]]}
                    r: {type: object, properties: {k: {type: string}}, enum: [{k: y}]}
                    s: {type: object, enum: [{k: z}]}
            - oneOf: [{properties: {t: {type: string}}}, {properties: {u: {type: string}}}]
    ",
    );
    assert_has(
        &code,
        &[
            "pub p: Option<JoinedP>, pub q: Option<Vec<Value>>, pub r: Option<Value>, pub s: Option<JoinedS>,",
            "pub enum JoinedP { A, B, C, Unknown(UnknownValue), }",
        ],
    );
}

/// JSON Schema Core 10.3.2.3: `additionalProperties` of a branch allow what the schema itself doesn't declare.
#[test]
fn a_struct_of_several_unions_is_as_open_as_one_of_their_branches() {
    let with = |beside: &str| {
        let code = sent(&format!(
            "
        Item:
          allOf:
            - oneOf: [{{properties: {{a: {{type: string}}}}{beside}}}, {{properties: {{b: {{type: string}}}}}}]
            - oneOf: [{{properties: {{c: {{type: string}}}}}}, {{properties: {{d: {{type: string}}}}}}]
    "
        ));
        code.contains("Item: open default")
    };
    assert!(!with(""));
    assert!(with(", additionalProperties: true"));
    assert!(with(", additionalProperties: {type: string}"));
    assert!(!with(", additionalProperties: false"));
}

#[test]
fn a_name_of_a_value_holds_for_an_enum_that_others_limit() {
    let code = received("Item: {allOf: [{enum: [a], x-enum-varnames: [Alpha]}, {enum: [a, b]}]}");
    assert_has(&code, &["pub enum Item { Alpha, Unknown(UnknownValue), }"]);
}
