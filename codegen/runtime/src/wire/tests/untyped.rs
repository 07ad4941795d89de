//! Tests of numbers without a declared type: they are written digit by digit as they came.

#![allow(unreachable_pub, reason = "written like the emitted models, which are public")]

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::decode::text::decode;
use crate::encode::text::encode;
use crate::model::extra::Extra;
use crate::nodes::lenient::decode_lenient;
use crate::types::maybe::Maybe;
use crate::types::number::Number;
use crate::wire::samples::{Part, Setting, Wish};
use crate::{model, tagged_union, union};

const NUMBERS: [&str; 24] = [
    "0",
    "-0",
    "1.0",
    "-0.0",
    "0.10",
    "1.50",
    "100.00",
    "1e5",
    "1E5",
    "1e+05",
    "1e400",
    "-1E400",
    "5e-324",
    "1e-999",
    "0.00000",
    "0.0000001",
    "123456789012345.5",
    "200000000000000992.0",
    "9007199254740993",
    "18446744073709551615",
    "-9223372036854775809",
    "18446744073709551616",
    "1234567890123456789012345678901234567890",
    "0.1000000000000000055511151231257827",
];

/// A model with every kind of value without a declared type.
#[derive(Clone)]
pub struct Untyped {
    pub any: Option<Value>,
    pub nullable: Maybe<Value>,
    pub free: Option<Map<String, Value>>,
    pub list: Option<Vec<Value>>,
    pub map: Option<BTreeMap<String, Value>>,
    pub union: Option<Choice>,
    pub tagged: Option<Entry>,
    pub setting: Option<Setting>,
    pub number: Option<Number>,
    pub closed: Option<Wish>,
    pub inner: Option<Box<Untyped>>,
    pub props: Option<Props>,
    pub flag: Option<bool>,
    pub parts: Option<Vec<Part>>,
    pub extra: Extra,
}
model! {
    Untyped: open default,
    0 "any" => any,
    1 "nullable" => nullable,
    2 "free" => free,
    3 "list" => list,
    4 "map" => map,
    5 "union" => union,
    6 "tagged" => tagged,
    7 "setting" => setting,
    8 "number" => number,
    9 "closed" => closed,
    10 "inner" => inner,
    11 "props" => props,
    12 "flag" => flag,
    13 "parts" => parts,
}

/// A model with additional properties of any type.
#[derive(Clone)]
pub struct Props {
    pub name: Option<String>,
    pub extra: Extra,
    pub additional: BTreeMap<String, Value>,
}
model! {
    Props: open default,
    0 "name" => name,
    * 2 => additional,
}

/// A union that knows no numbers.
#[derive(Clone, Debug, PartialEq)]
pub enum Choice {
    Part(Part),
    Words(Vec<String>),
    Unknown(Value),
}
union! { Choice, Part(Part), Words(Vec<String>), }

/// A union with a discriminator, and a variant of any object.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    Part(Part),
    Object(Map<String, Value>),
    Unknown(Value),
}
tagged_union! { Entry by "type", "part" => Part(Part), "object" => Object(Map<String, Value>), }

/// Returns the numbers in a JSON text, in their order.
fn numbers(json: &str) -> Vec<&str> {
    let outside_strings = json.split('"').step_by(2);
    outside_strings
        .flat_map(|text| text.split(|char: char| !(char.is_ascii_alphanumeric() || "+-.".contains(char))))
        .filter(|token| token.starts_with(|first: char| first == '-' || first.is_ascii_digit()))
        .collect()
}

#[track_caller]
fn assert_digits_are_kept(json: &str) {
    let strict: Untyped = decode(json.as_bytes()).unwrap_or_else(|error| panic!("{json}: {error}"));
    let written = String::from_utf8(encode(&strict).unwrap()).unwrap();
    assert_eq!(numbers(&written), numbers(json), "{json}\n{written}");
    let lenient = decode_lenient::<Untyped>(json.as_bytes()).unwrap();
    assert_eq!(encode(&lenient).unwrap(), written.as_bytes());
}

