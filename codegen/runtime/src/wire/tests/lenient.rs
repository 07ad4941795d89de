//! Tests of decoding leniently.

#![allow(unreachable_pub, reason = "written like the emitted models, which are public")]

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::helpers::error_message;
use crate::decode::text::decode;
use crate::encode::text::encode;
use crate::model::node::Decode;
use crate::nodes::lenient::{Lenient, decode_lenient};
use crate::types::maybe::Maybe;
use crate::wire::samples::{Closed, Info, Lists, Mixed, Part, Row, Shape, Var};
use crate::{model, tagged_union};

/// A closed model with additional properties.
#[derive(Clone)]
pub struct Sizes {
    pub unit: Option<String>,
    pub additional: BTreeMap<String, i64>,
}
model! { Sizes: closed default, 0 "unit" => unit, * 2 => additional, }

/// One of two models, chosen by a tag.
#[derive(Clone, Debug, PartialEq)]
pub enum Tagged {
    Row(Row),
    Closed(Closed),
    Unknown(Value),
}
tagged_union! { Tagged by "kind", "row" => Row(Row), "closed" => Closed(Closed), }

/// Decodes JSON leniently, and checks that it is encoded as the same JSON.
fn lenient<T: Decode + Clone>(json: &str) -> Lenient<T> {
    let lenient: Lenient<T> = decode_lenient(json.as_bytes()).unwrap();
    let written = String::from_utf8(encode(&lenient).unwrap()).unwrap();
    assert_eq!(comparable(&written), comparable(json));
    lenient
}

/// Returns JSON without unpaired surrogates, which `serde_json` doesn't read.
fn comparable(json: &str) -> Value {
    serde_json::from_str(&json.replace("\\ud800", "<surrogate>").replace("1e999", "\"<large>\"")).unwrap()
}

fn paths<T>(lenient: &Lenient<T>) -> Vec<String> {
    lenient.mismatches.iter().map(|mismatch| format!("{} {}", mismatch.path(), mismatch.left_out())).collect()
}

