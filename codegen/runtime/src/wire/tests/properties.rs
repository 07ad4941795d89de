//! Property tests of decoding and encoding, with random documents.

use std::collections::BTreeMap;
use std::fmt::Debug;

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::helpers::{completed, read, written};
use crate::decode::text::decode;
use crate::encode::text::encode;
use crate::json::reader::Reader;
use crate::model::node::Decode;
use crate::nodes::lenient::decode_lenient;
use crate::types::timestamp::Timestamp;
use crate::wire::samples::{Closed, Entry, Everything, Info, Mixed, Part, Row, Shape};

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (-1e9..1e9).prop_map(Value::from),
        "\\PC{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-z]{1,3}", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

fn timestamp() -> impl Strategy<Value = Value> {
    let seconds = Timestamp::MIN.as_seconds()..=Timestamp::MAX.as_seconds();
    (seconds, 0_u32..1_000_000_000).prop_map(|(seconds, nanos)| {
        let whole = Timestamp::from_seconds(seconds).unwrap();
        (whole + std::time::Duration::from_nanos(nanos.into())).to_string().into()
    })
}

/// Returns a field with a value, with null, or absent.
fn field(
    name: &'static str,
    value: impl Strategy<Value = Value> + 'static,
) -> BoxedStrategy<Option<(String, Value)>> {
    prop_oneof![
        4 => value.prop_map(move |value| Some((name.to_owned(), value))),
        1 => Just(Some((name.to_owned(), Value::Null))),
        1 => Just(None),
    ]
    .boxed()
}

fn float() -> impl Strategy<Value = Value> {
    // A float without a fraction is an integer in JSON.
    any::<f64>()
        .prop_filter("finite, with a fraction", |value| value.is_finite() && value.fract() != 0.0)
        .prop_map(Value::from)
}

fn integer() -> impl Strategy<Value = Value> {
    any::<i64>().prop_map(Value::from)
}

fn document() -> impl Strategy<Value = Value> {
    let required = (integer(), "\\PC{0,8}")
        .prop_map(|(id, name)| vec![Some(("id".to_owned(), id)), Some(("name".to_owned(), name.into()))]);
    let part = || (integer(), any_value()).prop_map(|(id, odd)| json!({"id": id, "odd": odd}));
    let message =
        (integer(), any_value()).prop_map(|(id, odd)| json!({"type": "a.message", "sender": id, "odd": odd}));
    let optional = vec![
        field("flag", any::<bool>().prop_map(Value::from)),
        field("small", any::<i64>().prop_map(Value::from)),
        field("ratio", prop_oneof![float(), any::<i32>().prop_map(Value::from)]),
        field("at", timestamp()),
        field("status", "new|open|[a-z]{0,4}".prop_map(Value::from)),
        field("part", part()),
        field("list", prop::collection::vec(any::<i64>(), 0..4).prop_map(Value::from)),
        field("exact", prop_oneof![float(), integer(), any::<u64>().prop_map(Value::from)]),
        field(
            "free",
            prop::collection::btree_map("[a-z]{1,3}", any_value(), 0..4).prop_map(|map| json!(map)),
        ),
        field("seconds", integer()),
        field("micros", integer()),
        field("ids", prop::collection::vec(any::<i64>(), 0..4).prop_map(Value::from)),
        field("by_name", prop::collection::btree_map("\\PC{0,3}", float(), 0..4).prop_map(|map| json!(map))),
        field("parts", prop::collection::vec(part(), 0..3).prop_map(Value::from)),
        field(
            "entries",
            prop::collection::vec(prop_oneof![message, any_value()], 0..3).prop_map(Value::from),
        ),
        field("mixed", prop_oneof![any_value(), part()]),
        field("maybe", "\\PC{0,4}".prop_map(Value::from)),
        field("unknown", any_value()),
        field("", any_value()),
    ];
    // `any` cannot be absent: it is a value that may be null.
    (required, optional, any_value()).prop_map(|(required, optional, any)| {
        let fields = required.into_iter().chain(optional).flatten();
        fields.chain([("any".to_owned(), any)]).collect::<Map<_, _>>().into()
    })
}

