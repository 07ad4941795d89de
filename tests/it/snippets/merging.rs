//! Objects that are merged: `allOf`, references with siblings, and branches beside properties.

use super::received;

#[test]
fn a_reference_may_have_siblings() {
    insta::assert_snapshot!(received("
        Pet:
          type: object
          properties:
            owner: {$ref: '#/components/schemas/Owner', description: Who feeds it., x-rust-name: keeper}
            vet: {$ref: '#/components/schemas/Owner', nullable: true}
        Owner: {type: object, properties: {name: {type: string}}}
    "), @r#"
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Owner {
        pub name: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Owner: open default,
        0 "name" => name,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Pet {
        pub keeper: Option<Owner>,
        pub vet: Option<Owner>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open default,
        0 "owner" => keeper,
        1 "vet" => vet,
    }
    "#);
}

#[test]
fn all_of_members_are_merged() {
    insta::assert_snapshot!(received("
        Base: {type: object, required: [id], properties: {id: {type: integer}, note: {type: string}}}
        Pet:
          required: [name]
          allOf:
            - {$ref: '#/components/schemas/Base'}
            - {type: object, properties: {name: {type: string}, note: {type: integer}}}
          properties:
            own: {type: boolean}
    "), @r#"
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Base {
        pub id: i64,
        pub note: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Base: open default,
        0 "id" => id: REQUIRED,
        1 "note" => note,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Pet {
        pub id: i64,
        pub note: Option<i64>,
        pub name: String,
        pub own: Option<bool>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open default,
        0 "id" => id: REQUIRED,
        1 "note" => note,
        2 "name" => name: REQUIRED,
        3 "own" => own,
    }
    "#);
}

#[test]
fn all_of_one_reference_is_that_type() {
    insta::assert_snapshot!(received("
        Base: {type: object, properties: {id: {type: integer}}}
        Same: {allOf: [{$ref: '#/components/schemas/Base'}]}
        Holder: {type: object, properties: {base: {allOf: [{$ref: '#/components/schemas/Base'}]}}}
    "), @r#"
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Base {
        pub id: Option<i64>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Base: open default,
        0 "id" => id,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Holder {
        pub base: Option<Base>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Holder: open default,
        0 "base" => base,
    }

    pub type Same = Base;
    "#);
}

/// A member that only constrains the others does not turn them into an object.
#[test]
fn all_of_members_that_are_not_objects_refine_the_type() {
    insta::assert_snapshot!(received("
        Base: {type: string, enum: [a, b]}
        Pet:
          type: object
          properties:
            described: {allOf: [{$ref: '#/components/schemas/Base'}, {description: More., nullable: true}]}
            narrowed: {allOf: [{type: string}, {enum: [x]}]}
            bounded: {allOf: [{type: integer, minimum: 1}, {maximum: 5}]}
            chosen: {allOf: [{$ref: '#/components/schemas/Base'}, {type: string, maxLength: 3}]}
    "), @r#"
    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum Base {
        A,
        B,
        Unknown(UnknownValue),
    }

    clientwright_runtime::open_enum! {
        Base,
        "a" => A,
        "b" => B,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Pet {
        pub described: Option<Base>,
        pub narrowed: Option<PetNarrowed>,
        pub bounded: Option<i64>,
        pub chosen: Option<Base>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open default,
        0 "described" => described,
        1 "narrowed" => narrowed,
        2 "bounded" => bounded,
        3 "chosen" => chosen,
    }

    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum PetNarrowed {
        X,
        Unknown(UnknownValue),
    }

    clientwright_runtime::open_enum! {
        PetNarrowed,
        "x" => X,
    }
    "#);
}

#[test]
fn an_annotation_keeps_the_type_of_the_property() {
    insta::assert_snapshot!(received("
        Base: {type: object, required: [id], properties: {id: {type: integer}, name: {type: string}}}
        Pet:
          allOf: [{$ref: '#/components/schemas/Base'}]
          properties: {id: {description: Its number.}, name: {type: integer}}
    "), @r#"
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Base {
        pub id: i64,
        pub name: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Base: open default,
        0 "id" => id: REQUIRED,
        1 "name" => name,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Pet {
        pub id: i64,
        pub name: Option<i64>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open default,
        0 "id" => id: REQUIRED,
        1 "name" => name,
    }
    "#);
}

/// A field of a branch is required only if every branch requires it.
#[test]
fn branches_beside_properties_add_fields() {
    insta::assert_snapshot!(received("
        Pet:
          type: object
          required: [id]
          properties: {id: {type: integer}}
          oneOf:
            - {required: [kind, a], properties: {kind: {type: string, enum: [cat]}, a: {type: string}, both: {type: integer}}}
            - {required: [kind], properties: {kind: {type: string, enum: [dog]}, b: {type: string}, both: {type: string}}}
        Either:
          type: object
          properties: {x: {type: string}, y: {type: string}}
          anyOf: [{required: [x]}, {required: [y]}]
    "), @r#"
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Either {
        pub x: Option<String>,
        pub y: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Either: open default,
        0 "x" => x,
        1 "y" => y,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Pet {
        pub id: i64,
        pub kind: PetKind,
        pub a: Option<String>,
        pub both: Option<Value>,
        pub b: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open,
        0 "id" => id: REQUIRED,
        1 "kind" => kind: REQUIRED,
        2 "a" => a,
        3 "both" => both,
        4 "b" => b,
    }

    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum PetKind {
        Cat,
        Dog,
        Unknown(UnknownValue),
    }

    clientwright_runtime::open_enum! {
        PetKind,
        "cat" => Cat,
        "dog" => Dog,
    }
    "#);
}

/// Base and extension refer to each other, which is not a cycle.
#[test]
fn a_base_may_list_its_extensions() {
    insta::assert_snapshot!(received("
        Pet:
          type: object
          properties: {kind: {type: string}}
          oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
        Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {claws: {type: integer}}}]}
        Dog: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {tricks: {type: integer}}}]}
    "), @r#"
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Cat {
        pub kind: Option<String>,
        pub claws: Option<i64>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Cat: open default,
        0 "kind" => kind,
        1 "claws" => claws,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Dog {
        pub kind: Option<String>,
        pub tricks: Option<i64>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Dog: open default,
        0 "kind" => kind,
        1 "tricks" => tricks,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Pet {
        pub kind: Option<String>,
        pub claws: Option<i64>,
        pub tricks: Option<i64>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open default,
        0 "kind" => kind,
        1 "claws" => claws,
        2 "tricks" => tricks,
    }
    "#);
}
