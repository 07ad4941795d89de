//! Enums and constants of numbers, booleans and other values, and branches that are constants.

use super::{Usage, described, emitted, generate, received, received_in_3_0, sent};

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

    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
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

    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
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
#[allow(clippy::too_many_lines, reason = "most of it is the expected output")]
fn branches_that_are_constants_are_one_enum_with_names_and_docs() {
    let description = described("3.1.0", Usage::Response, "
        Paint:
          type: object
          properties:
            color: {type: string, oneOf: [{title: Red, const: r, description: A warm color.}, {const: g}, {title: 7 blue, const: b}]}
            severity: {oneOf: [{title: HIGH, const: 2}, {title: LOW, const: 0}]}
            status: {anyOf: [{const: available}, {type: 'null'}, {const: sold}]}
            maybe: {anyOf: [{const: 1}, {const: null}]}
            inside: {allOf: [{oneOf: [{const: 1, title: One}, {const: 2, title: Two}]}]}
            typed: {oneOf: [{type: string, const: a}, {type: string, const: b}]}
            mixed: {oneOf: [{const: 1}, {const: auto}]}
    ");
    insta::assert_snapshot!(emitted("models/", &generate(&description), true), @r#"
    /// The schema `Paint`.
    ///
    /// Source: `#/components/schemas/Paint`
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Paint {
        /// The property `color`.
        pub color: Option<PaintColor>,
        /// The property `severity`.
        pub severity: Option<PaintSeverity>,
        /// The property `status`.
        pub status: Option<PaintStatus>,
        /// The property `maybe`.
        pub maybe: Option<PaintMaybe>,
        /// The property `inside`.
        pub inside: Option<PaintInside>,
        /// The property `typed`.
        pub typed: Option<PaintTyped>,
        /// The property `mixed`.
        pub mixed: Option<PaintMixed>,
        /// Undeclared properties that the server sent.
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Paint: open default,
        0 "color" => color,
        1 "severity" => severity,
        2 "status" => status,
        3 "maybe" => maybe,
        4 "inside" => inside,
        5 "typed" => typed,
        6 "mixed" => mixed,
    }

    /// The type of the property `color`.
    ///
    /// Source: `#/components/schemas/Paint/properties/color`
    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum PaintColor {
        /// A warm color.
        ///
        /// `r`
        Red,
        /// `g`
        G,
        /// `b`
        B,
        /// A value that the description doesn't list.
        Unknown(UnknownValue),
    }

    clientwright_runtime::open_enum! {
        PaintColor,
        "r" => Red,
        "g" => G,
        "b" => B,
    }

    /// The type of the property `severity`.
    ///
    /// Source: `#/components/schemas/Paint/properties/severity`
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum PaintSeverity {
        /// `2`
        High,
        /// `0`
        Low,
        /// A value that the description doesn't list.
        Unknown(UnknownValue<i64>),
    }

    clientwright_runtime::value_enum! {
        PaintSeverity: i64,
        2 => High,
        0 => Low,
    }

    /// The type of the property `status`.
    ///
    /// Source: `#/components/schemas/Paint/properties/status`
    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum PaintStatus {
        /// `available`
        Available,
        /// `sold`
        Sold,
        /// A value that the description doesn't list.
        Unknown(UnknownValue),
    }

    clientwright_runtime::open_enum! {
        PaintStatus,
        "available" => Available,
        "sold" => Sold,
    }

    /// The type of the property `maybe`.
    ///
    /// Source: `#/components/schemas/Paint/properties/maybe`
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum PaintMaybe {
        /// `1`
        N1,
        /// A value that the description doesn't list.
        Unknown(UnknownValue<i64>),
    }

    clientwright_runtime::value_enum! {
        PaintMaybe: i64,
        1 => N1,
    }

    /// The type of the property `inside`.
    ///
    /// Source: `#/components/schemas/Paint/properties/inside`
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum PaintInside {
        /// `1`
        One,
        /// `2`
        Two,
        /// A value that the description doesn't list.
        Unknown(UnknownValue<i64>),
    }

    clientwright_runtime::value_enum! {
        PaintInside: i64,
        1 => One,
        2 => Two,
    }

    /// The type of the property `typed`.
    ///
    /// Source: `#/components/schemas/Paint/properties/typed`
    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum PaintTyped {
        /// `a`
        A,
        /// `b`
        B,
        /// A value that the description doesn't list.
        Unknown(UnknownValue),
    }

    clientwright_runtime::open_enum! {
        PaintTyped,
        "a" => A,
        "b" => B,
    }

    /// The type of the property `mixed`.
    ///
    /// Source: `#/components/schemas/Paint/properties/mixed`
    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum PaintMixed {
        /// `1`
        N1,
        /// `"auto"`
        Auto,
        /// A value that the description doesn't list.
        Unknown(UnknownValue<Value>),
    }

    clientwright_runtime::value_enum! {
        PaintMixed: Value,
        "1" => N1,
        "\"auto\"" => Auto,
    }
    "#);
}

#[test]
fn branches_that_are_not_all_constants_stay_a_union() {
    insta::assert_snapshot!(received("
        Port: {oneOf: [{const: auto}, {type: integer}]}
        Name: {anyOf: [{type: string}, {const: admin}]}
    "), @r#"
    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum Name {
        String(String),
        Admin(NameAdmin),
        Unknown(Value),
    }

    clientwright_runtime::union! {
        Name,
        String(String),
        Admin(NameAdmin),
    }

    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum NameAdmin {
        Admin,
        Unknown(UnknownValue),
    }

    clientwright_runtime::open_enum! {
        NameAdmin,
        "admin" => Admin,
    }

    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum Port {
        Auto(PortAuto),
        Integer(i64),
        Unknown(Value),
    }

    clientwright_runtime::union! {
        Port,
        Auto(PortAuto),
        Integer(i64),
    }

    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum PortAuto {
        Auto,
        Unknown(UnknownValue),
    }

    clientwright_runtime::open_enum! {
        PortAuto,
        "auto" => Auto,
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
