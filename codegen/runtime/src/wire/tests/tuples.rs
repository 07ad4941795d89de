//! Tests for tuples, additional properties with a type, and required fields without a value.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::model;
use crate::model::extra::Extra;
use crate::nodes::lenient::decode_lenient;
use crate::types::maybe::Maybe;
use crate::types::tuple::Tuple;
use crate::wire::{decode, encode};

/// A model with tuples.
#[derive(Clone)]
struct Shape {
    pair: Option<(f64, String)>,
    short: Option<(i64, Option<String>, Option<i64>)>,
    nullable: Option<(Maybe<i64>, String)>,
    open: Option<Tuple<(i64, String)>>,
    numbers: Option<Tuple<(String,), f64>>,
    extra: Extra,
}
model! {
    Shape: open default,
    0 "pair" => pair,
    1 "short" => short,
    2 "nullable" => nullable,
    3 "open" => open,
    4 "numbers" => numbers,
}

/// A model with additional properties that are strings.
#[derive(Clone)]
struct Labels {
    a: Option<i64>,
    additional: BTreeMap<String, String>,
    extra: Extra,
}
model! {
    Labels: open default,
    0 "a" => a,
    * 2 => additional,
}

/// A model with additional properties that are numbers.
#[derive(Clone)]
struct Rates {
    additional: BTreeMap<String, f64>,
    extra: Extra,
}
model! {
    Rates: open default,
    * 1 => additional,
}

/// A model with additional properties that may be null.
#[derive(Clone)]
struct Notes {
    a: Option<i64>,
    additional: BTreeMap<String, Option<String>>,
    extra: Extra,
}
model! {
    Notes: open default,
    0 "a" => a,
    * 2 => additional,
}

/// A closed model with additional properties that are models.
#[derive(Clone)]
struct Closed {
    id: i64,
    parts: BTreeMap<String, Labels>,
}
model! {
    Closed: closed default,
    0 "id" => id: REQUIRED,
    * 2 => parts,
}

/// A model with a required field whose type may have no value.
#[derive(Clone)]
struct Linked {
    next: Option<Box<Linked>>,
    extra: Extra,
}
model! {
    Linked: open default,
    0 "next" => next: REQUIRED VALUE,
}

fn text<T: crate::wire::Node>(value: &T) -> String {
    String::from_utf8(encode(value).unwrap()).unwrap()
}

/// Decodes a model, and asserts that encoding it gives the same JSON.
fn round_trip<T: crate::wire::Decode>(value: &Value) -> T {
    let model: T = decode(value.to_string().as_bytes()).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&text(&model)).unwrap(), *value);
    model
}

#[test]
fn items_of_a_tuple_have_types_of_their_own() {
    let shape: Shape = round_trip(&json!({"pair": [1.5, "x"], "numbers": ["a", 1, 2.5]}));
    assert_eq!(shape.pair, Some((1.5, "x".to_owned())));
    assert_eq!(shape.numbers.as_ref().unwrap().0, "a");
    assert_eq!(shape.numbers.unwrap().rest, [1.0, 2.5]);
}