#[test]
fn fields_and_entries_that_do_not_match_are_left_out() {
    let json = r#"{"host":"h","is_k8s":"unknown","uptime":12.5,"vars":{"a":{"v":1},"b":2.0}}"#;
    let info: Lenient<Info> = lenient(json);
    assert_eq!(info.value.host, "h");
    assert_eq!((info.value.is_k8s, info.value.uptime.as_deref()), (None, None));
    let vars = info.value.vars.clone().unwrap();
    assert_eq!(vars.keys().collect::<Vec<_>>(), ["a"]);
    assert_eq!(vars["a"].v, Some(1));
    assert_eq!(paths(&info), ["/is_k8s /is_k8s", "/uptime /uptime", "/vars/b /vars/b"]);
    let left_out: Vec<_> = info.value.extra.left_out().collect();
    let expected = [("/is_k8s", r#""unknown""#), ("/uptime", "12.5"), ("/vars/b", "2.0")];
    assert_eq!(left_out, expected.map(|(pointer, text)| (pointer.to_owned(), text)));
    assert_eq!(
        serde_json::to_string(&info.value).unwrap(),
        String::from_utf8(encode(&info.value).unwrap()).unwrap()
    );
    assert_eq!(serde_json::to_value(&info.value).unwrap(), serde_json::from_str::<Value>(json).unwrap());

    let error = decode::<Info>(json.as_bytes()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "/is_k8s: expected a boolean, found a string (line 1, column 30); \
         /uptime: expected a string, found a number with a fraction (line 1, column 44); \
         /vars/b: expected an object, found a number with a fraction (line 1, column 72)"
    );
    assert_eq!((error.path(), error.mismatches().total()), ("/is_k8s", 3));
    assert_eq!(error.mismatches()[2].expected(), Some("an object"));
}

#[test]
fn without_a_required_field_the_value_around_it_is_left_out() {
    let info: Lenient<Info> =
        lenient(r#"{"host":"h","rows":[[{"id":1,"tags":["a",2,"b"]},{"id":"x","tags":[3]},{},{"id":4}],5]}"#);
    assert_eq!(
        paths(&info),
        [
            "/rows/0/0/tags/1 /rows/0/0/tags/1",
            "/rows/0/1/id /rows/0/1",
            "/rows/0/1/tags/0 /rows/0/1",
            "/rows/0/2 /rows/0/2",
            "/rows/1 /rows/1"
        ]
    );
    assert_eq!(info.mismatches[3].missing_fields(), ["id"]);
    let rows = info.value.rows.as_ref().unwrap();
    assert_eq!(rows[0].iter().map(|row| row.id).collect::<Vec<_>>(), [1, 4]);
    assert_eq!(rows[0][0].tags.as_deref(), Some(&["a".to_owned(), "b".to_owned()][..]));

    let error = decode_lenient::<Info>(br#"{"host":5,"uptime":1}"#).unwrap_err();
    assert_eq!(
        error.mismatches().iter().map(crate::Mismatch::path).collect::<Vec<_>>(),
        ["/host", "/uptime"]
    );
    assert!(error.mismatches().iter().all(|one| one.left_out().is_empty()));
    let message = error_message::<Info>(r#"{"uptime":1}"#);
    assert!(message.starts_with("/uptime: expected a string, found an integer"), "{message}");
    assert!(message.contains("; missing field `host` of Info (line 1, column 12); help: "), "{message}");
}

#[test]
fn a_value_that_a_caller_sets_replaces_what_was_left_out() {
    let json = br#"{"host":"h","is_k8s":0,"vars":{"a":1},"rows":[1,[{"id":1}],2]}"#;
    let mut info = decode_lenient::<Info>(json).unwrap().value;
    info.is_k8s = Some(true);
    info.vars.as_mut().unwrap().insert("a".to_owned(), Var::default());
    info.rows.as_mut().unwrap().clear();
    assert_eq!(encode(&info).unwrap(), br#"{"host":"h","is_k8s":true,"vars":{"a":{}},"rows":[1,2]}"#);
    info.extra.remove("rows");
    info.vars = None;
    assert_eq!(encode(&info).unwrap(), br#"{"host":"h","is_k8s":true,"rows":[]}"#);
    assert_eq!(info.extra.left_out().count(), 2);
}

#[test]
fn values_around_a_model_keep_what_is_left_out_of_it() {
    let info: Lenient<Info> = lenient(
        r#"{"host":"h","strict":{"name":1,"counts":[1,"2",null],"more":{"x":1},"inner":{"name":[]}}}"#,
    );
    let closed = info.value.strict.as_ref().unwrap();
    assert_eq!((closed.name.as_deref(), closed.counts.as_deref()), (None, Some(&[1][..])));
    assert_eq!(
        paths(&info).iter().map(|paths| paths.split(' ').next().unwrap()).collect::<Vec<_>>(),
        ["/strict/name", "/strict/counts/1", "/strict/counts/2", "/strict/more", "/strict/inner/name"]
    );
    let closed: Lenient<Closed> = lenient(r#"{"name":1,"counts":[null,7]}"#);
    assert_eq!(encode(&closed.value).unwrap(), br#"{"counts":[7]}"#);
    let array: Lenient<Vec<i64>> = lenient(r#"["a",1,null,2.5,{"b":[]},3]"#);
    assert_eq!((array.value.as_slice(), array.mismatches.len()), (&[1, 3][..], 4));
    let map: Lenient<BTreeMap<String, Vec<bool>>> = lenient(r#"{"a":[true,1],"b":2,"c":[]}"#);
    assert_eq!(map.value.len(), 2);
    let free: Lenient<Map<String, Value>> = lenient(r#"{"a":"\ud800","b":1}"#);
    assert_eq!(free.value.len(), 1);
    assert!(lenient::<Vec<i64>>("[1]").is_exact());
    let empty: Lenient<BTreeMap<String, i64>> = lenient(r#"{"a":"x"}"#);
    assert!(empty.value.is_empty());
}

#[test]
fn nulls_that_are_kept_stay_so_beside_values_that_are_left_out() {
    let lists: Lenient<Lists> =
        lenient(r#"{"texts":[null,1,"a",null],"grid":[[1,null,"x",2],null],"counts":{},"parts":[]}"#);
    assert_eq!(lists.value.texts, ["", "a", ""]);
    assert_eq!(lists.value.extra.nulls_within("grid").collect::<Vec<_>>(), ["/0/1", "/1"]);
    assert_eq!(paths(&lists).len(), 2);
    let info: Lenient<Info> = lenient(r#"{"host":null,"note":5,"is_k8s":null}"#);
    assert_eq!((info.value.note.is_absent(), info.mismatches.total()), (true, 1));
}

#[test]
fn unpaired_surrogates_and_bytes_that_are_not_utf8_are_kept() {
    let info: Lenient<Info> = lenient(
        r#"{"host":"h","uptime":"a\ud800","new":"\ud800","free":{"a":["\ud800"],"b":1},"any":["\ud800"],"huge":1e999,"note":"\ud83d\ude00"}"#,
    );
    assert_eq!(
        paths(&info).iter().map(|paths| paths.split(' ').next().unwrap()).collect::<Vec<_>>(),
        ["/uptime", "/new", "/free/a", "/any"]
    );
    assert_eq!(
        (info.mismatches[0].expected(), info.mismatches[0].found()),
        (Some("Unicode text"), Some("an unpaired surrogate"))
    );
    assert_eq!(info.value.note, Maybe::Value("😀".to_owned()));
    // A number out of range is no mismatch.
    assert_eq!(info.value.extra.get("huge"), Some(&json!(f64::MAX)));

    let json = b"{\"host\":\"h\",\n\"uptime\":\"\xe9t\xe9\",\"is_k8s\":true}";
    let info: Lenient<Info> = decode_lenient(json).unwrap();
    assert_eq!((info.value.is_k8s, info.value.uptime), (Some(true), None));
    assert_eq!(info.mismatches.to_string(), "/uptime: expected UTF-8, found other bytes (line 2, column 11)");
    assert_eq!(
        info.value.extra.left_out().collect::<Vec<_>>(),
        [("/uptime".to_owned(), r#""\udce9t\udce9""#)]
    );
    let error = decode::<Info>(json).unwrap_err();
    assert_eq!((error.path(), error.found()), ("/uptime", Some("other bytes")));
    assert!(
        decode_lenient::<Info>(b"{\"host\":\"\xff\"}")
            .unwrap_err()
            .to_string()
            .starts_with("/host: expected UTF-8")
    );
    assert!(
        decode_lenient::<Info>(b"{\"host\":\"h\"\xff}").unwrap_err().to_string().contains("invalid UTF-8")
    );
    // An object with such a key can't be read.
    let vars: Lenient<Info> = lenient(r#"{"host":"h","vars":{"\ud800":{}},"rows":[[{"id":1,"\ud800":2}]]}"#);
    assert_eq!(paths(&vars), ["/vars /vars", "/rows/0/0 /rows/0/0"]);
}

#[test]
fn the_first_of_duplicate_keys_is_decoded_and_the_others_are_kept() {
    for (json, path) in [
        (r#"{"host":"h","host":"i","host":3}"#, "/host"),
        (r#"{"host":"h","x":1,"x":2,"x":3}"#, "/x"),
        (r#"{"host":"h","vars":{"a":{"v":1},"a":{"v":2}}}"#, "/vars/a"),
        (r#"{"host":"h","free":{"a":1,"a":2}}"#, "/free/a"),
        (r#"{"host":"h","strict":{"name":"a","name":"b"}}"#, "/strict/name"),
        (r#"{"host":"h","uptime":5,"uptime":"b"}"#, "/uptime"),
    ] {
        let info: Lenient<Info> = decode_lenient(json.as_bytes()).unwrap();
        assert_eq!(info.value.host, "h");
        assert_eq!(info.mismatches[0].path(), path, "{json}");
        assert_eq!(String::from_utf8(encode(&info.value).unwrap()).unwrap(), json);
    }
}

#[test]
fn a_key_whose_first_value_is_left_out_has_no_other_value() {
    for json in
        [r#"{"host":"h","free":{"a":"\ud800","a":2,"a":3}}"#, r#"{"host":"h","vars":{"a":5,"a":{"v":2}}}"#]
    {
        let info: Lenient<Info> = decode_lenient(json.as_bytes()).unwrap();
        assert_eq!(info.mismatches.total(), json.matches(r#""a":"#).count(), "{json}");
        assert_eq!(String::from_utf8(encode(&info.value).unwrap()).unwrap(), json);
    }
    let json = r#"{"unit":"m","a":"long","a":1}"#;
    let sizes: Lenient<Sizes> = decode_lenient(json.as_bytes()).unwrap();
    assert_eq!((sizes.value.additional.len(), sizes.mismatches.total()), (0, 2));
    assert_eq!(String::from_utf8(encode(&sizes).unwrap()).unwrap(), json);
}

#[test]
fn invalid_json_is_an_error() {
    for json in [
        r#"{"host":"h","is_k8s":1"#,
        r#"{"host":"h","is_k8s":1}}"#,
        r#"{"host":"h","is_k8s":tru}"#,
        "",
        "nul",
    ] {
        let error = decode_lenient::<Info>(json.as_bytes()).unwrap_err();
        assert!(error.to_string().contains("invalid JSON") && error.mismatches().is_empty(), "{error}");
    }
    assert!(decode_lenient::<Info>(br#"{"host":"h","is_k8s":1"#).unwrap_err().is_truncated());
}

#[test]
fn a_union_chooses_a_variant_that_needs_the_fewest_values_left_out() {
    let shape = |json: &str| lenient::<Vec<Shape>>(&format!("[{json}]"));
    // A type that matches exactly wins.
    assert!(matches!(shape(r#"{"name":"n","id":"x"}"#).value[..], [Shape::Named(_)]));
    assert!(shape(r#"{"name":"n","id":"x"}"#).is_exact());
    // Otherwise values are left out of the best one.
    let row = shape(r#"{"id":1,"tags":[1,"a"]}"#);
    assert!(matches!(&row.value[..], [Shape::Row(Row { id: 1, .. })]));
    assert_eq!(paths(&row), ["/0/tags/0 /0/tags/0"]);
    assert!(matches!(shape(r#"{"name":"n","size":"large"}"#).value[..], [Shape::Named(_)]));
    let words = shape(r#"["a",1,"b"]"#);
    assert_eq!(words.value, [Shape::Words(vec!["a".to_owned(), "b".to_owned()])]);
    // A type of which nothing remains doesn't match.
    let unknown = shape("[1,2]");
    assert_eq!((unknown.value.as_slice(), unknown.is_exact()), (&[Shape::Unknown(json!([1, 2]))][..], true));
    let info: Lenient<Info> =
        lenient(r#"{"host":"h","is_k8s":1,"shape":["a",2],"entry":{"type":"a.part","id":"x"}}"#);
    assert_eq!(info.value.shape, Some(Shape::Words(vec!["a".to_owned()])));
    assert_eq!(paths(&info), ["/is_k8s /is_k8s", "/shape/1 /shape/1", "/entry/id /entry"]);
}

#[test]
fn values_are_left_out_of_the_variant_of_a_discriminator() {
    let tagged: Lenient<Vec<Tagged>> = lenient(
        r#"[{"kind":"row","id":1,"tags":"x"},{"kind":"row"},{"kind":"closed","name":2},{"kind":"other","name":2}]"#,
    );
    assert!(matches!(
        &tagged.value[..],
        [
            Tagged::Row(Row { id: 1, tags: None, .. }),
            Tagged::Closed(Closed { name: None, .. }),
            Tagged::Unknown(_)
        ]
    ));
    assert_eq!(tagged.mismatches[0].path(), "/0/tags");
    assert_eq!(tagged.mismatches[1].missing_fields(), ["id"]);
    let mixed: Lenient<Vec<Mixed>> = lenient(r#"[1,"a",null,{"id":1,"type":7}]"#);
    assert!(matches!(&mixed.value[3], Mixed::Part(Part { id: 1, r#type: None, .. })));
}

#[test]
fn nesting_that_is_too_deep_is_left_out() {
    let deep = (0..200).fold(json!({}), |inner, _| json!({"inner": inner}));
    let info: Lenient<Info> =
        decode_lenient(json!({"host": "h", "strict": deep}).to_string().as_bytes()).unwrap();
    assert!(info.mismatches[0].to_string().contains("nested more than 128 levels deep"));
    assert_eq!(encode(&info.value).unwrap().len(), json!({"host": "h", "strict": deep}).to_string().len());
}

#[test]
fn many_mismatches_are_counted_and_few_are_shown() {
    let items: Vec<i64> = (0..5000).collect();
    let lenient: Lenient<Vec<String>> = lenient(&json!(items).to_string());
    assert_eq!((lenient.value.len(), lenient.mismatches.len(), lenient.mismatches.total()), (0, 1000, 5000));
    let message = error_message::<Vec<String>>(&json!(items).to_string());
    assert!(message.contains("/19: expected a string") && message.ends_with("; and 4980 more"), "{message}");
}

#[test]
fn values_that_are_left_out_pass_through_other_formats() {
    let json = r#"{"host":"h","is_k8s":12345678901234567890123,"vars":{"b":2.50}}"#;
    let info = decode_lenient::<Info>(json.as_bytes()).unwrap().value;
    assert_eq!(encode(&info).unwrap(), json.as_bytes());
    // Other formats have the precision of `serde_json`.
    let written = serde_json::to_value(&info).unwrap();
    assert_eq!(written, serde_json::from_str::<Value>(json).unwrap());
    let surrogate = decode_lenient::<Info>(br#"{"host":"h","uptime":"\ud800"}"#).unwrap().value;
    assert_eq!(serde_json::to_string(&surrogate).unwrap(), r#"{"host":"h","uptime":"\ud800"}"#);
    assert!(format!("{info:?}").contains("12345678901234567890123"));
    assert_ne!(info, Info { host: "h".to_owned(), ..Info::default() });
}
