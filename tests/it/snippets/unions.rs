//! oneOf, anyOf and lists of types.

use super::answered;

#[test]
fn a_discriminator_with_a_mapping() {
    insta::assert_snapshot!(answered("
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

    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Left {
        pub r#type: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Left: open,
        0 "type" => r#type,
    }

    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Said {
        pub r#type: Option<String>,
        pub text: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Said: open,
        0 "type" => r#type,
        1 "text" => text,
    }
    "#);
}

#[test]
fn a_discriminator_without_a_mapping() {
    insta::assert_snapshot!(answered("
        Event:
          oneOf: [{$ref: '#/components/schemas/chat_said'}, {$ref: '#/components/schemas/Left'}]
          discriminator: {propertyName: type}
        chat_said: {type: object, properties: {text: {type: string}}}
        Left: {type: object, properties: {id: {type: integer}}}
    "), @r#"
    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct ChatSaid {
        pub text: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        ChatSaid: open,
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

    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Left {
        pub id: Option<i64>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Left: open,
        0 "id" => id,
    }
    "#);
}

#[test]
fn alternatives_of_plain_values() {
    insta::assert_snapshot!(answered("
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
fn alternatives_of_objects() {
    insta::assert_snapshot!(answered("
        Pet: {type: object, properties: {which: {oneOf: [{$ref: '#/components/schemas/Cat'}, {type: object, properties: {barks: {type: boolean}}}]}}}
        Cat: {type: object, required: [meows], properties: {meows: {type: boolean}}}
    "), @r#"
    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Cat {
        pub meows: bool,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Cat: open,
        0 "meows" => meows: REQUIRED,
    }

    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Pet {
        pub which: Option<PetWhich>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open,
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

    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct PetWhichVariant2 {
        pub barks: Option<bool>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        PetWhichVariant2: open,
        0 "barks" => barks,
    }
    "#);
}

#[test]
fn a_list_of_types() {
    insta::assert_snapshot!(answered("
        Pet:
          type: object
          properties:
            id: {type: [integer, string]}
            field: {type: [string, boolean, array, 'null'], items: {type: string}}
    "), @r#"
    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Pet {
        pub id: Option<PetId>,
        pub field: Option<PetField>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open,
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
fn a_single_alternative_is_no_union() {
    insta::assert_snapshot!(answered("
        Pet: {type: object, properties: {cat: {oneOf: [{type: string, format: date-time}]}}}
    "), @r#"
    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Pet {
        pub cat: Option<Timestamp>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open,
        0 "cat" => cat,
    }
    "#);
}

/// Without a mapping, the value that a branch allows for the property is its tag.
#[test]
fn tags_that_the_branches_declare() {
    insta::assert_snapshot!(answered("
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

    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct EventSaid {
        pub kind: Option<EventSaidKind>,
        pub text: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        EventSaid: open,
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

    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Joined {
        pub kind: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Joined: open,
        0 "kind" => kind,
    }

    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Left {
        pub kind: Option<LeftKind>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Left: open,
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
fn alternatives_of_one_kind() {
    insta::assert_snapshot!(answered("
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
    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Holder {
        pub value: Option<ValueModel>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Holder: open,
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

    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct ValueModelVariant5Item {
        pub id: Option<i64>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        ValueModelVariant5Item: open,
        0 "id" => id,
    }
    "#);
}
