//! Bounds, constants and defaults: what they say of the type.

use super::{Usage, assert_has, described, document, emitted, generate, received};

/// Checks the type of an integer with these bounds.
#[track_caller]
fn check(version: &str, bounds: &str, ty: &str) {
    let schema = format!("A: {{type: object, properties: {{n: {{type: integer, {bounds}}}}}}}\n");
    let path = "/x: {get: {responses: {'204': {description: Done.}}}}";
    let code = emitted("models/", &generate(&document(version, path, &schema)), false);
    assert!(code.contains(&format!("pub n: Option<{ty}>,")), "{bounds}\n{code}");
}

/// JSON Schema has integers of any size. A type of 64 bits must hold all valid ones.
#[test]
fn the_bounds_of_an_integer_choose_its_type() {
    for (bounds, ty) in [
        ("minimum: 0, maximum: 18446744073709551615", "u64"),
        ("minimum: 0, maximum: 9223372036854775808", "u64"),
        ("minimum: 0, exclusiveMaximum: 18446744073709551616", "u64"),
        ("exclusiveMinimum: 0, maximum: 18446744073709551615", "u64"),
        ("minimum: 0, maximum: 1.8446744073709552e19", "u64"),
        ("minimum: 0, maximum: 9223372036854775807", "i64"),
        ("minimum: 0", "i64"),
        ("minimum: -1, maximum: 18446744073709551615", "i64"),
        ("minimum: -1e3", "i64"),
        ("minimum: -9223372036854775808", "i64"),
        ("exclusiveMinimum: -9223372036854775809", "i64"),
        ("minimum: -9.223372036854775808e18", "i64"),
        ("minimum: -1e19", "Number"),
        ("minimum: -9223372036854775809", "Number"),
        ("minimum: 0, maximum: 18446744073709551616", "Number"),
        ("maximum: 2e19", "Number"),
        ("maximum: 10000000000000000000000", "Number"),
        ("minimum: 0x10", "i64"),
    ] {
        check("3.1.0", bounds, ty);
    }
    // The flag of 3.0.
    check("3.0.3", "minimum: 0, maximum: 18446744073709551616, exclusiveMaximum: true", "u64");
    check("3.0.3", "minimum: 0, maximum: 18446744073709551616, exclusiveMaximum: false", "Number");
    let number = received("A: {type: object, properties: {n: {type: number, minimum: 0, maximum: 1e19}}}\n");
    assert_has(&number, &["pub n: Option<f64>,"]);
}

#[test]
fn a_small_maximum_that_is_written_as_a_float_needs_no_unsigned_type() {
    for maximum in ["100.0", "0.0", "1e3", "2.5"] {
        check("3.1.0", &format!("minimum: 0, maximum: {maximum}"), "i64");
    }
}

#[test]
fn the_default_of_an_integer_is_an_integer() {
    let description = described(
        "3.1.0",
        Usage::Response,
        "A: {type: object, properties: {n: {type: integer, default: 10.0}, far: {type: integer, default: 9007199254740993.0}, x: {type: number, default: 2.5}}}\n",
    );
    let docs = emitted("models/", &generate(&description), true);
    for line in ["/// Default: `10`.", "/// Default: `9007199254740993`.", "/// Default: `2.5`."] {
        assert!(docs.contains(line), "{line}: {docs}");
    }
}

/// JSON Schema 2020-12, 6.1.2: the values of `enum` are all valid ones.
#[test]
fn both_booleans_are_a_boolean() {
    let code = received(
        "
        A: {type: object, properties: {both: {enum: [true, false]}, one: {enum: [true]}, more: {enum: [true, false, auto]}}}
    ",
    );
    assert_has(&code, &["pub both: Option<bool>, pub one: Option<AOne>, pub more: Option<AMore>,"]);
    let description =
        described("3.1.0", Usage::Response, "More: {enum: [true, false, auto]}\nOne: {enum: [true]}\n");
    assert_eq!(generate(&description).warnings, []);
}

/// JSON Schema 2020-12, 6.1.2 and 10.3.2.1: `properties` applies only to objects, and the values are none.
#[test]
fn listed_values_decide_the_type_beside_properties() {
    let code = received(
        "
        A:
          type: object
          properties:
            letter: {enum: [a, b], properties: {k: {type: string}}}
            flag: {enum: [true, false], properties: {k: {type: string}}}
    ",
    );
    assert_has(&code, &["pub letter: Option<ALetter>, pub flag: Option<bool>,", "pub enum ALetter { A, B,"]);
}

#[test]
fn a_text_that_lists_strings_is_a_text() {
    let path = "/x: {get: {responses: {'200': {description: Fine., content: {text/plain: {schema: {enum: [alpha, beta]}}}}}}}";
    let output = generate(&document("3.1.0", path, "{}"));
    assert!(output.api.skipped.is_empty(), "{:?}", output.api.skipped);
}

#[test]
fn the_names_of_values_stay_beside_them_without_null() {
    let code = received("Level: {enum: [a, null, b], x-enum-varnames: [First, Nothing, Second]}\n");
    assert_has(&code, &[r#""a" => First, "b" => Second,"#]);
}

/// OpenAPI 3.1.1, 4.8.24: keywords beside `$ref` apply, too.
#[test]
fn keywords_beside_a_reference_apply() {
    let code = received(
        "
        Base: {type: object, properties: {id: {type: integer}}}
        Heir: {$ref: '#/components/schemas/Base', properties: {name: {type: string}}}
        Third: {$ref: '#/components/schemas/Base', allOf: [{type: object, properties: {size: {type: integer}}}]}
        User: {type: object, required: [a], properties: {a: {$ref: '#/components/schemas/Base', nullable: true}}}
    ",
    );
    assert_has(
        &code,
        &[
            "pub struct Heir { pub id: Option<i64>, pub name: Option<String>, pub extra: Extra, }",
            "pub struct Third { pub id: Option<i64>, pub size: Option<i64>, pub extra: Extra, }",
        ],
    );
}
