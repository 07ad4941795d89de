//! Enums and constants.

use super::{received, sent};

#[test]
fn an_enum_is_open() {
    insta::assert_snapshot!(received("
        Status: {type: string, enum: [new, on-hold, solvedByAgent]}
    "), @r#"
    #[derive(Clone)]
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
fn unusual_enum_values_become_variant_names() {
    insta::assert_snapshot!(received(r#"
        Odd: {type: string, enum: ["", " ", "+", "-1", "1st", "a b", "A_b", unknown, Self, err, "\"", "größe", "日本", a, a]}
    "#), @r#"
    #[derive(Clone)]
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
fn an_inline_enum_is_named_after_its_property() {
    insta::assert_snapshot!(received("
        Pet:
          type: object
          properties:
            kind: {enum: [cat, dog]}
            mood: {type: string, enum: [calm], x-rust-name: Temper}
            mixed: {enum: [one, 2]}
    "), @r#"
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Pet {
        pub kind: Option<PetKind>,
        pub mood: Option<Temper>,
        pub mixed: Option<PetMixed>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open default,
        0 "kind" => kind,
        1 "mood" => mood,
        2 "mixed" => mixed,
    }

    #[derive(Clone)]
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

    #[derive(Clone)]
    #[non_exhaustive]
    pub enum Temper {
        Calm,
        Unknown(UnknownValue),
    }

    clientwright_runtime::open_enum! {
        Temper,
        "calm" => Calm,
    }

    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum PetMixed {
        One,
        N2,
        Unknown(UnknownValue<Value>),
    }

    clientwright_runtime::value_enum! {
        PetMixed: Value,
        "\"one\"" => One,
        "2" => N2,
    }
    "#);
}

#[test]
fn a_constant_is_an_enum_of_one_value() {
    insta::assert_snapshot!(sent("
        Move: {type: object, required: [kind], properties: {kind: {type: string, const: move}, bare: {const: x}}}
    "), @r#"
    #[derive(Clone)]
    pub struct Move {
        pub kind: MoveKind,
        pub bare: Option<MoveBare>,
    }

    clientwright_runtime::model! {
        Move: closed default,
        0 "kind" => kind: REQUIRED,
        1 "bare" => bare,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub enum MoveKind {
        Move,
        Unknown(UnknownValue),
    }

    clientwright_runtime::open_enum! {
        MoveKind,
        "move" => Move,
    }

    #[derive(Clone)]
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
fn enum_values_that_contradict_the_type_are_tolerated() {
    insta::assert_snapshot!(received("
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
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Pet {
        pub unquoted: Option<PetUnquoted>,
        pub numbers: Option<PetNumbers>,
        pub texts: Option<PetTexts>,
        pub mixed: Option<PetMixed>,
        pub listed: Option<PetListed>,
        pub nothing: Option<Null>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open default,
        0 "unquoted" => unquoted,
        1 "numbers" => numbers,
        2 "texts" => texts: LENIENT,
        3 "mixed" => mixed,
        4 "listed" => listed,
        5 "nothing" => nothing,
    }

    #[derive(Clone)]
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

    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum PetNumbers {
        N1,
        N2,
        Unknown(UnknownValue<i64>),
    }

    clientwright_runtime::value_enum! {
        PetNumbers: i64,
        1 => N1,
        2 => N2,
    }

    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum PetTexts {
        N1,
        N2,
        Unknown(UnknownValue<i64>),
    }

    clientwright_runtime::value_enum! {
        PetTexts: i64,
        1 => N1,
        2 => N2,
    }

    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum PetMixed {
        N1,
        A,
        Unknown(UnknownValue<Value>),
    }

    clientwright_runtime::value_enum! {
        PetMixed: Value,
        "1" => N1,
        "\"a\"" => A,
    }

    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum PetListed {
        Auto,
        N1,
        Unknown(UnknownValue<Value>),
    }

    clientwright_runtime::value_enum! {
        PetListed: Value,
        "\"auto\"" => Auto,
        "1" => N1,
    }
    "#);
}

#[test]
fn listed_values_of_each_type_are_read() {
    let code = received(
        "
        Pet:
          type: object
          properties:
            sizes: {type: number, enum: [1, 2.5, 2.5e30]}
            whole: {type: number, enum: [1, 2]}
            tags: {type: array, items: {type: string}, enum: [[a], [b]]}
            flag: {enum: [true, false]}
            named: {enum: [true, false], x-enum-varnames: [Indoor, Outdoor]}
            big: {type: integer, enum: [1, 18446744073709551615]}
            color: {type: string, enum: [COLOR_RED, COLOR_BLUE], x-rust-name: Color}
            one: {type: string, enum: [SIZE_BIG], x-rust-name: Size}
    ",
    );
    let is_variant =
        |line: &str| line.split_once(" => ").is_some_and(|(_, name)| name.starts_with(char::is_uppercase));
    let is_value =
        |line: &&str| is_variant(line) || line.contains(": Option<") || line.ends_with(": Number,");
    let lines: Vec<_> = code.lines().filter(is_value).map(str::trim).collect();
    insta::assert_snapshot!(lines.join("\n"), @r#"
    pub sizes: Option<PetSizes>,
    pub whole: Option<PetWhole>,
    pub tags: Option<Vec<String>>,
    pub flag: Option<bool>,
    pub named: Option<PetNamed>,
    pub big: Option<PetBig>,
    pub color: Option<Color>,
    pub one: Option<Size>,
    PetSizes: Number,
    "1" => N1,
    "2.5" => N2_5,
    "2.5e+30" => N25e30,
    PetWhole: Number,
    "1" => N1,
    "2" => N2,
    true => Indoor,
    false => Outdoor,
    1 => N1,
    18446744073709551615 => N18446744073709551615,
    "COLOR_RED" => Red,
    "COLOR_BLUE" => Blue,
    "SIZE_BIG" => SizeBig,
    "#);
}
