//! Tests of values that are encoded as they were decoded.

#![allow(unreachable_pub, reason = "written like the emitted models, which are public")]

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::helpers::{completed, read, written};
use crate::decode::text::decode;
use crate::encode::text::encode;
use crate::model;
use crate::model::extra::Extra;
use crate::types::maybe::Maybe;
use crate::types::unix_time::{UnixMicros, UnixSeconds};
use crate::wire::samples::{Entry, Everything, Message, Mixed, Part, Status};

fn full() -> Value {
    json!({
        "id": 35_184_372_088_832_i64, "flag": true, "small": -5, "ratio": 1.5, "name": "n", "at": "2026-03-05T10:11:12.5Z",
        "status": "open", "part": {"id": 1, "type": null, "new": [1, {"a": null}]}, "list": [1, 2],
        "exact": 1.25, "any": {"x": [null]}, "free": {"k": 1}, "seconds": 5, "micros": 1_700_000_000_000_000_i64,
        "ids": [1, -2], "by_name": {"a": 1, "b": 2.5}, "parts": [{"id": 2}],
        "entries": [{"type": "a.message", "sender": 1, "mood": "?"}, {"type": "other", "z": 1}, 5, null],
        "mixed": ["a", "b"], "boxed": completed(json!({"id": 1, "name": "", "any": null})), "maybe": null, "unknown": {"deep": [1.0, -0.0]}
    })
}

#[test]
fn every_kind_of_field_round_trips() {
    let everything: Everything = read(&full()).unwrap();
    assert_eq!(written(&everything), full());
    assert_eq!(everything.status, Status::Open);
    assert_eq!(everything.seconds, Some(UnixSeconds::new(5)));
    assert_eq!(everything.micros.map(UnixMicros::get), Some(1_700_000_000_000_000));
    assert_eq!(everything.maybe, Maybe::Null);
    assert_eq!(everything.mixed, Some(Mixed::Array(vec!["a".to_owned(), "b".to_owned()])));
    assert!(matches!(
        everything.entries.as_deref(),
        Some([
            Entry::Message(Message { sender: 1, .. }),
            Entry::Unknown(_),
            Entry::Unknown(_),
            Entry::Unknown(Value::Null)
        ])
    ));
    assert!(everything.part.extra.is_null("type"));
    assert_eq!(everything.part.extra.iter().map(|(key, _)| key).collect::<Vec<_>>(), ["new"]);
}

/// A model whose fields have short names.
#[derive(Clone)]
pub struct Short {
    pub a: Option<i64>,
    pub id: Option<i64>,
    pub extra: Extra,
}
model! {
    Short: open default,
    0 "a" => a,
    1 "id" => id,
}

