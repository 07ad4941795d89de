//! Tests of unions inside unions: what is remembered about them changes no result, and bounds the work.

#![allow(unreachable_pub, reason = "written like the emitted models, which are public")]

use std::fmt::Debug;

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::decode::text::decode;
use crate::encode::text::encode;
use crate::json::work::{counted, with_trial_budget};
use crate::model::extra::Extra;
use crate::model::node::Decode;
use crate::nodes::lenient::decode_lenient;
use crate::types::timestamp::Timestamp;
use crate::{model, tagged_union, union};

#[derive(Clone, Debug, PartialEq)]
pub enum Tree {
    Left(Box<Left>),
    Right(Box<Right>),
    Trees(Vec<Tree>),
    Counts(Vec<Count>),
    Tagged(Box<Tagged>),
    Text(String),
    Unknown(Value),
}
union! {
    Tree,
    Left(Box<Left>), Right(Box<Right>), Trees(Vec<Tree>), Counts(Vec<Count>), Tagged(Box<Tagged>), Text(String),
}

#[derive(Clone)]
pub struct Left {
    pub next: Option<Tree>,
    pub text: Option<String>,
    pub at: Option<Timestamp>,
    pub extra: Extra,
}
model! {
    Left: open default,
    0 "next" => next,
    1 "text" => text,
    2 "at" => at,
}

#[derive(Clone)]
pub struct Right {
    pub next: Option<Tree>,
    pub tagged: Option<Tagged>,
    pub count: i64,
}
model! {
    Right: closed default,
    0 "next" => next,
    1 "tagged" => tagged,
    2 "count" => count: REQUIRED,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Count {
    Counts(Vec<Count>),
    Trees(Vec<Tree>),
    Integer(i64),
    Unknown(Value),
}
union! { Count, Counts(Vec<Count>), Trees(Vec<Tree>), Integer(i64), }

#[derive(Clone, Debug, PartialEq)]
pub enum Tagged {
    A(Box<A>),
    B(Box<B>),
    Unknown(Value),
}
tagged_union! { Tagged by "kind", "a" => A(Box<A>), "b" => B(Box<B>), }

#[derive(Clone)]
pub struct A {
    pub kind: String,
    pub next: Option<Tree>,
    pub count: i64,
    pub extra: Extra,
}
model! {
    A: open default,
    0 "kind" => kind: REQUIRED,
    1 "next" => next,
    2 "count" => count: REQUIRED,
}

#[derive(Clone)]
pub struct B {
    pub next: Vec<Tree>,
    pub text: Option<String>,
}
model! {
    B: closed default,
    0 "next" => next: REQUIRED,
    1 "text" => text,
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        Just(json!(true)),
        any::<i8>().prop_map(Value::from),
        Just(json!(1.5)),
        Just(json!(u64::MAX)),
        Just(json!("text")),
        Just(json!("huge")),
        Just(json!("surrogate")),
        Just(json!("a")),
        Just(json!("b")),
        Just(json!("2024-01-01T00:00:00Z")),
        Just(json!("99999-01-01T00:00:00Z")),
    ];
    leaf.prop_recursive(6, 48, 4, |inner| {
        let key = prop::sample::select(vec!["next", "text", "at", "tagged", "count", "kind", "more"]);
        let property = (key, inner.clone()).prop_map(|(key, value)| (key.to_owned(), value));
        let object = |properties: Vec<(String, Value)>| Value::Object(properties.into_iter().collect());
        let tagged = (inner.clone(), any::<i8>(), prop::sample::select(vec!["a", "b"]))
            .prop_map(|(next, count, kind)| json!({"kind": kind, "next": next, "count": count}));
        prop_oneof![
            3 => prop::collection::vec(property, 0..4).prop_map(object),
            2 => prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            1 => tagged,
            1 => inner.prop_map(|next| json!({"next": next, "count": 1})),
        ]
    })
}

/// Returns all that decoding a text returns, strictly and leniently.
fn outcome<T: Decode + Debug>(json: &[u8]) -> String {
    let strict = decode::<T>(json).map(|value| (encode(&value), format!("{value:?}")));
    let lenient = decode_lenient::<T>(json).map(|value| (encode(&value), format!("{value:?}")));
    format!("{strict:?}\n{lenient:?}")
}