/// Returns JSON with a few characters changed.
fn nearly_json() -> impl Strategy<Value = String> {
    let spaced = any_value().prop_map(|value| serde_json::to_string_pretty(&value).unwrap());
    let texts = prop_oneof![any_value().prop_map(|value| value.to_string()), spaced, documents()];
    let signs = "[\\[\\]{}\":,\\\\/bfnrtu0-9a-fA-FeE.+\\-\\x00-\\x20é😀\u{7f}]{0,3}";
    (texts, any::<prop::sample::Index>(), 0_usize..3, signs).prop_map(|(text, at, gone, signs)| {
        let characters: Vec<char> = text.chars().collect();
        let at = at.index(characters.len() + 1);
        let (before, after) = characters.split_at(at);
        before.iter().copied().chain(signs.chars()).chain(after.iter().skip(gone).copied()).collect()
    })
}

/// Arrays of strings with many escapes, and of numbers in all forms.
fn documents() -> impl Strategy<Value = String> {
    let text = r#""(\\["\\/bfnrt]|\\u[0-9a-fA-F]{4}|\\ud83d\\ude0[0-9a-f]|[a-zé]{1,9}){0,4}""#;
    let number = "-?(0|[1-9][0-9]{0,21})([.][0-9]{1,3})?([eE][+-]?[0-9]{1,3})?";
    let values = prop_oneof![
        prop::collection::vec(text, 0..4),
        prop::collection::vec(number, 0..4),
        prop::collection::vec(prop_oneof![text, number], 0..4)
    ];
    values.prop_map(|values| format!("[{}]", values.join(", ")))
}

/// Returns whether the reader skips the entire text as one value.
fn skips_all(text: &str) -> bool {
    let mut reader = Reader::new(text);
    reader.skip().is_ok() && reader.end().is_ok()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn the_reader_accepts_what_serde_json_accepts(text in nearly_json()) {
        let oracle = serde_json::from_str::<Value>(&text);
        let ignored = serde_json::from_str::<serde::de::IgnoredAny>(&text);
        prop_assert_eq!(skips_all(&text), ignored.is_ok(), "{}", text);
        let read = decode::<Value>(text.as_bytes());
        if let (Err(read), Err(ignored), Err(oracle)) = (&read, &ignored, &oracle) {
            let position = (read.line(), read.column());
            let positions = [ignored, oracle].map(|error| (error.line(), error.column().max(1)));
            prop_assert!(positions.contains(&position), "{text}: {position:?}, {positions:?}");
        }
        prop_assert_eq!(read.ok(), oracle.as_ref().ok().cloned());
        let texts: Option<Vec<String>> = serde_json::from_str(&text).ok();
        prop_assert_eq!(decode::<Vec<String>>(text.as_bytes()).ok(), texts);
        let floats: Option<Vec<f64>> = serde_json::from_str(&text).ok();
        let read = decode::<Vec<f64>>(text.as_bytes());
        if !matches!(&read, Err(error) if error.to_string().contains("would round")) {
            prop_assert_eq!(read.ok(), floats);
        }
        let integers: Option<Vec<i64>> = serde_json::from_str(&text).ok();
        if integers.is_some() {
            prop_assert_eq!(decode::<Vec<i64>>(text.as_bytes()).ok(), integers);
        }
    }

    #[test]
    fn undeclared_values_can_be_parsed_later(text in nearly_json()) {
        let part = decode::<Part>(format!(r#"{{"id":1,"x":{text}}}"#).as_bytes());
        let oracle = serde_json::from_str::<Value>(&text);
        match (part, oracle) {
            (Ok(part), Ok(oracle)) if part.extra.len() == 1 => {
                prop_assert_eq!(part.extra.get("x"), Some(&oracle));
            }
            (Ok(part), Err(error)) => {
                let is_large = error.to_string().contains("number out of range");
                prop_assert!(is_large || part.extra.len() > 1);
            }
            (part, oracle) => prop_assert!(part.is_err() && oracle.is_err()),
        }
    }
}

/// Returns values that match the models of the tests in many parts.
fn likely() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-9_i64..9).prop_map(Value::from),
        Just(json!(0.5)),
        "[a-c]?".prop_map(Value::from),
    ];
    let names = prop::sample::select(vec![
        "host", "is_k8s", "uptime", "vars", "rows", "note", "strict", "free", "any", "shape", "entry", "id",
        "tags", "name", "counts", "inner", "size", "v", "type", "x", "",
    ]);
    let value = leaf.prop_recursive(5, 40, 6, move |inner| {
        let field = (names.clone().prop_map(str::to_owned), inner.clone());
        let object =
            prop::collection::vec(field, 0..6).prop_map(|fields| Value::Object(fields.into_iter().collect()));
        prop_oneof![2 => object, 1 => prop::collection::vec(inner, 0..4).prop_map(Value::from)]
    });
    (value.clone(), value).prop_map(|(host, mut value)| {
        if let (Value::Object(fields), false) = (&mut value, host.is_array()) {
            fields.insert("host".to_owned(), "h".into());
        }
        value
    })
}

