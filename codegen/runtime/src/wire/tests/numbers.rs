//! Tests of numbers: they keep their precision, and are written as servers do.

use serde_json::{Value, json};

use super::helpers::{error_message, read, read_part, read_with};
use crate::decode::text::decode;
use crate::encode::text::encode;
use crate::model::node::Decode;
use crate::wire::samples::{Everything, Message, Mixed};

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
    for invalid in ["", "-", "+5", " 5", "5.0", "0x5", "٣", "9223372036854775808"] {
        assert_eq!(
            read(json!(invalid)).unwrap_err().found(),
            Some("a string that is not a 64-bit integer"),
            "{invalid}"
        );
    }
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
fn changed_undeclared_fields_are_as_exact_as_serde_json_is() {
    let mut part = read_part(r#"{"id":1, "x": [ 0.12345678901234567890123 ], "y": " "}"#);
    assert_eq!(encode(&part).unwrap(), br#"{"id":1,"x":[0.12345678901234567890123],"y":" "}"#);
    part.extra.insert("y", 2);
    let text = String::from_utf8(encode(&part).unwrap()).unwrap();
    // `serde_json` keeps all digits only with its feature `arbitrary_precision`.
    let keeps_all = serde_json::from_str::<Value>("1e999").is_ok();
    let expected = if keeps_all { "0.12345678901234567890123" } else { "0.12345678901234568" };
    assert_eq!(text, format!(r#"{{"id":1,"x":[{expected}],"y":2}}"#));
}
