//! Required, optional and nullable properties in request bodies and responses.

use super::{exchanged, models, received, received_in_3_0, sent};

#[test]
fn a_response_type_is_open() {
    insta::assert_snapshot!(received("
        Pet:
          type: object
          required: [id, owner]
          properties:
            id: {type: integer}
            owner: {type: [string, 'null']}
            name: {type: string}
            nick: {type: [string, 'null']}
    "), @r#"
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Pet {
        pub id: i64,
        pub owner: Option<String>,
        pub name: Option<String>,
        pub nick: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open default,
        0 "id" => id: REQUIRED,
        1 "owner" => owner,
        2 "name" => name,
        3 "nick" => nick,
    }
    "#);
}

#[test]
fn a_body_type_is_closed_and_distinguishes_absent_from_null() {
    insta::assert_snapshot!(sent("
        Pet:
          type: object
          required: [id, owner]
          properties:
            id: {type: integer}
            owner: {type: [string, 'null']}
            name: {type: string}
            nick: {type: [string, 'null']}
    "), @r#"
    #[derive(Clone)]
    pub struct Pet {
        pub id: i64,
        pub owner: Option<String>,
        pub name: Option<String>,
        pub nick: Maybe<String>,
    }

    clientwright_runtime::model! {
        Pet: closed default,
        0 "id" => id: REQUIRED,
        1 "owner" => owner: REQUIRED,
        2 "name" => name,
        3 "nick" => nick,
    }

    impl Pet {
        #[must_use]
        #[inline]
        pub fn new(id: i64) -> Self {
            Self {
                id,
                ..clientwright_runtime::wire::Decode::blank()
            }
        }
    }
    "#);
}

#[test]
fn a_type_of_both_directions_is_open_and_can_be_constructed() {
    insta::assert_snapshot!(exchanged("
        Pet:
          type: object
          required: [id, owner]
          properties:
            id: {type: integer}
            owner: {type: [string, 'null']}
            name: {type: string}
            nick: {type: [string, 'null']}
    "), @r#"
    #[derive(Clone)]
    pub struct Pet {
        pub id: i64,
        pub owner: Option<String>,
        pub name: Option<String>,
        pub nick: Maybe<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open default,
        0 "id" => id: REQUIRED,
        1 "owner" => owner: REQUIRED,
        2 "name" => name,
        3 "nick" => nick,
    }

    impl Pet {
        #[must_use]
        #[inline]
        pub fn new(id: i64) -> Self {
            Self {
                id,
                ..clientwright_runtime::wire::Decode::blank()
            }
        }
    }
    "#);
}

#[test]
fn an_unused_type_is_like_a_response_type() {
    insta::assert_snapshot!(models("
openapi: 3.1.0
info: {title: T, version: '1'}
components: {schemas: {Pet: {type: object, properties: {name: {type: string}}}}}
    "), @r#"
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Pet {
        pub name: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open default,
        0 "name" => name,
    }
    "#);
}

#[test]
fn nullable_of_openapi_3_0_is_supported() {
    insta::assert_snapshot!(received_in_3_0("
        Pet:
          type: object
          required: [flag, kind, owner]
          properties:
            flag: {type: string, nullable: true}
            kind: {type: string, nullable: true, enum: [cat, null]}
            owner: {nullable: true, allOf: [{$ref: '#/components/schemas/Owner'}]}
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
        pub flag: Option<String>,
        pub kind: Option<PetKind>,
        pub owner: Option<Owner>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open default,
        0 "flag" => flag,
        1 "kind" => kind,
        2 "owner" => owner,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub enum PetKind {
        Cat,
        Unknown(UnknownValue),
    }

    clientwright_runtime::open_enum! {
        PetKind,
        "cat" => Cat,
    }
    "#);
}

#[test]
fn null_types_of_openapi_3_1_are_supported() {
    insta::assert_snapshot!(received("
        Pet:
          type: object
          required: [list, any_of, one_of, const_null, kind, through_a_nullable_component, only_null]
          properties:
            list: {type: [integer, 'null']}
            any_of: {anyOf: [{$ref: '#/components/schemas/Owner'}, {type: 'null'}]}
            one_of: {oneOf: [{type: 'null'}, {type: string}]}
            const_null: {anyOf: [{type: boolean}, {const: null}]}
            kind: {enum: [cat, null]}
            through_a_nullable_component: {$ref: '#/components/schemas/Nickname'}
            only_null: {type: 'null'}
        Owner: {type: object, properties: {name: {type: string}}}
        Nickname: {type: [string, 'null']}
    "), @r#"
    pub type Nickname = String;

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
        pub list: Option<i64>,
        pub any_of: Option<Owner>,
        pub one_of: Option<String>,
        pub const_null: Option<bool>,
        pub kind: Option<PetKind>,
        pub through_a_nullable_component: Option<Nickname>,
        pub only_null: Null,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open default,
        0 "list" => list,
        1 "any_of" => any_of,
        2 "one_of" => one_of,
        3 "const_null" => const_null,
        4 "kind" => kind,
        5 "through_a_nullable_component" => through_a_nullable_component,
        6 "only_null" => only_null: REQUIRED,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub enum PetKind {
        Cat,
        Unknown(UnknownValue),
    }

    clientwright_runtime::open_enum! {
        PetKind,
        "cat" => Cat,
    }
    "#);
}

#[test]
fn a_nullable_element_is_an_option() {
    insta::assert_snapshot!(received("
        Pet:
          type: object
          properties:
            list: {type: array, items: {type: [string, 'null']}}
            map: {type: object, additionalProperties: {type: [integer, 'null']}}
    "), @r#"
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Pet {
        pub list: Option<Vec<Option<String>>>,
        pub map: Option<BTreeMap<String, Option<i64>>>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open default,
        0 "list" => list,
        1 "map" => map,
    }
    "#);
}

/// An exact number is zero until it is decoded.
#[test]
fn a_required_exact_number_is_always_present() {
    insta::assert_snapshot!(received("
        Price: {type: object, required: [amount], properties: {amount: {type: [integer, number]}}}
    "), @r#"
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Price {
        pub amount: Number,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Price: open default,
        0 "amount" => amount: REQUIRED,
    }
    "#);
}