proptest! {
    /// With a budget of zero, trials remember all outcomes. With the largest one, none.
    #[test]
    fn remembered_outcomes_change_no_result(value in value(), other in value()) {
        let json = json!([value, other]).to_string();
        let json = json.replace(r#""huge""#, "1e999").replace("surrogate", r"\ud800");
        let all = || {
            let json = json.as_bytes();
            [outcome::<Tree>(json), outcome::<Vec<Tree>>(json), outcome::<Vec<Tagged>>(json), outcome::<Count>(json)]
        };
        prop_assert_eq!(with_trial_budget(0, all), with_trial_budget(u32::MAX, all));
    }
}

/// Returns a value inside itself, a number of times.
fn nested(start: &str, innermost: &str, end: &str, depth: usize) -> String {
    format!("{}{innermost}{}", start.repeat(depth), end.repeat(depth))
}

/// Returns how many bytes are skipped and values are read for each byte of a text, strictly and leniently.
fn work<T: Decode>(json: &str) -> usize {
    let ((), strict) = counted(|| drop(decode::<T>(json.as_bytes())));
    let ((), lenient) = counted(|| drop(decode_lenient::<T>(json.as_bytes())));
    strict.max(lenient) / json.len()
}

#[test]
fn a_value_that_is_nested_too_deep_is_skipped_once() {
    for depth in [256, 1000, 10_000] {
        for (start, end) in [
            ("[", "]"),
            (r#"{"next":"#, "}"),
            (r#"{"count":1,"next":"#, "}"),
            (r#"{"kind":"a","count":1,"next":"#, "}"),
            (r#"{"count":1,"tagged":{"kind":"b","next":["#, "]}}"),
        ] {
            let json = nested(start, "5", end, depth);
            assert!(work::<Tree>(&json) <= 8, "{start}: {}", work::<Tree>(&json));
            assert!(decode::<Tree>(json.as_bytes()).unwrap_err().to_string().contains("128 levels deep"));
            let list = format!("[{}]", [json.as_str(); 5].join(","));
            assert!(work::<Vec<Tree>>(&list) <= 12, "{start}: {}", work::<Vec<Tree>>(&list));
        }
    }
}

#[test]
fn undeclared_values_may_be_nested_as_deep_as_declared_ones_inside_them() {
    let json = nested(r#"{"next":"#, &format!(r#"{{"more":{}}}"#, nested("[", "5", "]", 120)), "}", 120);
    let tree: Tree = decode(json.as_bytes()).unwrap();
    assert_eq!(encode(&tree).unwrap(), json.as_bytes());
    // Brackets in strings and beside each other are no nesting.
    let (text, empty) = ("[{".repeat(300), ["[]"; 300].join(","));
    let inner = format!(r#"{{"next":[{empty}],"text":"{text}"}}"#);
    let json = nested(r#"{"next":"#, &inner, "}", 100);
    let tree: Tree = decode(json.as_bytes()).unwrap();
    assert_eq!(encode(&tree).unwrap(), json.as_bytes());
}

#[test]
fn the_work_for_nested_unions_is_linear() {
    let shapes = [
        (r#"{"next":"#, "5", "}"),
        (r#"{"next":"#, "{}", "}"),
        (r#"{"text":5,"next":"#, "5", "}"),
        (r#"{"count":"x","text":5,"next":"#, "5", "}"),
        (r#"{"count":18446744073709551615,"next":"#, "5", "}"),
        ("[", "1.5", "]"),
        ("[5,\"x\",", "{}", "]"),
        (r#"{"kind":"a","count":1,"next":"#, "5", "}"),
        (r#"{"count":1,"tagged":{"kind":"b","next":["#, "5", "]}}"),
        (r#"{"count":1,"next":[{"kind":"a","count":"x"},"#, "5", "]}"),
    ];
    for (start, innermost, end) in shapes {
        let one = nested(start, innermost, end, 40);
        for count in [1, 4] {
            let list = format!("[{}]", vec![one.as_str(); count].join(","));
            let (parts, whole) = (work::<Vec<Tree>>(&list), work::<Tree>(&list));
            assert!(parts.max(whole) <= 1500, "{start} {count}: {parts} {whole}");
        }
    }
}

#[test]
fn unions_beyond_those_that_are_remembered_are_read_after_the_choice() {
    let item = r#"{"next":{"count":1},"text":"a"}"#;
    let list = format!("[{}]", vec![item; 6000].join(","));
    let one: Tree = decode(item.as_bytes()).unwrap();
    for budget in [0, 64, 1024] {
        let (tree, work) = with_trial_budget(budget, || counted(|| decode::<Tree>(list.as_bytes()).unwrap()));
        let Tree::Trees(trees) = tree else { panic!("no list") };
        assert!(trees.len() == 6000 && trees.iter().all(|tree| *tree == one));
        assert!(work / list.len() <= 60, "{budget}: {}", work / list.len());
    }
}
