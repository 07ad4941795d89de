//! Tests of values that the types of Rust can't represent exactly: their JSON is kept.

#![allow(unreachable_pub, reason = "written like the emitted models, which are public")]

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::helpers::error_message;
use crate::decode::text::decode;
use crate::encode::text::encode;
use crate::json::exact::{is_exact, same_number};
use crate::model;
use crate::model::extra::Extra;
use crate::nodes::lenient::decode_lenient;
use crate::wire::samples::{Exact, Info, Level, Mixed};

const NUMBERS: [&str; 10] = [
    "9223372036854775808",
    "-9223372036854775809",
    "18446744073709551615",
    "18446744073709551616",
    "-123456789012345678901234567890",
    "9007199254740993",
    "12345678901234567890.123456789",
    "0.1000000000000000055511151231257827",
    "1e-999",
    "0.30000000000000004",
];

/// Numbers that `serde_json` rejects or writes in another way, and others.
fn number() -> impl Strategy<Value = String> {
    "-?(0|[1-9][0-9]{0,24})([.][0-9]{1,24})?([eE][+-]?[0-9]{1,3})?"
}

#[test]
fn numbers_with_extreme_exponents_are_equal_only_if_their_texts_are() {
    let [one, other] = ["1e9999999999999999999", "1e9999999999999999998"];
    assert!(same_number(one, one) && !same_number(one, other) && !same_number(one, "0"));
}

#[test]
fn a_number_with_few_digits_is_exact_unless_it_is_written_with_others() {
    // The nearest `f64` to an integer above 2^53 may be another integer, all of whose digits are written.
    for (text, expected) in [
        ("0.1", true),
        ("123456789012345", true),
        ("1e15", true),
        ("1e19", true),
        ("1.2345678901e19", false),
        ("1e300", true),
        ("1e-999", false),
    ] {
        assert_eq!(is_exact(text, text.parse().unwrap()), expected, "{text}");
    }
}

