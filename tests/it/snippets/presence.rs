//! Required, optional, nullable; what the server sends and what callers send.

use super::{answered, answered_in_3_0, exchanged, models, sent};

#[test]
fn an_answer_has_room_for_more() {
    insta::assert_snapshot!(answered("
        Pet:
          type: object
          required: [id, owner]
          properties:
            id: {type: integer}
            owner: {type: [string, 'null']}
            name: {type: string}
            nick: {type: [string, 'null']}
    "), @r#"
    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Pet {
        pub id: i64,
        pub owner: Option<String>,
        pub name: Option<String>,
        pub nick: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open,
        0 "id" => id: REQUIRED,
        1 "owner" => owner,
        2 "name" => name,
        3 "nick" => nick,
    }
    "#);
}

#[test]
fn a_body_tells_absent_from_null_and_is_closed() {
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
    #[derive(Clone, Default)]
    pub struct Pet {
        pub id: i64,
        pub owner: Option<String>,
        pub name: Option<String>,
        pub nick: Maybe<String>,
    }

    clientwright_runtime::model! {
        Pet: closed,
        0 "id" => id: REQUIRED,
        1 "owner" => owner: REQUIRED,
        2 "name" => name,
        3 "nick" => nick,
    }
    "#);
}

#[test]
fn what_goes_both_ways_is_a_literal_and_open() {
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
    #[derive(Clone, Default)]
    pub struct Pet {
        pub id: i64,
        pub owner: Option<String>,
        pub name: Option<String>,
        pub nick: Maybe<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open,
        0 "id" => id: REQUIRED,
        1 "owner" => owner: REQUIRED,
        2 "name" => name,
        3 "nick" => nick,
    }
    "#);
}

#[test]
fn what_nothing_refers_to_is_like_an_answer() {
    insta::assert_snapshot!(models("
openapi: 3.1.0
info: {title: T, version: '1'}
components: {schemas: {Pet: {type: object, properties: {name: {type: string}}}}}
    "), @r#"
    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Pet {
        pub name: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open,
        0 "name" => name,
    }
    "#);
}

#[test]
fn null_in_3_0() {
    insta::assert_snapshot!(answered_in_3_0("
        Pet:
          type: object
          required: [flag, kind, owner]
          properties:
            flag: {type: string, nullable: true}
            kind: {type: string, nullable: true, enum: [cat, null]}
            owner: {nullable: true, allOf: [{$ref: '#/components/schemas/Owner'}]}
        Owner: {type: object, properties: {name: {type: string}}}
    "), @r#"
    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Owner {
        pub name: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Owner: open,
        0 "name" => name,
    }

    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Pet {
        pub flag: Option<String>,
        pub kind: Option<PetKind>,
        pub owner: Option<Owner>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open,
        0 "flag" => flag,
        1 "kind" => kind,
        2 "owner" => owner,
    }

    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
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
fn null_in_3_1() {
    insta::assert_snapshot!(answered("
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

    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Owner {
        pub name: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Owner: open,
        0 "name" => name,
    }

    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Pet {
        pub list: Option<i64>,
        pub any_of: Option<Owner>,
        pub one_of: Option<String>,
        pub const_null: Option<bool>,
        pub kind: Option<PetKind>,
        pub through_a_nullable_component: Option<Nickname>,
        pub only_null: Value,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open,
        0 "list" => list,
        1 "any_of" => any_of,
        2 "one_of" => one_of,
        3 "const_null" => const_null,
        4 "kind" => kind,
        5 "through_a_nullable_component" => through_a_nullable_component,
        6 "only_null" => only_null: REQUIRED,
    }

    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
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
fn null_as_an_element() {
    insta::assert_snapshot!(answered("
        Pet:
          type: object
          properties:
            list: {type: array, items: {type: [string, 'null']}}
            map: {type: object, additionalProperties: {type: [integer, 'null']}}
    "), @r#"
    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Pet {
        pub list: Option<Vec<Option<String>>>,
        pub map: Option<BTreeMap<String, Option<i64>>>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open,
        0 "list" => list,
        1 "map" => map,
    }
    "#);
}

/// A number that is kept as sent has no value to start from, so the field is an `Option` all the same.
#[test]
fn a_required_exact_number() {
    insta::assert_snapshot!(answered("
        Price: {type: object, required: [amount], properties: {amount: {type: [integer, number]}}}
    "), @r#"
    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Price {
        pub amount: Option<Number>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Price: open,
        0 "amount" => amount: REQUIRED,
    }
    "#);
}