/// JSON Schema Core 10.3.1.1: without `items: false`, other items may follow, and fewer may come.
#[test]
fn other_items_after_a_tuple_are_kept() {
    let shape: Shape = round_trip(&json!({"open": [1, "x", {"more": [null]}, null]}));
    let open = shape.open.unwrap();
    assert_eq!((open.0, open.1.as_str()), (1, "x"));
    assert_eq!(open.rest, [json!({"more": [null]}), Value::Null]);
    assert_eq!(text(&Tuple::<_, Value>::from((1_i64, "x".to_owned()))), r#"[1,"x"]"#);
}

#[test]
fn items_at_the_end_may_be_missing_or_null() {
    for value in [
        json!([1]),
        json!([1, "x"]),
        json!([1, "x", 2]),
        json!([1, null]),
        json!([1, null, 2]),
        json!([1, "x", null]),
        json!([1, null, null]),
    ] {
        let shape: Shape = round_trip(&json!({"short": value}));
        assert_eq!(shape.short.unwrap().0, 1);
    }
    let mut shape: Shape = round_trip(&json!({"short": [1, null]}));
    shape.short = Some((1, None, Some(3)));
    assert_eq!(text(&shape), r#"{"short":[1,null,3]}"#);
    for value in [json!([null, "x"]), json!([1, "x"])] {
        round_trip::<Shape>(&json!({"nullable": value}));
    }
}

#[test]
fn a_null_that_an_item_does_not_declare_is_kept() {
    let shape: Shape = round_trip(&json!({"pair": [null, "x"]}));
    assert_eq!(shape.pair, Some((0.0, "x".to_owned())));
    assert_eq!(shape.extra.nulls_within("pair").collect::<Vec<_>>(), ["/0"]);
}

#[test]
fn a_tuple_of_another_length_is_an_error() {
    for (value, message) in [
        (r#"{"pair":[1]}"#, "/pair: expected as many items as declared, found fewer"),
        (r#"{"pair":[1,"x",2]}"#, "/pair/2: expected the end of the array, found another item"),
        (r#"{"pair":[1,2]}"#, "/pair/1: expected a string, found an integer"),
        (r#"{"open":[]}"#, "/open: expected as many items as declared, found fewer"),
    ] {
        let error = decode::<Shape>(value.as_bytes()).err().unwrap().to_string();
        assert!(error.contains(message), "{error}");
    }
    // Without a model around it, nothing could keep the null.
    assert!(decode::<(i64, Option<i64>)>(b"[1,null]").is_err());
    assert_eq!(decode::<(i64, Option<i64>)>(b"[1]").unwrap(), (1, None));
}

#[test]
fn additional_properties_have_their_type() {
    let labels: Labels = round_trip(&json!({"x": "1", "a": 1, "y": "2"}));
    assert_eq!(labels.a, Some(1));
    assert_eq!(labels.additional.keys().collect::<Vec<_>>(), ["x", "y"]);
    assert!(labels.extra.is_empty());
    assert_eq!(format!("{labels:?}"), r#"Labels { a: 1, additional: {"x": "1", "y": "2"} }"#);
}

#[test]
fn additional_properties_of_another_type_are_kept() {
    let labels: Labels = round_trip(&json!({"a": 1, "x": "1", "n": 5, "o": {"p": [1]}, "z": null}));
    assert_eq!(labels.additional.len(), 1);
    assert_eq!(labels.extra.get("n"), Some(&json!(5)));
    assert!(labels.extra.is_null("z"));
    let mut changed = labels.clone();
    assert_eq!(changed, labels);
    changed.additional.insert("n".to_owned(), "6".to_owned());
    assert_ne!(changed, labels);
    // The typed value takes precedence, and a declared field over both.
    changed.additional.insert("a".to_owned(), "7".to_owned());
    let encoded: Value = serde_json::from_str(&text(&changed)).unwrap();
    assert_eq!(encoded, json!({"a": 1, "x": "1", "n": "6", "o": {"p": [1]}, "z": null}));
}

#[test]
fn an_additional_property_can_be_null() {
    let json = r#"{"a":null,"b":null,"c":"x"}"#;
    let notes: Notes = decode(json.as_bytes()).unwrap();
    assert_eq!((notes.a, notes.additional.len(), notes.extra.len()), (None, 2, 0));
    assert_eq!(text(&notes), json);
}

#[test]
fn a_duplicate_additional_property_is_an_error() {
    for value in [r#"{"x":"1","x":"2"}"#, r#"{"x":1,"x":"2"}"#, r#"{"x":"1","x":2}"#, r#"{"x":1,"x":2}"#] {
        let error = decode::<Labels>(value.as_bytes()).err().unwrap().to_string();
        assert!(error.contains("/x: duplicate key"), "{value}: {error}");
    }
}

#[test]
fn an_additional_property_that_its_type_can_not_represent_is_kept_as_it_was_sent() {
    let json = r#"{"a":0.5,"b":12345678901234567890.5,"c":1e999}"#;
    let rates: Rates = decode(json.as_bytes()).unwrap();
    assert_eq!(rates.additional.keys().collect::<Vec<_>>(), ["a", "b"]);
    assert!(rates.extra.is_empty() && rates.extra.original("a").is_none());
    assert_eq!(rates.extra.left_out().collect::<Vec<_>>(), [("/c".to_owned(), "1e999")]);
    assert_eq!(rates.extra.original("b"), Some("12345678901234567890.5"));
    assert!(format!("{rates:?}").contains("12345678901234567890.5"));
    assert_eq!(text(&rates), json);
    let mut changed = rates.clone();
    changed.additional.insert("b".to_owned(), 2.0);
    changed.extra.remove("c");
    assert_eq!(text(&changed), r#"{"a":0.5,"b":2}"#);
}

#[test]
fn a_tuple_leaves_out_what_it_can_do_without() {
    for (value, pointers, is_tuple) in [
        (json!({"pair": [1.5, "x", true, {}]}), &["/pair/2", "/pair/3"] as &[_], true),
        (json!({"numbers": ["x", 1, "2", 3]}), &["/numbers/2"], true),
        (json!({"short": [1, "x", 2, 3]}), &["/short/3"], true),
        (json!({"short": [1, null, null, 3]}), &["/short/3"], true),
        // Other items have fixed positions.
        (json!({"pair": [1.5, 2]}), &["/pair"], false),
        (json!({"pair": [1.5]}), &["/pair"], false),
        (json!({"short": [1, 2]}), &["/short"], false),
        (json!({"numbers": []}), &["/numbers"], false),
    ] {
        let lenient = decode_lenient::<Shape>(value.to_string().as_bytes()).unwrap();
        let shape = lenient.value;
        let left_out: Vec<_> = shape.extra.left_out().map(|(pointer, _)| pointer).collect();
        assert_eq!(left_out, pointers, "{value}");
        let has_tuple = shape.pair.is_some() || shape.numbers.is_some() || shape.short.is_some();
        assert_eq!(has_tuple, is_tuple, "{value}");
        assert_eq!(serde_json::from_str::<Value>(&text(&shape)).unwrap(), value);
    }
}

#[test]
fn a_tuple_with_a_number_out_of_range_is_left_out() {
    for (json, pointer) in [
        (r#"{"short":[9223372036854775808,"x"]}"#, "/short"),
        (r#"{"short":[1,"x",-9223372036854775809]}"#, "/short"),
        (r#"{"open":[9223372036854775808,"x",1]}"#, "/open"),
        (r#"{"nullable":[9223372036854775808,"x"]}"#, "/nullable"),
        (r#"{"pair":[1e999,"x"]}"#, "/pair"),
        (r#"{"numbers":["x",1,1e999,2]}"#, "/numbers/2"),
    ] {
        let shape: Shape = decode(json.as_bytes()).unwrap();
        let left_out: Vec<_> = shape.extra.left_out().map(|(pointer, _)| pointer).collect();
        assert_eq!(left_out, [pointer], "{json}");
        assert_eq!(text(&shape), json);
    }
    let nested =
        r#"{"pairs":[[1,2],[9223372036854775808,2]],"lines":[[[1,2],3],[[9223372036854775808,2],3]]}"#;
    let lines: Drawing = decode(nested.as_bytes()).unwrap();
    assert_eq!(
        (lines.pairs.as_deref(), lines.segments.as_deref()),
        (Some(&[(1, 2)][..]), Some(&[((1, 2), 3)][..]))
    );
    assert_eq!(text(&lines), nested);
    // One that is required, or that doesn't match otherwise, is an error at the item.
    let lines = |json: &str| decode::<Drawing>(json.as_bytes()).unwrap_err().path().to_owned();
    assert_eq!(lines(r#"{"pairs":[[1,"x"]]}"#), "/pairs/0/1");
    assert_eq!(decode::<Located>(br#"{"at":[9223372036854775808,2]}"#).unwrap_err().path(), "/at/0");
}

/// A model with arrays of tuples.
#[derive(Clone)]
struct Drawing {
    pairs: Option<Vec<(i64, i64)>>,
    segments: Option<Vec<((i64, i64), i64)>>,
    extra: Extra,
}
model! { Drawing: open default, 0 "pairs" => pairs, 1 "lines" => segments, }

/// A model with a required tuple.
#[derive(Clone)]
struct Located {
    at: (i64, i64),
    extra: Extra,
}
model! { Located: open default, 0 "at" => at: REQUIRED, }

#[test]
fn additional_properties_are_read_leniently() {
    for (json, pointers) in
        [(r#"{"x":"1","x":"2","n":1}"#, &["/x"] as &[_]), (r#"{"n":1,"n":"2","a":"?"}"#, &["/a", "/n"])]
    {
        let labels = decode_lenient::<Labels>(json.as_bytes()).unwrap().value;
        let left_out: Vec<_> = labels.extra.left_out().map(|(pointer, _)| pointer).collect();
        assert_eq!(left_out, pointers, "{json}");
        assert_eq!(labels.extra.get("n"), Some(&json!(1)));
        let again = decode_lenient::<Labels>(text(&labels).as_bytes()).unwrap().value;
        assert_eq!(again, labels, "{json}");
    }
    let closed = decode_lenient::<Closed>(br#"{"id":1,"p":{"a":2},"q":5}"#).unwrap().value;
    assert_eq!(closed.parts.keys().collect::<Vec<_>>(), ["p"]);
}

#[test]
fn a_closed_model_rejects_additional_properties_of_another_type() {
    let closed: Closed = round_trip(&json!({"id": 1, "p": {"a": 2, "n": 3}}));
    assert_eq!(closed.parts["p"].a, Some(2));
    let error = decode::<Closed>(br#"{"id":1,"p":{"a":"2"}}"#).err().unwrap().to_string();
    assert!(error.contains("/p/a: expected a 64-bit integer, found a string"), "{error}");
}

#[test]
fn a_required_field_without_a_value_is_not_sent_as_null() {
    let linked = Linked::default();
    let error = encode(&linked).unwrap_err();
    assert_eq!(error.to_string(), "/next: a required value is missing");
    // A null that the server sent is kept.
    let linked: Linked = round_trip(&json!({"next": {"next": null}}));
    assert!(linked.next.unwrap().extra.is_null("next"));
    assert!(decode::<Linked>(b"{}").is_err());
}
