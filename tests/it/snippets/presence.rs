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
    #[derive(Clone, Debug, Default, PartialEq)]
    #[non_exhaustive]
    pub struct Pet {
        pub id: i64,
        pub owner: Option<String>,
        pub name: Option<String>,
        pub nick: Option<String>,
        pub extra: Extra,
    }

    model! {
        Pet: open, required("id"),
        "id" => id,
        "owner" => owner,
        "name" => name,
        "nick" => nick,
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
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct Pet {
        pub id: i64,
        pub owner: Option<String>,
        pub name: Option<String>,
        pub nick: Maybe<String>,
    }

    model! {
        Pet: closed, required("id", "owner"),
        "id" => id,
        "owner" => owner,
        "name" => name,
        "nick" => nick,
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
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct Pet {
        pub id: i64,
        pub owner: Option<String>,
        pub name: Option<String>,
        pub nick: Maybe<String>,
        pub extra: Extra,
    }

    model! {
        Pet: open, required("id", "owner"),
        "id" => id,
        "owner" => owner,
        "name" => name,
        "nick" => nick,
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
    #[derive(Clone, Debug, Default, PartialEq)]
    #[non_exhaustive]
    pub struct Pet {
        pub name: Option<String>,
        pub extra: Extra,
    }

    model! {
        Pet: open, required(),
        "name" => name,
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
    #[derive(Clone, Debug, Default, PartialEq)]
    #[non_exhaustive]
    pub struct Owner {
        pub name: Option<String>,
        pub extra: Extra,
    }

    model! {
        Owner: open, required(),
        "name" => name,
    }

    #[derive(Clone, Debug, Default, PartialEq)]
    #[non_exhaustive]
    pub struct Pet {
        pub flag: Option<String>,
        pub kind: Option<PetKind>,
        pub owner: Option<Owner>,
        pub extra: Extra,
    }

    model! {
        Pet: open, required(),
        "flag" => flag,
        "kind" => kind,
        "owner" => owner,
    }

    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum PetKind {
        Cat,
        Unknown(UnknownValue),
    }

    open_enum! {
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

    #[derive(Clone, Debug, Default, PartialEq)]
    #[non_exhaustive]
    pub struct Owner {
        pub name: Option<String>,
        pub extra: Extra,
    }

    model! {
        Owner: open, required(),
        "name" => name,
    }

    #[derive(Clone, Debug, Default, PartialEq)]
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

    model! {
        Pet: open, required("only_null"),
        "list" => list,
        "any_of" => any_of,
        "one_of" => one_of,
        "const_null" => const_null,
        "kind" => kind,
        "through_a_nullable_component" => through_a_nullable_component,
        "only_null" => only_null,
    }

    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum PetKind {
        Cat,
        Unknown(UnknownValue),
    }

    open_enum! {
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
    #[derive(Clone, Debug, Default, PartialEq)]
    #[non_exhaustive]
    pub struct Pet {
        pub list: Option<Vec<Option<String>>>,
        pub map: Option<BTreeMap<String, Option<i64>>>,
        pub extra: Extra,
    }

    model! {
        Pet: open, required(),
        "list" => list,
        "map" => map,
    }
    "#);
}

/// A number that is kept as sent has no value to start from, so the field is an `Option` all the same.
#[test]
fn a_required_exact_number() {
    insta::assert_snapshot!(answered("
        Price: {type: object, required: [amount], properties: {amount: {type: [integer, number]}}}
    "), @r#"
    #[derive(Clone, Debug, Default, PartialEq)]
    #[non_exhaustive]
    pub struct Price {
        pub amount: Option<Number>,
        pub extra: Extra,
    }

    model! {
        Price: open, required("amount"),
        "amount" => amount,
    }
    "#);
}
