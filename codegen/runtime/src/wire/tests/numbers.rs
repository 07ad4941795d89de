//! Tests of numbers: they keep their precision, and are written as servers do.

#![allow(unreachable_pub, reason = "written like the emitted models, which are public")]

use serde_json::{Value, json};

use super::helpers::{error_message, read, read_part, read_with, written};
use crate::decode::text::decode;
use crate::encode::text::encode;
use crate::model;
use crate::model::extra::Extra;
use crate::model::node::Decode;
use crate::nodes::lenient::decode_lenient;
use crate::wire::samples::{Everything, Level, Message, Mixed};

#[test]
fn integers_are_exact_or_an_error() {
    let read =
        |text: &str| decode::<i64>(text.as_bytes()).map_err(|error| error.found().unwrap_or("").to_owned());
    assert_eq!(read("9223372036854775807"), Ok(i64::MAX));
    assert_eq!(read("-9223372036854775808"), Ok(i64::MIN));
    assert_eq!(read("1.0"), Ok(1));
    assert_eq!(read("-2e3"), Ok(-2000));
    assert_eq!(read("-0"), Ok(0));
    assert_eq!(read("9223372036854775808"), Err("an integer out of range".to_owned()));
    assert_eq!(read("99999999999999999999"), Err("an integer out of range".to_owned()));
    assert_eq!(read("9007199254740993.0"), Ok(9_007_199_254_740_993));
    assert_eq!(read("1.5"), Err("a number with a fraction".to_owned()));
    assert_eq!(read("\"1\""), Err("a string".to_owned()));
}

#[test]
fn floats_accept_integers_that_they_hold_exactly() {
    assert_eq!(decode::<f64>(b"3"), Ok(3.0));
    assert_eq!(decode::<f64>(b"10000000000000000000"), Ok(1e19));
    assert!(error_message::<f64>("9007199254740993").contains("would round"));
    assert!(error_message::<f64>("18446744073709551615").contains("would round"));
    assert_eq!(decode::<f64>(b"1e300"), Ok(1e300));
}

#[test]
fn floats_without_a_fraction_are_written_as_integers() {
    for (value, text) in [
        (3.0, "3"),
        (-3.0, "-3"),
        (0.0, "0"),
        (-0.0, "-0.0"),
        (0.5, "0.5"),
        (9_007_199_254_740_991.0, "9007199254740991"),
        (9_007_199_254_740_992.0, "9007199254740992"),
        (-9_223_372_036_854_775_808.0, "-9223372036854775808"),
        (13_871_593_156_079_851_520.0, "13871593156079851520"),
        (18_446_744_073_709_551_616.0, "1.8446744073709552e+19"),
        (1e300, "1e+300"),
    ] {
        assert_eq!(String::from_utf8(encode(&value).unwrap()).unwrap(), text);
    }
    let read: Mixed = read(&json!(13_871_593_156_079_851_520_u64)).unwrap();
    assert_eq!(encode(&read).unwrap(), b"13871593156079851520");
    let everything = Everything { ratio: f64::INFINITY, ..Everything::blank() };
    assert_eq!(encode(&vec![everything]).unwrap_err().path(), "/0/ratio");
    assert!(serde_json::to_string(&Everything { ratio: f64::NAN, ..Everything::blank() }).is_err());
}