/// The properties that contain a value of any type.
fn properties(value: &str) -> Vec<String> {
    vec![
        format!(r#""any":{value}"#),
        format!(r#""nullable":{value}"#),
        format!(r#""free":{{"a":{value}}}"#),
        format!(r#""list":[0,{value},{value}]"#),
        format!(r#""map":{{"a":{value},"b":1}}"#),
        format!(r#""union":[{value}]"#),
        format!(r#""tagged":{{"type":"part","id":1,"x":{value}}}"#),
        format!(r#""tagged":{{"type":"object","x":{value}}}"#),
        format!(r#""tagged":{{"type":"other","x":{value}}}"#),
        format!(r#""setting":[{value}]"#),
        format!(r#""closed":{{"any":{value}}}"#),
        format!(r#""inner":{{"any":{value}}}"#),
        format!(r#""inner":{{"undeclared":{value}}}"#),
        format!(r#""props":{{"a":{value}}}"#),
        format!(r#""parts":[{{"id":1,"x":{value}}},{{"id":2}}]"#),
        format!(r#""undeclared":{value}"#),
    ]
}

#[test]
fn numbers_are_written_as_they_came_wherever_they_are() {
    for number in NUMBERS {
        for value in [number.to_owned(), format!("[{number}]"), format!(r#"{{"a":{number},"b":"{number}"}}"#)]
        {
            for property in properties(&value) {
                assert_digits_are_kept(&format!("{{{property}}}"));
            }
        }
        assert_digits_are_kept(&format!(r#"{{"number":{number}}}"#));
    }
}

#[test]
fn values_that_are_left_out_are_written_as_they_came() {
    for number in NUMBERS {
        let left_out = [
            format!(r#"{{"flag":{number}}}"#),
            format!(r#"{{"any":{number},"flag":[{number}]}}"#),
            format!(r#"{{"parts":[{number},{{"id":1,"x":{number}}}]}}"#),
            format!(r#"{{"closed":{{"any":{number},"name":{number},"x":{number}}}}}"#),
            format!(r#"{{"free":{{"a":{number},"a":{number}}}}}"#),
        ];
        for json in left_out {
            let lenient = decode_lenient::<Untyped>(json.as_bytes()).unwrap();
            assert!(!lenient.is_exact());
            assert_eq!(String::from_utf8(encode(&lenient).unwrap()).unwrap(), json);
        }
    }
}

#[test]
fn a_number_out_of_range_is_the_nearest_one() {
    let untyped: Untyped = decode(br#"{"any":[1e400],"undeclared":-1e400}"#).unwrap();
    assert_eq!(untyped.any, Some(json!([f64::MAX])));
    assert_eq!(untyped.extra.get("undeclared"), Some(&json!(f64::MIN)));
    // Without a model that keeps it, it is an error.
    assert_eq!(decode::<Vec<Value>>(b"[1e400]").unwrap_err().found(), Some("a number out of range"));
}

#[test]
fn an_undeclared_field_keeps_its_digits_while_others_are_changed() {
    let mut untyped: Untyped =
        decode(br#"{"a":1.50,"b":[12345678901234567890123],"c":2.0,"d":0.10}"#).unwrap();
    untyped.extra.insert("c", 2.5);
    untyped.extra.insert("e", 3);
    assert_eq!(untyped.extra.remove("d"), Some(json!(0.1)));
    assert_eq!(encode(&untyped).unwrap(), br#"{"a":1.50,"b":[12345678901234567890123],"c":2.5,"e":3}"#);
    untyped.extra.insert("a", "1.50");
    assert_eq!(encode(&untyped).unwrap(), br#"{"a":"1.50","b":[12345678901234567890123],"c":2.5,"e":3}"#);
}

/// Random JSON texts, with sorted keys, because `serde_json` sorts them.
fn value() -> impl Strategy<Value = String> {
    let number = prop_oneof![
        prop::sample::select(NUMBERS.to_vec()).prop_map(str::to_owned),
        "-?(0|[1-9][0-9]{0,40})([.][0-9]{1,24})?([eE][+-]?[0-9]{1,4})?",
    ];
    let scalar =
        prop_oneof![8 => number, 1 => Just("null".to_owned()), 1 => Just(r#""1.50 \" 1e5""#.to_owned())];
    scalar.prop_recursive(3, 12, 4, |inner| {
        let items = prop::collection::vec(inner, 0..4);
        prop_oneof![
            items.clone().prop_map(|items| format!("[{}]", items.join(","))),
            items.prop_map(|items| {
                let entries = ["a", "b", "c", "d"].iter().zip(&items);
                let entries: Vec<_> = entries.map(|(key, item)| format!(r#""{key}":{item}"#)).collect();
                format!("{{{}}}", entries.join(","))
            }),
        ]
    })
}

proptest! {
    #[test]
    fn numbers_of_random_values_are_written_as_they_came(value in value(), index in any::<prop::sample::Index>()) {
        let properties = properties(&value);
        assert_digits_are_kept(&format!("{{{}}}", index.get(&properties)));
    }
}