#[test]
fn a_key_that_begins_with_the_name_of_a_field_is_another_key() {
    for (json, fields) in [
        (r#"{"ab": 1, "id2": 2}"#, (None, None)),
        (r#"{"ab": 1, "a": 2, "ids": 3, "id": 4}"#, (Some(2), Some(4))),
        (r#"{"a": 2, "i": 3, "id": 4}"#, (Some(2), Some(4))),
    ] {
        let short: Short = decode(json.as_bytes()).unwrap();
        assert_eq!((short.a, short.id), fields, "{json}");
    }
    for invalid in [r#"{"a": 2, id": 4}"#, r#"{"a": 2,"id: 4}"#, r#"{"a": 2,"id" 4}"#] {
        assert!(decode::<Short>(invalid.as_bytes()).is_err(), "{invalid}");
    }
}

#[test]
fn models_work_inside_derived_types_and_in_other_formats() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Own {
        #[serde(flatten)]
        everything: Everything,
    }
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    #[serde(untagged)]
    enum Either {
        Part(Part),
        Text(String),
    }
    let own: Own = serde_json::from_value(full()).unwrap();
    assert_eq!(serde_json::to_value(&own).unwrap(), full());
    assert_eq!(serde_json::to_value(own.everything.clone()).unwrap(), full());
    assert_eq!(Everything::deserialize(&full()).unwrap(), own.everything);
    assert_eq!(serde_json::from_str::<Either>("\"x\"").unwrap(), Either::Text("x".to_owned()));
    assert!(matches!(
        serde_json::from_str::<Either>(r#"{"id": 1}"#).unwrap(),
        Either::Part(Part { id: 1, .. })
    ));
}

#[test]
fn private_maps_of_serde_json_are_read() {
    let text = serde_json::value::RawValue::from_string(r#"{"id": 1, "more": [1.25]}"#.to_owned()).unwrap();
    let deserializer: &serde_json::value::RawValue = &text;
    let part = Part::deserialize(deserializer).unwrap();
    assert_eq!((part.id, part.extra.get("more")), (1, Some(&json!([1.25]))));
    let number = json!({"$serde_json::private::Number": "5"});
    assert_eq!(UnixSeconds::deserialize(&number).unwrap(), UnixSeconds::new(5));
    let not_json = json!({"$serde_json::private::Number": "5]"});
    assert!(UnixSeconds::deserialize(&not_json).is_err());
    assert!(
        UnixSeconds::deserialize(serde::de::value::F64Deserializer::<serde::de::value::Error>::new(f64::NAN))
            .is_err()
    );
}

#[test]
fn a_declared_field_wins_over_an_undeclared_one_with_its_name() {
    let mut part = Part { id: 1, ..Part::default() };
    part.extra.insert("id", 2);
    part.extra.insert("type", "t");
    assert_eq!(encode(&part).unwrap(), br#"{"id":1,"type":"t"}"#);
}

#[test]
fn a_union_becomes_the_variant_that_matches() {
    for (value, expected) in [
        (json!("5"), Mixed::String("5".to_owned())),
        (json!(true), Mixed::Bool(true)),
        (json!(5), Mixed::Integer(5)),
        (json!(5.5), Mixed::Number(5.5)),
        (json!([]), Mixed::Array(Vec::new())),
        (json!({"id": 1}), Mixed::Part(Part { id: 1, ..Part::default() })),
        (json!({"no": 1}), Mixed::Unknown(json!({"no": 1}))),
        (json!([1]), Mixed::Unknown(json!([1]))),
        (json!(null), Mixed::Unknown(json!(null))),
    ] {
        let mixed: Mixed = read(&value).unwrap();
        assert_eq!(mixed, expected);
        assert_eq!(written(&mixed), value);
    }
}

#[test]
fn a_discriminator_that_the_model_lacks_is_written() {
    let message = Message { sender: 1, ..Message::default() };
    assert_eq!(written(&Entry::Message(message.clone())), json!({"type": "a.message", "sender": 1}));
    let part = Part { id: 1, ..Part::default() };
    assert_eq!(written(&Entry::Part(Box::new(part))), json!({"type": "a.part", "id": 1}));
    let read: Entry = read(&json!({"type": "a.message", "sender": 1})).unwrap();
    assert_eq!(written(&read), json!({"type": "a.message", "sender": 1}));
}

#[test]
fn many_undeclared_fields_are_decoded_in_linear_time() {
    let fields: Map<String, Value> = (0..100_000).map(|key| (format!("k{key}"), key.into())).collect();
    let mut value = Value::Object(fields);
    value["id"] = json!(1);
    assert_eq!(read::<Part>(&value).unwrap().extra.len(), 100_000);
}

#[test]
fn undeclared_fields_keep_their_order() {
    let json = r#"{"z":1,"id":1,"a":{"y":1},"m":null}"#;
    let part: Part = decode(json.as_bytes()).unwrap();
    assert_eq!(encode(&part).unwrap(), br#"{"id":1,"z":1,"a":{"y":1},"m":null}"#);
    assert_ne!(part.extra, Extra::new());
}