#[test]
fn lenient_integers_may_be_strings() {
    let read = |sender: Value| decode::<Message>(json!({ "sender": sender }).to_string().as_bytes());
    assert_eq!(read(json!("383486450414")).unwrap().sender, 383_486_450_414);
    assert_eq!(read(json!("-5")).unwrap().sender, -5);
    assert_eq!(read(json!(6)).unwrap().sender, 6);
    for invalid in ["", "-", "+5", " 5", "5.0", "0x5", "٣"] {
        assert_eq!(
            read(json!(invalid)).unwrap_err().found(),
            Some("a string that is not an integer"),
            "{invalid}"
        );
    }
    let large = read(json!("9223372036854775808")).unwrap_err();
    assert_eq!(large.found(), Some("a string with an integer out of range"));
    let ids = r#"{"ids":["9223372036854775808",8]}"#;
    assert_eq!(decode::<Quoted>(ids.as_bytes()).unwrap().ids, Some(vec![8]));
    let everything: Everything = read_with(&json!({"ids": ["7", 8]}));
    assert_eq!(everything.ids, Some(vec![7, 8]));
    assert!(
        error_message::<Everything>(r#"{"id": "1"}"#)
            .starts_with("/id: expected a 64-bit integer, found a string")
    );
}

#[test]
fn undeclared_numbers_keep_all_digits() {
    let again = |number: &str| {
        let part = read_part(&format!(r#"{{"id":1,"x":[{number}]}}"#));
        let text = String::from_utf8(encode(&part).unwrap()).unwrap();
        text.trim_start_matches(r#"{"id":1,"x":["#).trim_end_matches("]}").to_owned()
    };
    for number in [
        "18446744073709551615",
        "-9223372036854775808",
        "0.1",
        "1.0",
        "-0.0",
        "5e-324",
        "123456789012345678901234567890",
        "0.12345678901234567890123",
    ] {
        assert_eq!(again(number), number);
    }
}

#[test]
fn integers_that_came_as_strings_are_written_as_strings() {
    let everything: Everything = read_with(&json!({"ids": ["007", 8, "-9"]}));
    assert_eq!(everything.ids, Some(vec![7, 8, -9]));
    assert_eq!(written(&everything)["ids"], json!(["007", 8, "-9"]));
    let mut message: Message = decode(br#"{"sender":"5"}"#).unwrap();
    assert_eq!(encode(&message).unwrap(), br#"{"sender":"5"}"#);
    message.sender = 6;
    assert_eq!(encode(&message).unwrap(), br#"{"sender":6}"#);
    let quoted: Quoted = decode(br#"{"level":"1","levels":["2",3]}"#).unwrap();
    assert_eq!(
        (quoted.level, quoted.levels.as_ref().map(|levels| levels[0])),
        (Some(Level::Low), Some(Level::High))
    );
    assert_eq!(encode(&quoted).unwrap(), br#"{"level":"1","levels":["2",3]}"#);
}

#[test]
fn an_array_with_an_integer_out_of_range_names_the_item_and_the_way_to_keep_it() {
    let json = "[1, 9223372036854775808, 3]";
    assert_eq!(
        error_message::<Vec<i64>>(json),
        "/1: expected a 64-bit integer, found an integer out of range (line 1, column 23); \
         help: `send_lenient` and `decode_lenient` keep the digits of a number that its type can't represent; \
         with `x-exact-number: true` in its schema, its type can"
    );
    let lenient = decode_lenient::<Vec<i64>>(json.as_bytes()).unwrap();
    assert_eq!(lenient.value, [1, 3]);
    assert_eq!(encode(&lenient).unwrap(), b"[1,9223372036854775808,3]");
    assert!(
        error_message::<Vec<Vec<f64>>>("[[9007199254740993]]")
            .contains("help: `send_lenient` and `decode_lenient`")
    );
    // The lenient mode can't keep it either.
    assert!(error_message::<i64>("9223372036854775808").contains("help: with `x-exact-number: true`"));
    assert!(!error_message::<Vec<i64>>("[1.5]").contains("help"));
}

/// A model whose enums of integers may be strings.
#[derive(Clone)]
pub struct Quoted {
    pub level: Option<Level>,
    pub levels: Option<Vec<Level>>,
    pub ids: Option<Vec<i64>>,
    pub extra: Extra,
}
model! { Quoted: open default, 0 "level" => level: LENIENT, 1 "levels" => levels: LENIENT, 2 "ids" => ids: LENIENT, }
