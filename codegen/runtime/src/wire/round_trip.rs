//! Tests of the driver as a whole, case by case.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::properties::completed;
use super::samples::{Change, Entry, Everything, Lists, Message, Mixed, Part, Status, Wish};
use super::{DecodeError, Extra, Maybe, UnixMicros, UnixSeconds, decode, encode};

fn read<T: super::Node + Default>(value: &Value) -> Result<T, DecodeError> {
    decode(value.to_string().as_bytes())
}

fn written(value: &dyn super::Node) -> Value {
    serde_json::from_slice(&encode(value).unwrap()).unwrap()
}

fn complaint<T: super::Node + Default>(json: &str) -> String {
    match decode::<T>(json.as_bytes()) {
        Ok(_) => String::from("none"),
        Err(error) => error.to_string(),
    }
}

fn complaint_of(json: &[u8]) -> String {
    decode::<Value>(json).unwrap_err().to_string()
}

fn full() -> Value {
    json!({
        "id": 35_184_372_088_832_i64, "flag": true, "small": -5, "ratio": 1.5, "name": "n", "at": "2026-03-05T10:11:12.5Z",
        "status": "open", "part": {"id": 1, "type": null, "new": [1, {"a": null}]}, "list": [1, 2],
        "exact": 1.25, "any": {"x": [null]}, "free": {"k": 1}, "seconds": 5, "micros": 1_700_000_000_000_000_i64,
        "ids": [1, -2], "by_name": {"a": 1, "b": 2.5}, "parts": [{"id": 2}],
        "entries": [{"type": "chat.msg", "sender": 1, "mood": "?"}, {"type": "other", "z": 1}, 5, null],
        "mixed": ["a", "b"], "boxed": completed(json!({"id": 1, "name": "", "any": null})), "maybe": null, "unknown": {"deep": [1.0, -0.0]}
    })
}

