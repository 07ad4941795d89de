//! Branches of `oneOf` and `anyOf` beside properties.

use super::{assert_has, exchanged, received};

/// Branches that only constrain the properties beside them add nothing. Neither do those of `anyOf` make variants, unless
/// they declare a property differently: several of them may apply to one value.
#[test]
fn branches_that_may_all_apply_add_fields() {
    let code = received(
        "
        Either:
          type: object
          properties: {x: {type: string}, y: {type: string}}
          anyOf: [{required: [x]}, {required: [y]}]
        Several:
          type: object
          required: [id]
          properties: {id: {type: integer}}
          anyOf:
            - {required: [kind, a], properties: {kind: {type: string}, a: {type: string}}}
            - {required: [kind], properties: {kind: {type: string}, b: {type: string}}}
    ",
    );
    assert_has(
        &code,
        &["pub struct Either { pub x: Option<String>, pub y: Option<String>, pub extra: Extra, }"],
    );
    assert_has(
        &code,
        &[
            "pub struct Several { pub id: i64, pub kind: String, pub a: Option<String>, pub b: Option<String>, \
           pub extra: Extra, }",
        ],
    );
}

/// OpenAPI 3.1.1, Composition and Inheritance: a value is valid against the properties and one of the branches.
#[test]
fn a_union_beside_properties_has_them_in_each_variant() {
    let code = received("
        Pet:
          type: object
          required: [id]
          properties: {id: {type: integer}}
          oneOf:
            - {required: [kind, a], properties: {kind: {type: string, enum: [cat]}, a: {type: string}, both: {type: integer}}}
            - {required: [kind], properties: {kind: {type: string, enum: [dog]}, b: {type: string}, both: {type: string}}}
        Event:
          type: object
          required: [kind]
          properties: {kind: {type: string}, id: {type: integer}}
          discriminator: {propertyName: kind, mapping: {a: '#/components/schemas/A', b: '#/components/schemas/B'}}
          oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]
        A: {type: object, required: [data], properties: {data: {type: string}}}
        B: {type: object, required: [data], properties: {data: {type: object, properties: {n: {type: integer}}}}}
        Wrapped:
          allOf:
            - {type: object, properties: {id: {type: integer}}}
            - {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}
        AnyOf:
          type: object
          properties: {number: {type: integer}}
          anyOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]
    ");
    assert_has(
        &code,
        &[
            "pub enum Pet { Cat(PetCat), Dog(PetDog), Unknown(Value), }",
            "pub struct PetCat { pub id: i64, pub kind: PetCatKind, pub a: String, pub both: Option<i64>, \
             pub extra: Extra, }",
            "pub struct PetDog { pub id: i64, pub kind: PetDogKind, pub b: Option<String>, \
             pub both: Option<String>, pub extra: Extra, }",
            "pub enum Event { A(EventA), B(EventB), Unknown(Value), }",
            "tagged_union! { Event by \"kind\", \"a\" | \"A\" => A(EventA), \"b\" | \"B\" => B(EventB), }",
            "pub struct EventA { pub kind: String, pub id: Option<i64>, pub data: String, pub extra: Extra, }",
            "pub struct WrappedA { pub id: Option<i64>, pub data: String, pub extra: Extra, }",
            "pub enum Wrapped { A(WrappedA), B(WrappedB), Unknown(Value), }",
            "pub enum AnyOf { A(AnyOfA), B(AnyOfB), Unknown(Value), }",
        ],
    );
}

/// JSON Schema Core 10.3.2.1: `properties` says nothing about values that are no objects.
#[test]
fn a_branch_beside_properties_may_be_no_object() {
    let code = received(
        "
        Mixed:
          properties: {id: {type: integer}}
          anyOf: [{type: string}, {type: object, properties: {x: {type: integer}}}]
        Same:
          properties: {id: {type: integer}}
          anyOf: [{type: object, properties: {x: {type: integer}}}, {properties: {y: {type: integer}}}]
    ",
    );
    assert_has(
        &code,
        &[
            "pub enum Mixed { String(String), Object(MixedObject), Unknown(Value), }",
            "pub struct MixedObject { pub id: Option<i64>, pub x: Option<i64>, pub extra: Extra, }",
            "pub struct Same { pub id: Option<i64>, pub x: Option<i64>, pub y: Option<i64>, pub extra: Extra, }",
        ],
    );
}

/// Of several unions that apply to one value, a property may have any of the declared values.
#[test]
fn a_property_of_several_unions_has_the_values_of_all_branches() {
    let code = exchanged(
        "
        Color: {type: string, enum: [red]}
        Joined:
          type: object
          allOf:
            - oneOf:
              - properties:
                  kind: {type: string, enum: [a]}
                  flag: {type: [boolean, 'null'], enum: [true, null]}
                  color: {$ref: '#/components/schemas/Color'}
                  tag: {type: string}
                  mixed: {type: string}
                  number: {type: number}
                  size: {type: integer, enum: [1]}
                  listed: {$ref: '#/components/schemas/Color'}
              - properties:
                  kind: {type: [string, 'null'], enum: [b, null]}
                  flag: {type: boolean, enum: [false]}
                  color: {type: string}
                  tag: {type: string, enum: [x]}
                  mixed: {type: boolean}
                  number: {type: integer}
                  size: {type: integer, enum: [2]}
                  listed: {type: integer, enum: [1]}
            - oneOf:
              - {properties: {b: {type: string}}}
              - {properties: {c: {type: string}}}
    ",
    );
    assert_has(
        &code,
        &[
            "pub kind: Maybe<JoinedKind>, pub flag: Maybe<bool>, pub color: Option<String>, pub tag: Option<String>, \
             pub mixed: Option<Value>, pub number: Option<Value>, pub size: Option<JoinedSize>, \
             pub listed: Option<Value>, pub b: Option<String>, pub c: Option<String>, pub extra: Extra,",
            "pub enum JoinedKind { A, B, Unknown(UnknownValue), }",
            "pub enum JoinedSize { N1, N2, Unknown(UnknownValue<i64>), }",
        ],
    );
}
