//! Tests of enums of numbers, booleans and other values.

use serde_json::{Value, json};

use super::helpers::{error_message, read, written};
use crate::decode::text::decode;
use crate::encode::text::encode;
use crate::types::number::Number;
use crate::wire::samples::{Choices, Failed, Level, Outcome, Ratio, Setting, Succeeded, Tagged};

#[test]
fn values_become_variants_and_back() {
    assert_eq!(Level::from(2), Level::High);
    assert_eq!(
        (i64::from(Level::Below), Level::High.value(), Level::Low.to_string()),
        (-1, 2, "1".to_owned())
    );
    assert!(matches!(Level::from(7), Level::Unknown(value) if *value.get() == 7));
    assert_eq!(Ratio::from("5e-1".parse::<Number>().unwrap()), Ratio::Half);
    assert_eq!(Ratio::Huge.value().to_string(), "18446744073709551616");
    assert_eq!(Setting::from(json!({"a": 1.0})), Setting::Object);
    assert_eq!(Value::from(Setting::Auto), json!("auto"));
    assert!(bool::from(Succeeded::True));
}

#[test]
fn unknown_values_are_kept() {
    for document in [
        json!({"level": -1, "ratio": 0.5, "ok": true, "setting": "auto", "levels": [1, 2, 3]}),
        json!({"level": 99, "ratio": 7, "ok": false, "setting": {"a": 1}}),
        json!({"ratio": 1.25, "ok": true, "setting": [null]}),
        json!({"level": null, "ok": null, "setting": null, "levels": [null, 1]}),
    ] {
        let choices: Choices = read(&document).unwrap();
        assert_eq!(written(&choices), document);
        let again: Choices = serde_json::from_value(serde_json::to_value(&choices).unwrap()).unwrap();
        assert_eq!(written(&again), document);
    }
    for text in [
        r#"{"level":123456789012345678901234567890,"ratio":18446744073709551616,"ok":true}"#,
        r#"{"ratio":12345678901234567890.123456789,"ok":true,"setting":1.00000000000000000001}"#,
    ] {
        let choices: Choices = decode(text.as_bytes()).unwrap();
        assert_eq!(String::from_utf8(encode(&choices).unwrap()).unwrap(), text);
    }
    assert!(error_message::<Choices>(r#"{"level": "1"}"#).starts_with("/level: expected a 64-bit integer"));
    assert!(
        error_message::<Choices>(r#"{"ok": 1}"#).starts_with("/ok: expected a boolean, found an integer")
    );
}

#[test]
fn the_only_value_is_the_default() {
    assert_eq!((Succeeded::default(), Failed::default()), (Succeeded::True, Failed::False));
    assert_eq!(written(&Choices::default()), json!({"ok": true}));
}

#[test]
fn constants_of_any_type_select_the_variant_of_a_union() {
    let outcome = |value| read::<Outcome>(&value).unwrap();
    assert!(matches!(outcome(json!({"ok": false})), Outcome::Failure(_)));
    assert!(matches!(outcome(json!({"ok": true, "error": 1})), Outcome::Choices(_)));
    let tagged = |value: &Value| read::<Tagged>(value).unwrap();
    for (value, is_expected) in [
        (json!({"ok": true}), (|tagged| matches!(tagged, Tagged::Choices(_))) as fn(&Tagged) -> bool),
        (json!({"ok": false}), |tagged| matches!(tagged, Tagged::Failure(_))),
        (json!({"ok": 2, "id": 1}), |tagged| matches!(tagged, Tagged::Part(_))),
        (json!({"ok": 2.0, "id": 1}), |tagged| matches!(tagged, Tagged::Part(_))),
        (json!({"ok": 3}), |tagged| matches!(tagged, Tagged::Unknown(_))),
    ] {
        let tagged = tagged(&value);
        assert!(is_expected(&tagged), "{value}");
        assert_eq!(written(&tagged), value);
    }
}
