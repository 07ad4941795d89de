//! Enums, constants, references and merged objects.

use super::{answered, sent};

#[test]
fn an_enum_is_open() {
    insta::assert_snapshot!(answered("
        Status: {type: string, enum: [new, on-hold, solvedByAgent]}
    "), @r#"
    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum Status {
        New,
        OnHold,
        SolvedByAgent,
        Unknown(UnknownValue),
    }

    open_enum! {
        Status,
        "new" => New,
        "on-hold" => OnHold,
        "solvedByAgent" => SolvedByAgent,
    }
    "#);
}

#[test]
fn odd_values_of_an_enum() {
    insta::assert_snapshot!(answered(r#"
        Odd: {type: string, enum: ["", " ", "+", "-1", "1st", "a b", "A_b", unknown, Self, err, "\"", "größe", "日本", a, a]}
    "#), @r#"
    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum Odd {
        Empty,
        Space,
        Plus,
        Minus1,
        N1st,
        AB,
        AB2,
        Unknown2,
        Self_,
        Err2,
        Symbol,
        Größe,
        日本,
        A,
        Unknown(UnknownValue),
    }

    open_enum! {
        Odd,
        "" => Empty,
        " " => Space,
        "+" => Plus,
        "-1" => Minus1,
        "1st" => N1st,
        "a b" => AB,
        "A_b" => AB2,
        "unknown" => Unknown2,
        "Self" => Self_,
        "err" => Err2,
        "\"" => Symbol,
        "größe" => Größe,
        "日本" => 日本,
        "a" => A,
    }
    "#);
}

#[test]
fn enums_without_a_type_or_name() {
    insta::assert_snapshot!(answered("
        Pet:
          type: object
          properties:
            kind: {enum: [cat, dog]}
            mood: {type: string, enum: [calm], x-rust-name: Temper}
            mixed: {enum: [one, 2]}
    "), @r#"
    #[derive(Clone, Debug, Default, PartialEq)]
    #[non_exhaustive]
    pub struct Pet {
        pub kind: Option<PetKind>,
        pub mood: Option<Temper>,
        pub mixed: Option<Value>,
        pub extra: Extra,
    }

    model! {
        Pet: open, required(),
        "kind" => kind,
        "mood" => mood,
        "mixed" => mixed,
    }

    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum PetKind {
        Cat,
        Dog,
        Unknown(UnknownValue),
    }

    open_enum! {
        PetKind,
        "cat" => Cat,
        "dog" => Dog,
    }

    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum Temper {
        Calm,
        Unknown(UnknownValue),
    }

    open_enum! {
        Temper,
        "calm" => Calm,
    }
    "#);
}

#[test]
fn a_constant_is_an_enum_of_one_value() {
    insta::assert_snapshot!(sent("
        Move: {type: object, required: [kind], properties: {kind: {type: string, const: move}, bare: {const: x}}}
    "), @r#"
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct Move {
        pub kind: MoveKind,
        pub bare: Option<MoveBare>,
    }

    model! {
        Move: closed, required("kind"),
        "kind" => kind,
        "bare" => bare,
    }

    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum MoveKind {
        Move,
        Unknown(UnknownValue),
    }

    open_enum! {
        MoveKind,
        "move" => Move,
    }

    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum MoveBare {
        X,
        Unknown(UnknownValue),
    }

    open_enum! {
        MoveBare,
        "x" => X,
    }
    "#);
}

#[test]
fn a_reference_with_siblings() {
    insta::assert_snapshot!(answered("
        Pet:
          type: object
          properties:
            owner: {$ref: '#/components/schemas/Owner', description: Who feeds it., x-rust-name: keeper}
            vet: {$ref: '#/components/schemas/Owner', nullable: true}
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
        pub keeper: Option<Owner>,
        pub vet: Option<Owner>,
        pub extra: Extra,
    }

    model! {
        Pet: open, required(),
        "owner" => keeper,
        "vet" => vet,
    }
    "#);
}

#[test]
fn all_of_merges() {
    insta::assert_snapshot!(answered("
        Base: {type: object, required: [id], properties: {id: {type: integer}, note: {type: string}}}
        Pet:
          required: [name]
          allOf:
            - {$ref: '#/components/schemas/Base'}
            - {type: object, properties: {name: {type: string}, note: {type: integer}}}
          properties:
            own: {type: boolean}
    "), @r#"
    #[derive(Clone, Debug, Default, PartialEq)]
    #[non_exhaustive]
    pub struct Base {
        pub id: i64,
        pub note: Option<String>,
        pub extra: Extra,
    }

    model! {
        Base: open, required("id"),
        "id" => id,
        "note" => note,
    }

    #[derive(Clone, Debug, Default, PartialEq)]
    #[non_exhaustive]
    pub struct Pet {
        pub id: i64,
        pub note: Option<i64>,
        pub name: String,
        pub own: Option<bool>,
        pub extra: Extra,
    }

    model! {
        Pet: open, required("id", "name"),
        "id" => id,
        "note" => note,
        "name" => name,
        "own" => own,
    }
    "#);
}

#[test]
fn all_of_one_reference_is_that_type() {
    insta::assert_snapshot!(answered("
        Base: {type: object, properties: {id: {type: integer}}}
        Same: {allOf: [{$ref: '#/components/schemas/Base'}]}
        Holder: {type: object, properties: {base: {allOf: [{$ref: '#/components/schemas/Base'}]}}}
    "), @r#"
    #[derive(Clone, Debug, Default, PartialEq)]
    #[non_exhaustive]
    pub struct Base {
        pub id: Option<i64>,
        pub extra: Extra,
    }

    model! {
        Base: open, required(),
        "id" => id,
    }

    #[derive(Clone, Debug, Default, PartialEq)]
    #[non_exhaustive]
    pub struct Holder {
        pub base: Option<Base>,
        pub extra: Extra,
    }

    model! {
        Holder: open, required(),
        "base" => base,
    }

    pub type Same = Base;
    "#);
}

#[test]
fn objects_inside_are_called_after_where_they_stand() {
    insta::assert_snapshot!(answered("
        Pet:
          type: object
          properties:
            home: {type: object, properties: {door: {type: object, properties: {wide: {type: boolean}}}}}
            toys: {type: array, items: {type: object, properties: {name: {type: string}}}}
            tag: {type: object, x-rust-name: Collar, properties: {id: {type: integer}}}
        PetHome: {type: object, properties: {taken: {type: boolean}}}
    "), @r#"
    #[derive(Clone, Debug, Default, PartialEq)]
    #[non_exhaustive]
    pub struct Pet {
        pub home: Option<PetHome2>,
        pub toys: Option<Vec<PetToysItem>>,
        pub tag: Option<Collar>,
        pub extra: Extra,
    }

    model! {
        Pet: open, required(),
        "home" => home,
        "toys" => toys,
        "tag" => tag,
    }

    #[derive(Clone, Debug, Default, PartialEq)]
    #[non_exhaustive]
    pub struct PetHome2 {
        pub door: Option<PetHome2Door>,
        pub extra: Extra,
    }

    model! {
        PetHome2: open, required(),
        "door" => door,
    }

    #[derive(Clone, Debug, Default, PartialEq)]
    #[non_exhaustive]
    pub struct Collar {
        pub id: Option<i64>,
        pub extra: Extra,
    }

    model! {
        Collar: open, required(),
        "id" => id,
    }

    #[derive(Clone, Debug, Default, PartialEq)]
    #[non_exhaustive]
    pub struct PetToysItem {
        pub name: Option<String>,
        pub extra: Extra,
    }

    model! {
        PetToysItem: open, required(),
        "name" => name,
    }

    #[derive(Clone, Debug, Default, PartialEq)]
    #[non_exhaustive]
    pub struct PetHome2Door {
        pub wide: Option<bool>,
        pub extra: Extra,
    }

    model! {
        PetHome2Door: open, required(),
        "wide" => wide,
    }

    #[derive(Clone, Debug, Default, PartialEq)]
    #[non_exhaustive]
    pub struct PetHome {
        pub taken: Option<bool>,
        pub extra: Extra,
    }

    model! {
        PetHome: open, required(),
        "taken" => taken,
    }
    "#);
}
