//! Enums and constants of numbers, booleans and other values.

use super::{assert_has, received, received_in_3_0, sent};

#[test]
fn an_enum_of_integers_has_a_variant_for_each() {
    insta::assert_snapshot!(received("
        Task:
          type: object
          properties:
            priority: {type: integer, enum: [1, 2, -1, 2]}
            size: {enum: [18446744073709551615, 1]}
            level: {type: integer, enum: [1, 2, null], x-enum-varnames: [Low, High, None]}
    "), @r#"
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Task {
        pub priority: Option<TaskPriority>,
        pub size: Option<TaskSize>,
        pub level: Option<TaskLevel>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Task: open default,
        0 "priority" => priority,
        1 "size" => size,
        2 "level" => level,
    }

    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum TaskPriority {
        N1,
        N2,
        Minus1,
        Unknown(UnknownValue<i64>),
    }

    clientwright_runtime::value_enum! {
        TaskPriority: i64,
        1 => N1,
        2 => N2,
        -1 => Minus1,
    }

    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum TaskSize {
        N18446744073709551615,
        N1,
        Unknown(UnknownValue<u64>),
    }

    clientwright_runtime::value_enum! {
        TaskSize: u64,
        18446744073709551615 => N18446744073709551615,
        1 => N1,
    }

    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum TaskLevel {
        Low,
        High,
        Unknown(UnknownValue<i64>),
    }

    clientwright_runtime::value_enum! {
        TaskLevel: i64,
        1 => Low,
        2 => High,
    }
    "#);
}

#[test]
fn an_enum_of_other_values_has_a_variant_for_each() {
    insta::assert_snapshot!(received("
        Task:
          type: object
          properties:
            ratio: {type: number, enum: [0.5, 1, -2.25, 25]}
            done: {type: boolean, enum: [true]}
            any: {type: boolean, enum: [true, false]}
            mixed: {enum: [1, a, null, true, [1], {a: 1}]}
            listed: {type: [string, integer, 'null'], enum: [auto, 1, null]}
            nothing: {const: null}
    "), @r#"
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Task {
        pub ratio: Option<TaskRatio>,
        pub done: Option<TaskDone>,
        pub any: Option<bool>,
        pub mixed: Option<TaskMixed>,
        pub listed: Option<TaskListed>,
        pub nothing: Option<Null>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Task: open default,
        0 "ratio" => ratio,
        1 "done" => done,
        2 "any" => any,
        3 "mixed" => mixed,
        4 "listed" => listed,
        5 "nothing" => nothing,
    }

    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum TaskRatio {
        N0_5,
        N1,
        Minus2_25,
        N25,
        Unknown(UnknownValue<Number>),
    }

    clientwright_runtime::value_enum! {
        TaskRatio: Number,
        "0.5" => N0_5,
        "1" => N1,
        "-2.25" => Minus2_25,
        "25" => N25,
    }

    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum TaskDone {
        True,
        Unknown(UnknownValue<bool>),
    }

    clientwright_runtime::value_enum! {
        TaskDone: bool,
        true => True,
    }

    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum TaskMixed {
        N1,
        A,
        True,
        Array,
        Object,
        Unknown(UnknownValue<Value>),
    }

    clientwright_runtime::value_enum! {
        TaskMixed: Value,
        "1" => N1,
        "\"a\"" => A,
        "true" => True,
        "[1]" => Array,
        "{\"a\":1}" => Object,
    }

    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum TaskListed {
        Auto,
        N1,
        Unknown(UnknownValue<Value>),
    }

    clientwright_runtime::value_enum! {
        TaskListed: Value,
        "\"auto\"" => Auto,
        "1" => N1,
    }
    "#);
}

#[test]
#[allow(clippy::too_many_lines, reason = "most of it is the expected output")]
fn callers_do_not_give_constants() {
    insta::assert_snapshot!(sent("
        Job:
          type: object
          required: [version, kind, final, at, also, options]
          properties:
            version: {type: integer, const: 7}
            kind: {const: job}
            final: {type: boolean, const: false}
            also: {$ref: '#/components/schemas/Also'}
            options: {$ref: '#/components/schemas/Options'}
            at: {type: string, format: date-time}
        Options: {type: object, required: [version], properties: {version: {enum: [7]}}}
        Also: {$ref: '#/components/schemas/Ratio'}
        Ratio: {const: 1.5}
    "), @r#"
    pub type Also = Ratio;

    #[derive(Clone)]
    pub struct Job {
        pub version: JobVersion,
        pub kind: JobKind,
        pub r#final: JobFinal,
        pub also: Also,
        pub options: Options,
        pub at: Timestamp,
    }

    clientwright_runtime::model! {
        Job: closed,
        0 "version" => version: REQUIRED,
        1 "kind" => kind: REQUIRED,
        2 "final" => r#final: REQUIRED,
        3 "also" => also: REQUIRED,
        4 "options" => options: REQUIRED,
        5 "at" => at: REQUIRED,
    }

    impl Job {
        #[must_use]
        #[inline]
        pub fn new(options: Options, at: impl Into<Timestamp>) -> Self {
            Self {
                options,
                at: at.into(),
                ..clientwright_runtime::wire::Decode::blank()
            }
        }
    }

    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum JobVersion {
        N7,
        Unknown(UnknownValue<i64>),
    }

    clientwright_runtime::value_enum! {
        JobVersion: i64,
        7 => N7,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub enum JobKind {
        Job,
        Unknown(UnknownValue),
    }

    clientwright_runtime::open_enum! {
        JobKind,
        "job" => Job,
    }

    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum JobFinal {
        False,
        Unknown(UnknownValue<bool>),
    }

    clientwright_runtime::value_enum! {
        JobFinal: bool,
        false => False,
    }

    #[derive(Clone)]
    pub struct Options {
        pub version: OptionsVersion,
    }

    clientwright_runtime::model! {
        Options: closed default,
        0 "version" => version: REQUIRED,
    }

    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum OptionsVersion {
        N7,
        Unknown(UnknownValue<i64>),
    }

    clientwright_runtime::value_enum! {
        OptionsVersion: i64,
        7 => N7,
    }

    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum Ratio {
        N1_5,
        Unknown(UnknownValue<Number>),
    }

    clientwright_runtime::value_enum! {
        Ratio: Number,
        "1.5" => N1_5,
    }
    "#);
}

#[test]
fn an_enum_of_one_value_in_3_0_is_a_constant() {
    insta::assert_snapshot!(received_in_3_0("
        Job:
          type: object
          required: [version]
          properties:
            version: {type: integer, enum: [1]}
            state: {type: string, nullable: true, enum: [on, null]}
            level: {type: integer, nullable: true, enum: [1, 2]}
    "), @r#"
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Job {
        pub version: JobVersion,
        pub state: Option<JobState>,
        pub level: Option<JobLevel>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Job: open default,
        0 "version" => version: REQUIRED,
        1 "state" => state,
        2 "level" => level,
    }

    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum JobVersion {
        N1,
        Unknown(UnknownValue<i64>),
    }

    clientwright_runtime::value_enum! {
        JobVersion: i64,
        1 => N1,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub enum JobState {
        On,
        Unknown(UnknownValue),
    }

    clientwright_runtime::open_enum! {
        JobState,
        "on" => On,
    }

    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum JobLevel {
        N1,
        N2,
        Unknown(UnknownValue<i64>),
    }

    clientwright_runtime::value_enum! {
        JobLevel: i64,
        1 => N1,
        2 => N2,
    }
    "#);
}

#[test]
fn numbers_beyond_64_bits_with_a_sign_have_types_that_hold_them() {
    insta::assert_snapshot!(received("
        File:
          type: object
          required: [price]
          properties:
            size: {type: integer, format: uint64}
            blocks: {type: integer, minimum: 0, maximum: 18446744073709551615}
            count: {type: integer, minimum: 0, maximum: 4294967295}
            below: {type: integer, exclusiveMinimum: 0, exclusiveMaximum: 18446744073709551615}
            key: {type: integer, maximum: 1e30}
            hash: {type: integer, format: uint128}
            price: {type: number, format: decimal}
            rate: {type: number, format: decimal128}
            small: {type: integer, format: uint8}
            either: {type: [integer, string], minimum: 0, maximum: 18446744073709551615}
    "), @r#"
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct File {
        pub size: Option<u64>,
        pub blocks: Option<u64>,
        pub count: Option<i64>,
        pub below: Option<u64>,
        pub key: Option<Number>,
        pub hash: Option<Number>,
        pub price: Number,
        pub rate: Option<Number>,
        pub small: Option<i64>,
        pub either: Option<FileEither>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        File: open default,
        0 "size" => size,
        1 "blocks" => blocks,
        2 "count" => count,
        3 "below" => below,
        4 "key" => key,
        5 "hash" => hash,
        6 "price" => price: REQUIRED,
        7 "rate" => rate,
        8 "small" => small,
        9 "either" => either,
    }

    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum FileEither {
        Integer(u64),
        String(String),
        Unknown(Value),
    }

    clientwright_runtime::union! {
        FileEither,
        Integer(u64),
        String(String),
    }
    "#);
}

/// JSON Schema Validation 6.1.2: the values of `enum` are the valid ones. Both booleans are all values of `boolean`.
#[test]
fn both_booleans_are_a_bool_whether_or_not_the_type_is_declared() {
    let code = received(
        "
        Flags:
          type: object
          properties:
            plain: {enum: [true, false]}
            null_too: {enum: [false, true, null]}
            list: {type: array, items: {enum: [true, false]}}
            constants: {oneOf: [{const: true}, {const: false}]}
            member: {allOf: [{enum: [true, false]}, {description: A flag.}]}
            types: {type: [boolean, string], enum: [true, false]}
            either: {oneOf: [{enum: [true, false]}, {type: integer}]}
            object:
              oneOf:
                - {type: object, required: [k], properties: {k: {enum: [true, false]}, a: {type: string}}}
                - {type: object, required: [k], properties: {k: {type: string}, b: {type: string}}}
        Joined:
          type: object
          properties: {z: {type: string}}
          anyOf:
            - {properties: {k: {const: true}}}
            - {properties: {k: {const: false}}}
          oneOf:
            - {properties: {k: {const: true}}}
            - {properties: {k: {type: boolean}}}
    ",
    );
    assert_has(
        &code,
        &[
            "pub plain: Option<bool>, pub null_too: Option<bool>, pub list: Option<Vec<bool>>, pub constants: Option<bool>, pub member: Option<bool>, pub types: Option<bool>,",
            "Enum(bool), Integer(i64),",
            "pub struct FlagsObjectWithA { pub k: bool,",
            "pub struct FlagsObjectWithB { pub k: String,",
        ],
    );
}

#[test]
fn both_booleans_with_names_are_an_enum() {
    let code = received(
        "
        Switch: {oneOf: [{const: true, title: On}, {const: false, title: Off}]}
        Typed: {type: boolean, oneOf: [{const: true, title: On}, {const: false, title: Off}, {type: 'null'}]}
        Named: {type: boolean, enum: [false, true], x-enum-varnames: [No, Yes]}
    ",
    );
    assert_has(
        &code,
        &[
            "pub enum Switch { On, Off, Unknown(UnknownValue<bool>), }",
            "Switch: bool, true => On, false => Off,",
            "pub enum Typed { On, Off, Unknown(UnknownValue<bool>), }",
            "Named: bool, false => No, true => Yes,",
        ],
    );
}

#[test]
fn a_query_parameter_of_both_booleans_is_a_bool() {
    let code = super::endpoints(
        "/a: {get: {parameters: [{name: q, in: query, schema: {enum: [true, false]}}], responses: {'204': {description: Done.}}}}\n",
    );
    assert_has(&code, &["pub fn q(self, q: bool)"]);
}
