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

    clientwright_runtime::open_enum! {
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
        Err,
        Symbol,
        Größe,
        日本,
        A,
        Unknown(UnknownValue),
    }

    clientwright_runtime::open_enum! {
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
        "err" => Err,
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
    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Pet {
        pub kind: Option<PetKind>,
        pub mood: Option<Temper>,
        pub mixed: Option<Value>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open,
        0 "kind" => kind,
        1 "mood" => mood,
        2 "mixed" => mixed,
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

    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum Temper {
        Calm,
        Unknown(UnknownValue),
    }

    clientwright_runtime::open_enum! {
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
    #[derive(Clone, Default)]
    pub struct Move {
        pub kind: MoveKind,
        pub bare: Option<MoveBare>,
    }

    clientwright_runtime::model! {
        Move: closed,
        0 "kind" => kind: REQUIRED,
        1 "bare" => bare,
    }

    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum MoveKind {
        Move,
        Unknown(UnknownValue),
    }

    clientwright_runtime::open_enum! {
        MoveKind,
        "move" => Move,
    }

    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum MoveBare {
        X,
        Unknown(UnknownValue),
    }

    clientwright_runtime::open_enum! {
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
        pub keeper: Option<Owner>,
        pub vet: Option<Owner>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open,
        0 "owner" => keeper,
        1 "vet" => vet,
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
    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Base {
        pub id: i64,
        pub note: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Base: open,
        0 "id" => id: REQUIRED,
        1 "note" => note,
    }

    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Pet {
        pub id: i64,
        pub note: Option<i64>,
        pub name: String,
        pub own: Option<bool>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open,
        0 "id" => id: REQUIRED,
        1 "note" => note,
        2 "name" => name: REQUIRED,
        3 "own" => own,
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
    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Base {
        pub id: Option<i64>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Base: open,
        0 "id" => id,
    }

    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Holder {
        pub base: Option<Base>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Holder: open,
        0 "base" => base,
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
    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Pet {
        pub home: Option<PetHome2>,
        pub toys: Option<Vec<PetToysItem>>,
        pub tag: Option<Collar>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open,
        0 "home" => home,
        1 "toys" => toys,
        2 "tag" => tag,
    }

    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct PetHome2 {
        pub door: Option<PetHome2Door>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        PetHome2: open,
        0 "door" => door,
    }

    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Collar {
        pub id: Option<i64>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Collar: open,
        0 "id" => id,
    }

    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct PetToysItem {
        pub name: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        PetToysItem: open,
        0 "name" => name,
    }

    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct PetHome2Door {
        pub wide: Option<bool>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        PetHome2Door: open,
        0 "wide" => wide,
    }

    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct PetHome {
        pub taken: Option<bool>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        PetHome: open,
        0 "taken" => taken,
    }
    "#);
}

/// A member that only says more about the others makes no object of them.
#[test]
fn members_that_are_no_objects() {
    insta::assert_snapshot!(answered("
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

    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Pet {
        pub described: Option<Base>,
        pub narrowed: Option<PetNarrowed>,
        pub bounded: Option<i64>,
        pub chosen: Option<Base>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open,
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
fn a_member_that_only_annotates_a_property_leaves_its_type() {
    insta::assert_snapshot!(answered("
        Base: {type: object, required: [id], properties: {id: {type: integer}, name: {type: string}}}
        Pet:
          allOf: [{$ref: '#/components/schemas/Base'}]
          properties: {id: {description: Its number.}, name: {type: integer}}
    "), @r#"
    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Base {
        pub id: i64,
        pub name: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Base: open,
        0 "id" => id: REQUIRED,
        1 "name" => name,
    }

    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Pet {
        pub id: i64,
        pub name: Option<i64>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open,
        0 "id" => id: REQUIRED,
        1 "name" => name,
    }
    "#);
}

/// Branches beside properties add fields; none is required unless each branch says so.
#[test]
fn branches_beside_properties() {
    insta::assert_snapshot!(answered("
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
    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Either {
        pub x: Option<String>,
        pub y: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Either: open,
        0 "x" => x,
        1 "y" => y,
    }

    #[derive(Clone, Default)]
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

/// A schema that lists its own extensions is not made of them.
#[test]
fn a_base_that_lists_its_extensions() {
    insta::assert_snapshot!(answered("
        Pet:
          type: object
          properties: {kind: {type: string}}
          oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
        Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {claws: {type: integer}}}]}
        Dog: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {tricks: {type: integer}}}]}
    "), @r#"
    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Cat {
        pub kind: Option<String>,
        pub claws: Option<i64>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Cat: open,
        0 "kind" => kind,
        1 "claws" => claws,
    }

    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Dog {
        pub kind: Option<String>,
        pub tricks: Option<i64>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Dog: open,
        0 "kind" => kind,
        1 "tricks" => tricks,
    }

    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Pet {
        pub kind: Option<String>,
        pub claws: Option<i64>,
        pub tricks: Option<i64>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open,
        0 "kind" => kind,
        1 "claws" => claws,
        2 "tricks" => tricks,
    }
    "#);
}

#[test]
fn properties_by_pattern_make_a_map() {
    insta::assert_snapshot!(answered("
        Pet:
          type: object
          properties:
            one: {patternProperties: {'^x': {type: integer}}, additionalProperties: false}
            two: {type: object, patternProperties: {'^x': {type: integer}, '^y': {type: string}}}
    "), @r#"
    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Pet {
        pub one: Option<BTreeMap<String, i64>>,
        pub two: Option<Map<String, Value>>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open,
        0 "one" => one,
        1 "two" => two,
    }
    "#);
}

/// What callers build has room for more only where the description says so.
#[test]
fn properties_that_callers_may_add() {
    insta::assert_snapshot!(sent("
        Typed: {type: object, properties: {a: {type: string}}, additionalProperties: {type: integer}}
        Free: {type: object, properties: {a: {type: string}}, additionalProperties: true}
        Closed: {type: object, properties: {a: {type: string}}, additionalProperties: false}
        Silent: {type: object, properties: {a: {type: string}}}
    "), @r#"
    #[derive(Clone, Default)]
    pub struct Closed {
        pub a: Option<String>,
    }

    clientwright_runtime::model! {
        Closed: closed,
        0 "a" => a,
    }

    #[derive(Clone, Default)]
    pub struct Free {
        pub a: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Free: open,
        0 "a" => a,
    }

    #[derive(Clone, Default)]
    pub struct Silent {
        pub a: Option<String>,
    }

    clientwright_runtime::model! {
        Silent: closed,
        0 "a" => a,
    }

    #[derive(Clone, Default)]
    pub struct Typed {
        pub a: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Typed: open,
        0 "a" => a,
    }
    "#);
}

#[test]
fn values_that_disagree_with_the_type() {
    insta::assert_snapshot!(answered("
        Pet:
          type: object
          properties:
            unquoted: {type: string, enum: [1, true, 2.5, on]}
            numbers: {type: integer, enum: [1, 2, 2]}
            texts: {type: integer, enum: ['1', '2']}
            mixed: {enum: [1, a, null]}
            listed: {type: [string, integer], enum: [auto, 1]}
            nothing: {type: string, enum: [null]}
    "), @r#"
    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Pet {
        pub unquoted: Option<PetUnquoted>,
        pub numbers: Option<i64>,
        pub texts: Option<i64>,
        pub mixed: Option<Value>,
        pub listed: Option<PetListed>,
        pub nothing: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open,
        0 "unquoted" => unquoted,
        1 "numbers" => numbers,
        2 "texts" => texts,
        3 "mixed" => mixed,
        4 "listed" => listed,
        5 "nothing" => nothing,
    }

    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum PetUnquoted {
        N1,
        True,
        N25,
        On,
        Unknown(UnknownValue),
    }

    clientwright_runtime::open_enum! {
        PetUnquoted,
        "1" => N1,
        "true" => True,
        "2.5" => N25,
        "on" => On,
    }

    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum PetListed {
        Variant1(PetListedVariant1),
        Integer(i64),
        Unknown(Value),
    }

    clientwright_runtime::union! {
        PetListed,
        Variant1(PetListedVariant1),
        Integer(i64),
    }

    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum PetListedVariant1 {
        Auto,
        Unknown(UnknownValue),
    }

    clientwright_runtime::open_enum! {
        PetListedVariant1,
        "auto" => Auto,
    }
    "#);
}
