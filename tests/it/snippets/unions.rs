//! `oneOf`, `anyOf` and arrays of types.

use super::received;

#[test]
fn a_discriminator_mapping_defines_the_tags() {
    insta::assert_snapshot!(received("
        Event:
          oneOf: [{$ref: '#/components/schemas/Said'}, {$ref: '#/components/schemas/Left'}]
          discriminator:
            propertyName: type
            mapping: {chat.msg: '#/components/schemas/Said', chat.note: '#/components/schemas/Said', chat.leave: '#/components/schemas/Left'}
        Said: {type: object, properties: {type: {type: string}, text: {type: string}}}
        Left: {type: object, properties: {type: {type: string}}}
    "), @r#"
    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum Event {
        ChatMsg(Said),
        ChatNote(Said),
        ChatLeave(Left),
        Unknown(Value),
    }

    clientwright_runtime::tagged_union! {
        Event by "type",
        "chat.msg" => ChatMsg(Said),
        "chat.note" => ChatNote(Said),
        "chat.leave" => ChatLeave(Left),
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Left {
        pub r#type: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Left: open default,
        0 "type" => r#type,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Said {
        pub r#type: Option<String>,
        pub text: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Said: open default,
        0 "type" => r#type,
        1 "text" => text,
    }
    "#);
}

#[test]
fn without_a_mapping_the_schema_name_is_the_tag() {
    insta::assert_snapshot!(received("
        Event:
          oneOf: [{$ref: '#/components/schemas/chat_said'}, {$ref: '#/components/schemas/Left'}]
          discriminator: {propertyName: type}
        chat_said: {type: object, properties: {text: {type: string}}}
        Left: {type: object, properties: {id: {type: integer}}}
    "), @r#"
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct ChatSaid {
        pub text: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        ChatSaid: open default,
        0 "text" => text,
    }

    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum Event {
        ChatSaid(ChatSaid),
        Left(Left),
        Unknown(Value),
    }

    clientwright_runtime::tagged_union! {
        Event by "type",
        "chat_said" => ChatSaid(ChatSaid),
        "Left" => Left(Left),
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Left {
        pub id: Option<i64>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Left: open default,
        0 "id" => id,
    }
    "#);
}

#[test]
fn scalar_alternatives_become_variants() {
    insta::assert_snapshot!(received("
        Value:
          anyOf:
            - {type: string}
            - {type: boolean}
            - {type: integer}
            - {type: number}
            - {type: array, items: {type: string}}
            - {type: string}
    "), @"
    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum ValueModel {
        String(String),
        Bool(bool),
        Integer(i64),
        Number(f64),
        Array(Vec<String>),
        Unknown(Value),
    }

    clientwright_runtime::union! {
        ValueModel,
        String(String),
        Bool(bool),
        Integer(i64),
        Number(f64),
        Array(Vec<String>),
    }
    ");
}

#[test]
fn object_alternatives_become_variants() {
    insta::assert_snapshot!(received("
        Pet: {type: object, properties: {which: {oneOf: [{$ref: '#/components/schemas/Cat'}, {type: object, properties: {barks: {type: boolean}}}]}}}
        Cat: {type: object, required: [meows], properties: {meows: {type: boolean}}}
    "), @r#"
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Cat {
        pub meows: bool,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Cat: open default,
        0 "meows" => meows: REQUIRED,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Pet {
        pub which: Option<PetWhich>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open default,
        0 "which" => which,
    }

    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum PetWhich {
        Cat(Cat),
        Variant2(PetWhichVariant2),
        Unknown(Value),
    }

    clientwright_runtime::union! {
        PetWhich,
        Cat(Cat),
        Variant2(PetWhichVariant2),
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct PetWhichVariant2 {
        pub barks: Option<bool>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        PetWhichVariant2: open default,
        0 "barks" => barks,
    }
    "#);
}

#[test]
fn a_type_array_becomes_a_union() {
    insta::assert_snapshot!(received("
        Pet:
          type: object
          properties:
            id: {type: [integer, string]}
            field: {type: [string, boolean, array, 'null'], items: {type: string}}
    "), @r#"
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Pet {
        pub id: Option<PetId>,
        pub field: Option<PetField>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open default,
        0 "id" => id,
        1 "field" => field,
    }

    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum PetId {
        Integer(i64),
        String(String),
        Unknown(Value),
    }

    clientwright_runtime::union! {
        PetId,
        Integer(i64),
        String(String),
    }

    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum PetField {
        String(String),
        Bool(bool),
        Array(Vec<String>),
        Unknown(Value),
    }

    clientwright_runtime::union! {
        PetField,
        String(String),
        Bool(bool),
        Array(Vec<String>),
    }
    "#);
}

#[test]
fn a_single_alternative_is_not_a_union() {
    insta::assert_snapshot!(received("
        Pet: {type: object, properties: {cat: {oneOf: [{type: string, format: date-time}]}}}
    "), @r#"
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Pet {
        pub cat: Option<Timestamp>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open default,
        0 "cat" => cat,
    }
    "#);
}

/// The tag is the only value that the branch allows for the discriminator property.
#[test]
fn without_a_mapping_a_declared_value_is_the_tag() {
    insta::assert_snapshot!(received("
        Event:
          oneOf:
            - {type: object, properties: {kind: {const: said}, text: {type: string}}}
            - $ref: '#/components/schemas/Left'
            - $ref: '#/components/schemas/Joined'
          discriminator: {propertyName: kind}
        Left: {allOf: [{type: object, properties: {kind: {type: string, enum: [left, gone]}}}]}
        Joined: {type: object, properties: {kind: {type: string}}}
    "), @r#"
    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum Event {
        Said(EventSaid),
        Left(Left),
        Gone(Left),
        Joined(Joined),
        Unknown(Value),
    }

    clientwright_runtime::tagged_union! {
        Event by "kind",
        "said" => Said(EventSaid),
        "left" => Left(Left),
        "gone" => Gone(Left),
        "Joined" => Joined(Joined),
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct EventSaid {
        pub kind: Option<EventSaidKind>,
        pub text: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        EventSaid: open default,
        0 "kind" => kind,
        1 "text" => text,
    }

    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum EventSaidKind {
        Said,
        Unknown(UnknownValue),
    }

    clientwright_runtime::open_enum! {
        EventSaidKind,
        "said" => Said,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Joined {
        pub kind: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Joined: open default,
        0 "kind" => kind,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Left {
        pub kind: Option<LeftKind>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Left: open default,
        0 "kind" => kind,
    }

    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum LeftKind {
        Left,
        Gone,
        Unknown(UnknownValue),
    }

    clientwright_runtime::open_enum! {
        LeftKind,
        "left" => Left,
        "gone" => Gone,
    }
    "#);
}

#[test]
fn alternatives_of_one_json_type_get_distinct_variants() {
    insta::assert_snapshot!(received("
        Value:
          oneOf:
            - {type: string, enum: [small, large]}
            - {type: string}
            - {type: integer}
            - {type: 'null'}
            - {type: array, items: {type: integer}}
            - {type: array, items: {type: object, properties: {id: {type: integer}}}}
        Holder: {type: object, properties: {value: {$ref: '#/components/schemas/Value'}}}
    "), @r#"
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Holder {
        pub value: Option<ValueModel>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Holder: open default,
        0 "value" => value,
    }

    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum ValueModel {
        Variant1(ValueModelVariant1),
        String(String),
        Integer(i64),
        Array(Vec<i64>),
        Array2(Vec<ValueModelVariant5Item>),
        Unknown(Value),
    }

    clientwright_runtime::union! {
        ValueModel,
        Variant1(ValueModelVariant1),
        String(String),
        Integer(i64),
        Array(Vec<i64>),
        Array2(Vec<ValueModelVariant5Item>),
    }

    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum ValueModelVariant1 {
        Small,
        Large,
        Unknown(UnknownValue),
    }

    clientwright_runtime::open_enum! {
        ValueModelVariant1,
        "small" => Small,
        "large" => Large,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct ValueModelVariant5Item {
        pub id: Option<i64>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        ValueModelVariant5Item: open default,
        0 "id" => id,
    }
    "#);
}
