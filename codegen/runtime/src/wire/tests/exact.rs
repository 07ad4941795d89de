//! Tests of values that the types of Rust can't represent exactly: their JSON is kept.

use proptest::prelude::*;

use super::helpers::error_message;
use crate::decode::text::decode;
use crate::encode::text::encode;
use crate::json::exact::same_number;
use crate::wire::samples::{Exact, Level, Mixed};

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
fn a_value_that_is_out_of_range_is_the_nearest_one_and_kept_until_it_is_changed() {
    let json =
        br#"{"integer": 18446744073709551616, "size": -1, "float": -1e999, "at": "+12026-01-01T00:00:00Z"}"#;
    let mut exact: Exact = decode(json).unwrap();
    assert_eq!((exact.integer, exact.size), (i64::MAX, Some(0)));
    assert!(exact.float <= f64::MIN);
    assert_eq!(exact.at, Some(crate::Timestamp::MAX));
    assert_eq!(exact.extra.original("integer"), Some("18446744073709551616"));
    assert_eq!(exact.extra.original("at"), Some(r#""+12026-01-01T00:00:00Z""#));
    assert_eq!(exact.extra.original("number"), None);
    assert_eq!(exact.clone(), exact);
    assert!(format!("{exact:?}").contains("18446744073709551616"));
    let other: Exact = decode(br#"{"integer": 9223372036854775807}"#).unwrap();
    assert_ne!(exact, other);
    exact.integer = 5;
    exact.float = 0.5;
    exact.extra.remove("size");
    let json = String::from_utf8(encode(&exact).unwrap()).unwrap();
    let start = r#"{"integer":5,"size":0,"float":0.5,"number":0,"any":null,"at":"+12026-01-01T00:00:00Z"}"#;
    assert_eq!(json, start);
}

#[test]
fn a_union_prefers_the_type_that_represents_a_number_exactly() {
    let mixed = |number: &str| {
        decode::<Exact>(format!(r#"{{"mixed": {number}}}"#).as_bytes()).unwrap().mixed.unwrap()
    };
    assert_eq!(mixed("3"), Mixed::Integer(3));
    assert_eq!(mixed("0.5"), Mixed::Number(0.5));
    assert_eq!(mixed("18446744073709551616"), Mixed::Number(18_446_744_073_709_551_616.0));
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
fn an_enum_value_out_of_range_is_unknown() {
    let exact: Exact = decode(br#"{"level": 9223372036854775808}"#).unwrap();
    assert!(matches!(exact.level, Some(Level::Unknown(_))));
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
