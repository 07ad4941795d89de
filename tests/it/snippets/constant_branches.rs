//! Branches of `oneOf` and `anyOf` that are constants.

use super::{Usage, assert_has, described, emitted, generate, received};

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
    #[derive(Clone)]
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
    #[derive(Clone)]
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
    #[derive(Clone)]
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

    #[derive(Clone)]
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

    #[derive(Clone)]
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
fn a_branch_with_several_values_or_other_keywords_is_no_constant() {
    let several = received("Either: {oneOf: [{enum: [a, b]}, {const: c}]}\n");
    assert_has(&several, &["\"a\" => A, \"b\" => B,", "\"c\" => C,"]);
    let other =
        received("Short: {oneOf: [{const: a}, {type: string, enum: [b], allOf: [{maxLength: 3}]}]}\n");
    assert_has(&other, &["\"a\" => A,", "\"b\" => B,"]);
}

#[test]
fn constant_branches_are_nullable_if_one_of_them_is() {
    let code = received(
        "
        Note:
          type: object
          required: [plain, listed]
          properties:
            plain: {oneOf: [{const: a}, {const: b}]}
            listed: {oneOf: [{const: a}, {enum: [b, null]}]}
    ",
    );
    assert_has(&code, &["pub plain: NotePlain, pub listed: Option<NoteListed>,"]);
}

#[test]
fn constant_branches_have_the_type_that_all_of_them_declare() {
    let code = received(
        "
        Level: {oneOf: [{type: number, const: 1}, {type: number, const: 2}]}
        Count: {oneOf: [{type: integer, const: 1}, {const: 2}]}
        Mixed: {oneOf: [{type: string, const: a}, {type: integer, const: 1}]}
    ",
    );
    assert_has(&code, &["Level: Number,", "Count: i64,", "Mixed: Value,"]);
}