/// Removes the properties that are null: a closed model doesn't keep them.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(without_nulls).collect(),
        Value::Object(fields) => {
            let fields = fields.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(fields.map(|(key, value)| (key, without_nulls(value))).collect())
        }
        value => value,
    }
}

/// Checks that decoding leniently fails, or gives a value that is encoded as the document, and agrees with decoding
/// strictly.
fn loses_nothing<T: Decode + PartialEq + Debug>(document: &Value) {
    let text = document.to_string();
    let (strict, lenient) = (decode::<T>(text.as_bytes()), decode_lenient::<T>(text.as_bytes()));
    match (strict, lenient) {
        (Ok(strict), lenient) => {
            let lenient = lenient.unwrap();
            // A value that matches no type of a union may match one leniently.
            assert!(!lenient.is_exact() || lenient.value == strict, "{text}");
            assert_eq!(without_nulls(written(&lenient)), without_nulls(document.clone()));
        }
        (Err(error), Err(lenient)) => assert_eq!(error, lenient),
        (Err(error), Ok(lenient)) => {
            let is_listed = lenient.mismatches.iter().any(|mismatch| mismatch.path() == error.path());
            assert!(is_listed && &lenient.mismatches == error.mismatches(), "{text}: {error}");
            assert_eq!(without_nulls(written(&lenient)), without_nulls(document.clone()));
            for mismatch in &lenient.mismatches {
                assert!(
                    document.pointer(mismatch.path()).is_some()
                        && mismatch.path().starts_with(mismatch.left_out())
                );
            }
            let again = decode_lenient::<T>(&encode(&lenient).unwrap()).unwrap();
            assert_eq!(again.value, lenient.value);
        }
    }
}

proptest! {
    #[test]
    fn decoding_and_encoding_gives_the_document(document in document()) {
        let everything: Everything = read(&document).unwrap();
        let written = written(&everything);
        prop_assert_eq!(&written, &completed(document));
        prop_assert_eq!(read::<Everything>(&written).unwrap(), serde_json::from_value::<Everything>(written).unwrap());
    }

    #[test]
    fn timestamps_round_trip(text in timestamp()) {
        let time: Timestamp = read(&text).unwrap();
        prop_assert_eq!(written(&time), text.clone());
        prop_assert_eq!(serde_json::from_value::<Timestamp>(text).unwrap(), time);
        prop_assert_eq!(serde_json::from_str::<Timestamp>(&serde_json::to_string(&time).unwrap()).unwrap(), time);
    }

    #[test]
    fn decoding_any_value_does_not_panic(value in any_value()) {
        let _ = read::<Everything>(&value);
        let _ = read::<Vec<Entry>>(&value);
        prop_assert_eq!(written(&read::<Mixed>(&value).unwrap()), value);
    }

    #[test]
    fn decoding_leniently_loses_nothing(document in prop_oneof![document(), any_value(), likely()]) {
        loses_nothing::<Info>(&document);
        loses_nothing::<Vec<Row>>(&document);
        loses_nothing::<Vec<Shape>>(&document);
        loses_nothing::<BTreeMap<String, Closed>>(&document);
        loses_nothing::<Map<String, Value>>(&document);
    }

    #[test]
    fn decoding_any_text_does_not_panic(text in "[\\[\\]{}\":,a-z0-9.\\-]{0,40}") {
        let _ = decode::<Everything>(text.as_bytes());
        let _ = decode::<Vec<Mixed>>(text.as_bytes());
    }
}