#[test]
fn every_kind_of_field_survives() {
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

#[test]
fn models_work_inside_of_derived_ones_and_in_any_format() {
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

/// As `serde_json` tells numbers if some crate has turned on its feature `arbitrary_precision`, and raw values always.
#[test]
fn numbers_and_values_kept_as_text_are_read() {
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
fn foreign_errors_name_the_place_too() {
    let error =
        serde_json::from_str::<Vec<Everything>>("[{\"name\": \"\", \"id\": 1,\n\"part\": {\"id\": true}}]");
    let error = error.unwrap_err();
    assert_eq!((error.line(), error.column()), (2, 22));
    assert!(
        error.to_string().starts_with("/part/id: expected an integer of 64 bits, found true or false"),
        "{error}"
    );
}

#[test]
fn integers_are_never_bent() {
    let read =
        |text: &str| decode::<i64>(text.as_bytes()).map_err(|error| error.found().unwrap_or("").to_owned());
    assert_eq!(read("9223372036854775807"), Ok(i64::MAX));
    assert_eq!(read("-9223372036854775808"), Ok(i64::MIN));
    assert_eq!(read("1.0"), Ok(1));
    assert_eq!(read("-2e3"), Ok(-2000));
    assert_eq!(read("-0"), Ok(0));
    assert_eq!(read("9223372036854775808"), Err("an integer out of range".to_owned()));
    assert_eq!(read("99999999999999999999"), Err("an integer out of range".to_owned()));
    assert_eq!(read("9007199254740993.0"), Err("an integer out of range".to_owned()));
    assert_eq!(read("1.5"), Err("a number with a fraction".to_owned()));
    assert_eq!(read("\"1\""), Err("a string".to_owned()));
}

#[test]
fn floats_take_integers_that_fit() {
    assert_eq!(decode::<f64>(b"3"), Ok(3.0));
    assert_eq!(decode::<f64>(b"10000000000000000000"), Ok(1e19));
    assert!(complaint::<f64>("9007199254740993").contains("rounds"));
    assert!(complaint::<f64>("18446744073709551615").contains("rounds"));
    assert_eq!(decode::<f64>(b"1e300"), Ok(1e300));
}

#[test]
fn floats_are_written_as_the_server_does() {
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
    let everything = Everything { ratio: f64::INFINITY, ..Everything::default() };
    assert_eq!(encode(&vec![everything]).unwrap_err().path(), "/0/ratio");
    assert!(serde_json::to_string(&Everything { ratio: f64::NAN, ..Everything::default() }).is_err());
}

#[test]
fn declared_integers_may_come_as_text() {
    let read = |sender: Value| decode::<Message>(json!({ "sender": sender }).to_string().as_bytes());
    assert_eq!(read(json!("383486450414")).unwrap().sender, 383_486_450_414);
    assert_eq!(read(json!("-5")).unwrap().sender, -5);
    assert_eq!(read(json!(6)).unwrap().sender, 6);
    for refused in ["", "-", "+5", " 5", "5.0", "0x5", "٣", "9223372036854775808"] {
        assert_eq!(
            read(json!(refused)).unwrap_err().found(),
            Some("a string that is no such integer"),
            "{refused}"
        );
    }
    let everything: Everything = read_with(&json!({"ids": ["7", 8]}));
    assert_eq!(everything.ids, Some(vec![7, 8]));
    assert!(
        complaint::<Everything>(r#"{"id": "1"}"#)
            .starts_with("/id: expected an integer of 64 bits, found a string")
    );
}

fn read_with(more: &Value) -> Everything {
    let mut value = json!({"id": 1, "name": "n"});
    value.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    read(&value).unwrap()
}

#[test]
fn null_and_absent_are_told_apart() {
    for document in [
        json!({"id": 1, "name": "n", "seconds": null, "ids": null, "mixed": null, "boxed": null}),
        json!({"id": 1, "name": null, "flag": null, "at": null, "status": null, "part": null, "list": null}),
        json!({"id": null, "name": "n", "ratio": null, "small": null, "maybe": null, "any": null}),
    ] {
        let everything: Everything = read(&document).unwrap();
        let written = written(&everything);
        for (key, value) in document.as_object().unwrap() {
            assert_eq!(written.get(key), Some(value), "{key}");
        }
        assert!(written.get("free").is_none() && written.get("parts").is_none());
    }
}

#[test]
fn what_the_caller_sets_wins_over_a_null() {
    let mut everything = read_with(&json!({"seconds": null, "flag": null, "part": null}));
    assert!(everything.extra.is_null("seconds"));
    everything.seconds = Some(UnixSeconds::new(9));
    everything.flag = true;
    everything.part.id = 3;
    let value = written(&everything);
    assert_eq!(
        (&value["seconds"], &value["flag"], &value["part"]),
        (&json!(9), &json!(true), &json!({"id": 3}))
    );
    everything.seconds = None;
    assert_eq!(written(&everything)["seconds"], json!(null));
    everything.extra.remove("seconds");
    assert_eq!(written(&everything).get("seconds"), None);
}

#[test]
fn a_declared_field_wins_over_an_undeclared_one_of_its_name() {
    let mut part = Part { id: 1, ..Part::default() };
    part.extra.insert("id", 2);
    part.extra.insert("type", "t");
    assert_eq!(encode(&part).unwrap(), br#"{"id":1,"type":"t"}"#);
}

#[test]
fn nulls_without_a_place_are_refused() {
    assert!(complaint::<Vec<i64>>("[1, null]").starts_with("/1: expected an integer of 64 bits, found null"));
    assert!(
        complaint::<BTreeMap<String, bool>>(r#"{"a/b": null}"#).starts_with("/a~1b: expected true or false")
    );
    assert!(complaint::<Part>("null").starts_with("expected an object, found null"));
    assert!(complaint::<Change>(r#"{"name": null}"#).starts_with("/name: expected a string, found null"));
    assert_eq!(decode::<Vec<Option<i64>>>(b"[null]"), Ok(vec![None]));
}

/// Null is a value like others where any may stand, and nothing else would remember it.
#[test]
fn nulls_of_any_type_are_kept_in_closed_models() {
    let wish: Wish = read(&json!({"any": null, "name": null})).unwrap();
    assert_eq!(wish, Wish { any: Some(Value::Null), name: None });
    assert_eq!(written(&wish), json!({"any": null}));
    assert_eq!(read::<Wish>(&json!({})).unwrap(), Wish::default());
}

#[test]
fn nulls_inside_of_lists_and_maps_are_kept() {
    let json = r#"{"texts":["a",null,""],"grid":[[1],[null,2],null],"counts":{"x":null,"y":0},"parts":[null,{"id":1}]}"#;
    let mut lists: Lists = decode(json.as_bytes()).unwrap();
    assert_eq!(lists.texts, ["a", "", ""]);
    assert_eq!(lists.grid, [vec![1], vec![0, 2], vec![]]);
    assert_eq!(lists.extra.nulls_within("grid").collect::<Vec<_>>(), ["/1/0", "/2"]);
    assert_eq!(String::from_utf8(encode(&lists).unwrap()).unwrap(), json);
    assert_eq!(decode::<Lists>(&encode(&lists).unwrap()).unwrap(), lists);

    lists.texts[1] = "b".to_owned();
    lists.extra.remove("grid");
    let changed =
        r#"{"texts":["a","b",""],"grid":[[1],[0,2],[]],"counts":{"x":null,"y":0},"parts":[null,{"id":1}]}"#;
    assert_eq!(String::from_utf8(encode(&lists).unwrap()).unwrap(), changed);
    // In a union, another variant may fit better, and what fits none is kept as it is.
    assert_eq!(decode::<Mixed>(b"[null]"), Ok(Mixed::Unknown(json!([null]))));
}

#[test]
fn missing_fields_are_all_named() {
    let error = decode::<Vec<Everything>>(br#"[{"flag": true}]"#).unwrap_err();
    assert_eq!((error.path(), error.missing()), ("/0", ["id", "name"].as_slice()));
    assert_eq!(error.to_string(), "/0: fields `id`, `name` of Everything are missing (line 1, column 15)");
    assert!(complaint::<Part>("{}").starts_with("field `id` of Part is missing"));
}

#[test]
fn keys_that_stand_twice_are_refused() {
    assert!(complaint::<Part>(r#"{"id": 1, "id": 1}"#).starts_with("/id: this key stands twice"));
    assert!(
        complaint::<Part>(r#"{"id": 1, "x": 1, "y": 2, "x": 1}"#).starts_with("/x: this key stands twice")
    );
    assert!(complaint::<Map<String, Value>>(r#"{"a": 1, "a": 1}"#).starts_with("/a: this key stands twice"));
    assert!(
        complaint::<BTreeMap<String, i64>>(r#"{"a": 1, "a": 1}"#).starts_with("/a: this key stands twice")
    );
}

#[test]
fn closed_models_refuse_what_they_do_not_know() {
    let message = complaint::<Change>(r#"{"name": "n", "nmae": 1}"#);
    assert!(message.starts_with("/nmae: Change has no such field"), "{message}");
}

#[test]
fn errors_name_the_place_and_never_the_value() {
    let json = r#"{"id": 1, "name": "n", "parts": [{"id": 1}, {"id": "secret"}]}"#;
    let error = decode::<Everything>(json.as_bytes()).unwrap_err();
    assert_eq!(error.path(), "/parts/1/id");
    assert_eq!((error.expected(), error.found()), (Some("an integer of 64 bits"), Some("a string")));
    assert_eq!((error.line(), error.column()), (1, 59));
    assert!(!format!("{error} {error:?}").contains("secret"));
    let inside = r#"{"id": 1, "name": "n", "entries": [{"type": "chat.msg", "sender": [5]}]}"#;
    assert_eq!(decode::<Everything>(inside.as_bytes()).unwrap_err().path(), "/entries/0/sender");
    let broken = decode::<Everything>(br#"{"id": 1, "parts": [{"id"#).unwrap_err();
    assert_eq!(broken.path(), "/parts/0");
    assert!(broken.to_string().contains("this is not JSON: EOF while parsing a string"), "{broken}");
    assert!(complaint::<i64>("1 2").contains("trailing characters"));
    assert_eq!(complaint_of(b"\n \"\xff\""), "this is not UTF-8 (line 2, column 3)");
}

#[test]
fn unions_take_the_first_type_that_fits() {
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
fn tags_are_written_where_the_model_has_none() {
    let message = Message { sender: 1, ..Message::default() };
    assert_eq!(written(&Entry::Message(message.clone())), json!({"type": "chat.msg", "sender": 1}));
    let part = Part { id: 1, ..Part::default() };
    assert_eq!(written(&Entry::Part(Box::new(part))), json!({"type": "chat.part", "id": 1}));
    let read: Entry = read(&json!({"type": "chat.msg", "sender": 1})).unwrap();
    assert_eq!(written(&read), json!({"type": "chat.msg", "sender": 1}));
}

#[test]
fn depth_is_limited() {
    let deep = |open: &str, close: &str, count| format!("{}{}", open.repeat(count), close.repeat(count));
    assert!(complaint::<Value>(&deep("[", "]", 100_000)).contains("recursion limit"));
    let nested =
        |count| format!("{}{{}}{}", r#"{"id":1,"name":"","boxed":"#.repeat(count), "}".repeat(count));
    assert!(
        complaint::<Everything>(&nested(100_000))
            .contains("/boxed/boxed: values are nested more than 128 deep")
    );
    let value: Value = (0..200).fold(json!({}), |inner, _| json!({"id": 1, "name": "", "boxed": inner}));
    let error = Everything::deserialize(&value).unwrap_err().to_string();
    assert!(error.contains("/boxed/boxed: values are nested more than 128 deep"), "{error}");
    let deeper = (0..1000).fold(json!([]), |inner, _| json!([inner]));
    assert!(Mixed::deserialize(&deeper).unwrap_err().to_string().contains("nested more than 256 deep"));
}

#[test]
fn many_undeclared_fields_are_read_in_time() {
    let fields: Map<String, Value> = (0..100_000).map(|key| (format!("k{key}"), key.into())).collect();
    let mut value = Value::Object(fields);
    value["id"] = json!(1);
    assert_eq!(read::<Part>(&value).unwrap().extra.len(), 100_000);
}

#[test]
fn extra_keeps_the_order() {
    let json = r#"{"z":1,"id":1,"a":{"y":1},"m":null}"#;
    let part: Part = decode(json.as_bytes()).unwrap();
    assert_eq!(encode(&part).unwrap(), br#"{"id":1,"z":1,"a":{"y":1},"m":null}"#);
    assert_ne!(part.extra, Extra::new());
}

#[test]
fn texts_that_no_string_holds_are_refused_with_their_place() {
    for lone in [r#"{"id": 1, "x": "\ud800"}"#, r#"{"id": 1, "type": "\udc00 "}"#] {
        let message = complaint::<Part>(lone);
        assert!(message.contains("this is not JSON") && message.contains("line 1, column"), "{message}");
    }
    assert_eq!(read_part(r#"{"id":1,"x":"\ud83d\ude00\u0000"}"#).extra.get("x"), Some(&json!("😀\0")));
}

fn read_part(json: &str) -> Part {
    decode(json.as_bytes()).unwrap()
}

#[test]
fn undeclared_numbers_are_as_exact_as_serde_json_is() {
    let again = |number: &str| {
        let part = read_part(&format!(r#"{{"id":1,"x":[{number}]}}"#));
        let text = String::from_utf8(encode(&part).unwrap()).unwrap();
        text.trim_start_matches(r#"{"id":1,"x":["#).trim_end_matches("]}").to_owned()
    };
    for exact in ["18446744073709551615", "-9223372036854775808", "0.1", "1.0", "-0.0", "5e-324"] {
        assert_eq!(again(exact), exact);
    }
    // It keeps all digits with its feature `arbitrary_precision` only.
    let keeps_all = serde_json::from_str::<Value>("1e999").is_ok();
    for (long, near) in [
        ("123456789012345678901234567890", "1.2345678901234568e+29"),
        ("0.12345678901234567890123", "0.12345678901234568"),
        ("-0", "-0.0"),
    ] {
        assert_eq!(again(long), if keeps_all { long } else { near });
    }
}
