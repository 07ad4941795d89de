//! Tests of decoding errors.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::helpers::{error_message, read_part};
use crate::decode::text::decode;
use crate::model;
use crate::model::extra::Extra;
use crate::wire::samples::{Change, Everything, Mixed, Part};

#[test]
fn errors_through_serde_have_the_pointer_too() {
    let error =
        serde_json::from_str::<Vec<Everything>>("[{\"name\": \"\", \"id\": 1,\n\"part\": {\"id\": true}}]");
    let error = error.unwrap_err();
    assert_eq!((error.line(), error.column()), (2, 22));
    assert!(error.to_string().starts_with("/part/id: expected a 64-bit integer, found a boolean"), "{error}");
}

#[test]
fn all_missing_fields_are_listed() {
    let error = decode::<Vec<Everything>>(br#"[{"flag": true}]"#).unwrap_err();
    assert_eq!((error.path(), error.missing_fields()), ("/0", ["id", "name"].as_slice()));
    let message = error.to_string();
    let expected =
        "/0: missing fields `id`, `name` of Everything (line 1, column 15); help: servers may leave out";
    assert!(message.starts_with(expected) && message.contains("`optional_in_responses`"), "{message}");
    assert!(error_message::<Part>("{}").starts_with("missing field `id` of Part"));
}

/// Their lists of names are equal, so the compiler may emit one for both.
struct Loose {
    id: Option<i64>,
    name: Option<String>,
    extra: Extra,
}
model! { Loose: open, 0 "id" => id, 1 "name" => name, }

struct Strict {
    id: i64,
    name: Option<String>,
    extra: Extra,
}
model! { Strict: open, 0 "id" => id: REQUIRED, 1 "name" => name, }

struct Both {
    loose: Option<Loose>,
    strict: Option<Strict>,
    extra: Extra,
}
model! { Both: open, 0 "loose" => loose, 1 "strict" => strict, }

#[test]
fn a_model_has_its_own_required_fields_if_another_one_has_the_same_names() {
    for json in
        [r#"{"loose": {"id": 1}, "strict": {"name": "a"}}"#, r#"{"strict": {"name": "a"}, "loose": {}}"#]
    {
        let message = error_message::<Both>(json);
        assert!(message.starts_with("/strict: missing field `id` of Strict"), "{message}");
    }
    let both: Both = decode(br#"{"strict": {"id": 1}, "loose": {"name": "a"}}"#).unwrap();
    assert_eq!(both.loose.unwrap().name.as_deref(), Some("a"));
    assert_eq!(both.strict.unwrap().id, 1);
}

#[test]
fn duplicate_keys_are_rejected() {
    assert!(error_message::<Part>(r#"{"id": 1, "id": 1}"#).starts_with("/id: duplicate key"));
    assert!(error_message::<Part>(r#"{"id": 1, "x": 1, "y": 2, "x": 1}"#).starts_with("/x: duplicate key"));
    assert!(error_message::<Map<String, Value>>(r#"{"a": 1, "a": 1}"#).starts_with("/a: duplicate key"));
    assert!(error_message::<BTreeMap<String, i64>>(r#"{"a": 1, "a": 1}"#).starts_with("/a: duplicate key"));
}

#[test]
fn closed_models_reject_undeclared_fields() {
    let message = error_message::<Change>(r#"{"name": "n", "nmae": 1}"#);
    assert!(message.starts_with("/nmae: Change has no such field"), "{message}");
}

#[test]
fn errors_have_the_pointer_and_never_the_value() {
    let json = r#"{"id": 1, "name": "n", "parts": [{"id": 1}, {"id": "secret"}]}"#;
    let error = decode::<Everything>(json.as_bytes()).unwrap_err();
    assert_eq!(error.path(), "/parts/1/id");
    assert_eq!((error.expected(), error.found()), (Some("a 64-bit integer"), Some("a string")));
    assert_eq!((error.line(), error.column()), (1, 59));
    assert!(!format!("{error} {error:?}").contains("secret"));
    let inside = r#"{"id": 1, "name": "n", "entries": [{"type": "a.message", "sender": [5]}]}"#;
    assert_eq!(decode::<Everything>(inside.as_bytes()).unwrap_err().path(), "/entries/0/sender");
    let broken = decode::<Everything>(br#"{"id": 1, "parts": [{"id"#).unwrap_err();
    assert_eq!(broken.path(), "/parts/0");
    assert!(broken.to_string().contains("invalid JSON: EOF while parsing a string"), "{broken}");
    assert!(error_message::<i64>("1 2").contains("trailing characters"));
    assert_eq!(error_message_of(b"\n \"\xff\""), "expected UTF-8, found other bytes (line 2, column 3)");
}

#[test]
fn depth_is_limited() {
    let deep = |open: &str, close: &str, count| format!("{}{}", open.repeat(count), close.repeat(count));
    assert!(error_message::<Value>(&deep("[", "]", 100_000)).contains("recursion limit"));
    let nested =
        |count| format!("{}{{}}{}", r#"{"id":1,"name":"","boxed":"#.repeat(count), "}".repeat(count));
    assert!(
        error_message::<Everything>(&nested(100_000))
            .contains("/boxed/boxed: values are nested more than 128 levels deep")
    );
    let value: Value = (0..200).fold(json!({}), |inner, _| json!({"id": 1, "name": "", "boxed": inner}));
    let error = Everything::deserialize(&value).unwrap_err().to_string();
    assert!(error.contains("/boxed/boxed: values are nested more than 128 levels deep"), "{error}");
    let deeper = (0..1000).fold(json!([]), |inner, _| json!([inner]));
    assert!(
        Mixed::deserialize(&deeper).unwrap_err().to_string().contains("nested more than 256 levels deep")
    );
}

#[test]
fn unpaired_surrogates_are_rejected_with_their_position() {
    for lone in [r#"{"id": 1, "x": "\ud800"}"#, r#"{"id": 1, "type": "\udc00 "}"#] {
        let message = error_message::<Part>(lone);
        let expected =
            ["/x", "/type"].map(|path| format!("{path}: expected Unicode text, found an unpaired surrogate"));
        assert!(expected.iter().any(|expected| message.starts_with(expected)), "{message}");
        assert!(message.contains("(line 1, column 2"), "{message}");
    }
    let message = error_message::<Vec<Value>>("[5,\n[\"a long line\",\n2, \"\\ud800\"]]");
    assert!(message.contains("/1: ") && message.contains("(line 3, column "), "{message}");
    assert_eq!(read_part(r#"{"id":1,"x":"\ud83d\ude00\u0000"}"#).extra.get("x"), Some(&json!("😀\0")));
}

fn error_message_of(json: &[u8]) -> String {
    decode::<Value>(json).unwrap_err().to_string()
}