#[test]
fn a_value_that_is_written_as_it_came_needs_no_other_text() {
    for (any, original) in
        [("18446744073709551615", None), ("1.50", Some("1.50")), ("[0.30000000000000004]", None)]
    {
        let json = format!(r#"{{"any": {any}, "number": 0}}"#);
        let exact: Exact = decode(json.as_bytes()).unwrap();
        assert_eq!(exact.extra.original("any"), original, "{any}");
    }
}

fn again(json: &str) -> String {
    let exact: Exact = decode(json.as_bytes()).unwrap_or_else(|error| panic!("{json}: {error}"));
    String::from_utf8(encode(&exact).unwrap()).unwrap()
}

#[test]
fn numbers_keep_all_digits_wherever_they_are() {
    let is_whole = |number: &str| !number.contains(['.', 'e']);
    for number in NUMBERS {
        for (property, is_possible) in [
            (format!(r#""integer":{number}"#), is_whole(number)),
            (format!(r#""size":{number}"#), is_whole(number)),
            (format!(r#""float":{number}"#), true),
            (format!(r#""number":{number}"#), true),
            (format!(r#""any":{number}"#), true),
            (format!(r#""any":{{"a":[{number},"{number}"]}}"#), true),
            (format!(r#""free":{{"a":{number}}}"#), true),
            (format!(r#""floats":[0.5,{number},2]"#), true),
            (format!(r#""mixed":{number}"#), true),
            (format!(r#""by_name":{{"a":1,"b":{number}}}"#), is_whole(number)),
            (format!(r#""level":{number}"#), is_whole(number)),
            (format!(r#""undeclared":[{number}]"#), true),
        ] {
            if is_possible {
                let json = again(&format!("{{{property}}}"));
                assert!(json.contains(&property), "{property}: {json}");
                let inside = again(&format!(r#"{{"inside":{{{property}}}}}"#));
                assert!(inside.contains(&property), "{property}: {inside}");
            }
        }
    }
}

#[test]
fn a_value_that_is_out_of_range_is_left_out_and_kept_until_it_is_set() {
    let json =
        br#"{"integer": 18446744073709551616, "size": -1, "float": -1e999, "at": "+12026-01-01T00:00:00Z"}"#;
    let mut exact: Exact = decode(json).unwrap();
    assert_eq!((exact.integer, exact.size, exact.float, exact.at), (None, None, None, None));
    let left_out: Vec<_> = exact.extra.left_out().collect();
    let expected = [
        ("/at", r#""+12026-01-01T00:00:00Z""#),
        ("/float", "-1e999"),
        ("/integer", "18446744073709551616"),
        ("/size", "-1"),
    ];
    assert_eq!(left_out, expected.map(|(pointer, text)| (pointer.to_owned(), text)));
    assert_eq!(exact.clone(), exact);
    assert!(format!("{exact:?}").contains("18446744073709551616"));
    assert_ne!(exact, decode::<Exact>(b"{}").unwrap());
    exact.integer = Some(5);
    exact.float = Some(0.5);
    exact.extra.remove("size");
    let json = String::from_utf8(encode(&exact).unwrap()).unwrap();
    let start = r#"{"integer":5,"float":0.5,"number":0,"any":null,"at":"+12026-01-01T00:00:00Z"}"#;
    assert_eq!(json, start);
}

#[test]
fn items_and_entries_out_of_range_are_left_out_if_a_model_keeps_them() {
    let json = r#"{"by_name":{"a":1,"b":9223372036854775808},"floats":[0.5,1e999,2]}"#;
    let exact: Exact = decode(json.as_bytes()).unwrap();
    assert_eq!(exact.by_name.as_ref().map(|map| map.keys().cloned().collect()), Some(vec!["a".to_owned()]));
    assert_eq!(exact.floats.as_deref(), Some(&[0.5, 2.0][..]));
    assert_eq!(exact.extra.left_out().count(), 2);
    let written = again(json);
    assert!(written.contains(r#""b":9223372036854775808"#) && written.contains("[0.5,1e999,2]"), "{written}");
    // Also by serde.
    let json = r#"{"integer":18446744073709551615}"#;
    let exact: Exact = serde_json::from_str(json).unwrap();
    assert_eq!(exact.integer, None);
    assert!(serde_json::to_string(&exact).unwrap().contains("18446744073709551615"));
}

#[test]
fn a_required_value_out_of_range_is_an_error_in_strict_mode() {
    let message = error_message::<Info>(r#"{"host":"h","rows":[[{"id":1},{"id":9223372036854775808}]]}"#);
    assert_eq!(
        message,
        "/rows/0/1/id: expected a 64-bit integer, found an integer out of range (line 1, column 55); \
         help: `send_lenient` and `decode_lenient` keep the digits of a number that its type can't represent; \
         with `x-exact-number: true` in its schema, its type can"
    );
    // Nothing around it can be left out.
    let message = error_message::<crate::wire::samples::Part>(r#"{"id":9223372036854775808}"#);
    assert!(
        message
            .ends_with("`x-exact-number: true` in its schema, the type of the number has all of its digits")
    );
    let json = br#"{"host":"h","rows":[[{"id":1},{"id":9223372036854775808}]]}"#;
    let info = decode_lenient::<Info>(json).unwrap();
    assert_eq!((info.mismatches[0].path(), info.mismatches[0].left_out()), ("/rows/0/1/id", "/rows/0/1"));
    assert_eq!(encode(&info.value).unwrap(), json);
}

#[test]
fn a_value_out_of_range_inside_an_additional_property_is_kept() {
    let json = r#"{"a":[1,9223372036854775808],"b":[2],"c":9223372036854775808}"#;
    let lists: NamedLists = decode(json.as_bytes()).unwrap();
    assert_eq!(lists.lists.values().map(Vec::len).collect::<Vec<_>>(), [1, 1]);
    assert_eq!(String::from_utf8(encode(&lists).unwrap()).unwrap(), json);
}

/// A model whose additional properties are arrays.
#[derive(Clone)]
pub struct NamedLists {
    pub lists: BTreeMap<String, Vec<i64>>,
    pub extra: Extra,
}
model! { NamedLists: open default, * 1 => lists, }

#[test]
fn a_union_prefers_the_type_that_represents_a_number_exactly() {
    let mixed = |number: &str| {
        decode::<Exact>(format!(r#"{{"mixed": {number}}}"#).as_bytes()).unwrap().mixed.unwrap()
    };
    assert_eq!(mixed("3"), Mixed::Integer(3));
    assert_eq!(mixed("0.5"), Mixed::Number(0.5));
    assert_eq!(mixed("18446744073709551616"), Mixed::Number(18_446_744_073_709_551_616.0));
    // No type of the union has it.
    assert!(matches!(mixed("1e999"), Mixed::Unknown(_)));
    assert_eq!(mixed("123456789012345678901"), Mixed::Number(123_456_789_012_345_678_901.0));
}

#[test]
fn without_a_model_that_keeps_them_integers_out_of_range_are_errors() {
    assert!(error_message::<i64>("9223372036854775808").contains("found an integer out of range"));
    assert!(error_message::<u64>("-1").contains("found an integer out of range"));
    assert!(error_message::<Vec<f64>>("[1e999]").contains("found a number out of range"));
    assert_eq!(decode::<u64>(b"18446744073709551615"), Ok(u64::MAX));
    assert_eq!(decode::<u64>(b"1.8e3"), Ok(1800));
    assert_eq!(decode::<i64>(b"9007199254740993.0"), Ok(9_007_199_254_740_993));
    assert!(error_message::<u64>("0.5").contains("found a number with a fraction"));
}

#[test]
fn a_date_is_encoded_as_it_was_sent() {
    for date in [
        "2026-03-05T10:11:12Z",
        "2026-03-05T10:11:12.500000+05:30",
        "2026-03-05T10:11:12",
        "2026-03-05 10:11:12.5 UTC",
        "2026-03-05T10:11:12-00:00",
        "2026-03-05T10:11:12.123456789012+0000",
        "2016-12-31T23:59:60Z",
        "2026-03-05T24:00:00Z",
        "2026-03-05",
        "+10000-01-01T00:00:00Z",
        "9999-12-31T23:59:59.9999999-08:00",
    ] {
        let property = format!(r#""at":"{date}""#);
        let json = again(&format!("{{{property}}}"));
        assert!(json.contains(&property), "{json}");
    }
}

#[test]
fn an_enum_value_out_of_range_is_left_out() {
    let exact: Exact = decode(br#"{"level": 9223372036854775808}"#).unwrap();
    assert_eq!((exact.level, exact.extra.left_out().count()), (None, 1));
    let listed: Exact = decode(br#"{"level": 1.0}"#).unwrap();
    assert_eq!(listed.level, Some(Level::Low));
}

proptest! {
    #[test]
    fn any_number_round_trips_in_any_type(number in number(), property in prop::sample::select(vec!["float", "number", "mixed"])) {
        let json = again(&format!(r#"{{"{property}":{number}}}"#));
        let (_, rest) = json.split_once(&format!(r#""{property}":"#)).unwrap();
        let end = rest.find([',', '}']).unwrap();
        prop_assert!(same_number(&rest[..end], &number), "{} {}", json, number);
    }
}
