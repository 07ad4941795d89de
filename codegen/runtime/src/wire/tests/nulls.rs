//! Tests of nulls that are kept or rejected.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::helpers::{error_message, read, read_with, written};
use crate::decode::text::decode;
use crate::encode::text::encode;
use crate::model::extra::Extra;
use crate::types::maybe::Maybe;
use crate::types::null::Null;
use crate::types::tuple::Tuple;
use crate::types::unix_time::UnixSeconds;
use crate::wire::samples::{Change, Everything, Lists, Mixed, Part, Wish};
use crate::{model, union};

#[test]
fn null_and_absent_are_distinguished() {
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
fn a_value_that_the_caller_sets_replaces_a_null() {
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
fn nulls_that_nothing_can_hold_are_rejected() {
    assert!(error_message::<Vec<i64>>("[1, null]").starts_with("/1: expected a 64-bit integer, found null"));
    assert!(
        error_message::<BTreeMap<String, bool>>(r#"{"a/b": null}"#).starts_with("/a~1b: expected a boolean")
    );
    assert!(error_message::<Part>("null").starts_with("expected an object, found null"));
    assert!(error_message::<Change>(r#"{"name": null}"#).starts_with("/name: expected a string, found null"));
    assert_eq!(decode::<Vec<Option<i64>>>(b"[null]"), Ok(vec![None]));
}

#[test]
fn a_free_form_field_of_a_closed_model_keeps_null() {
    let wish: Wish = read(&json!({"any": null, "name": null})).unwrap();
    assert_eq!(wish, Wish { any: Some(Value::Null), name: None });
    assert_eq!(written(&wish), json!({"any": null}));
    assert_eq!(read::<Wish>(&json!({})).unwrap(), Wish::default());
}

#[test]
fn nulls_inside_arrays_and_maps_are_kept() {
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
    // In a union, a value with such a null matches no variant, so it is kept as it is.
    assert_eq!(decode::<Mixed>(b"[null]"), Ok(Mixed::Unknown(json!([null]))));
}

/// A model with fields of which null is the only value.
#[expect(clippy::zero_sized_map_values, reason = "the keys of the map vary")]
#[derive(Clone)]
struct Nothing {
    always: Null,
    sometimes: Option<Null>,
    list: Option<Vec<Null>>,
    map: Option<BTreeMap<String, Null>>,
    first: Option<Tuple<(Option<Null>, Option<String>)>>,
    extra: Extra,
}
model! {
    Nothing: open default,
    0 "always" => always: REQUIRED,
    1 "sometimes" => sometimes,
    2 "list" => list,
    3 "map" => map,
    4 "first" => first,
}

#[derive(Clone)]
struct Named {
    kind: String,
    extra: Extra,
}
model! {
    Named: open default,
    0 "kind" => kind: REQUIRED,
}

/// A union of types that a null distinguishes.
#[derive(Clone, Debug, PartialEq)]
enum Either {
    Named(Named),
    Nothing(Nothing),
    Null(Null),
    Text(String),
    Unknown(Value),
}
union! {
    Either,
    Named(Named) from Named,
    Nothing(Nothing) from Nothing,
    Null(Null) from Null,
    Text(String) from String | &str,
}

#[test]
fn null_is_the_only_value_of_its_type() {
    let all = json!({"always": null, "sometimes": null, "list": [null, null], "map": {"a": null}, "first": [null, "a"]});
    let nothing: Nothing = read(&all).unwrap();
    assert_eq!((nothing.always, nothing.sometimes), (Null, Some(Null)));
    assert_eq!(nothing.list, Some(vec![Null, Null]));
    assert_eq!(nothing.first.as_ref().unwrap().0, Some(Null));
    assert_eq!(written(&nothing), all);
    let nothing: Nothing = read(&json!({"always": null})).unwrap();
    assert_eq!(nothing.sometimes, None);
    assert_eq!(written(&nothing), json!({"always": null}));
    assert_eq!(written(&Nothing::default()), json!({"always": null}));
    let nothing = Nothing { sometimes: Some(Null), ..Nothing::default() };
    assert_eq!(written(&nothing), json!({"always": null, "sometimes": null}));
    assert_eq!(written(&Nothing { list: Some(vec![Null]), ..Nothing::default() })["list"], json!([null]));
    assert!(error_message::<Nothing>(r#"{"always": false}"#).starts_with("/always: expected null, found"));
    assert!(error_message::<Nothing>("{}").contains("always"));
    assert!(
        error_message::<Nothing>(r#"{"always": null, "sometimes": 0}"#)
            .starts_with("/sometimes: expected null, found an integer")
    );
    assert_eq!((Null.to_string(), encode(&Null).unwrap()), ("null".to_owned(), b"null".to_vec()));
    assert!(decode::<Null>(b"").is_err());
    assert_eq!(serde_json::from_str::<Null>("null").unwrap(), Null);
    assert_eq!(decode::<Maybe<Null>>(b"null"), Ok(Maybe::Null));
}

#[test]
fn null_selects_the_variant_of_a_union() {
    for (text, is_it) in [
        ("null", (|either| matches!(either, Either::Null(Null))) as fn(&Either) -> bool),
        (r#"{"kind":"a"}"#, |either| matches!(either, Either::Named(_))),
        (r#"{"always":null}"#, |either| matches!(either, Either::Nothing(_))),
        (r#""a""#, |either| matches!(either, Either::Text(_))),
        ("1", |either| matches!(either, Either::Unknown(_))),
        (r#"{"always":1}"#, |either| matches!(either, Either::Unknown(_))),
    ] {
        let either: Either = decode(text.as_bytes()).unwrap();
        assert!(is_it(&either), "{text}: {either:?}");
        assert_eq!(encode(&either).unwrap(), text.as_bytes());
    }
    assert_eq!(Either::from(Null), Either::Null(Null));
}
