//! Tests of equality and `Debug` for models.

use serde_json::json;

use crate::decode::text::decode;
use crate::model::node::Decode;
use crate::wire::samples::{Everything, Part};

fn read<T: Decode>(value: &serde_json::Value) -> T {
    decode(value.to_string().as_bytes()).unwrap()
}

#[test]
fn models_are_equal_if_all_fields_are_equal() {
    let whole = json!({
        "id": 1, "type": "a", "more": [1, {"b": null}],
    });
    let part: Part = read(&whole);
    assert_eq!(part, part.clone());
    for (pointer, other) in
        [("/id", json!(2)), ("/type", json!(null)), ("/more", json!([1])), ("/more/0", json!(2))]
    {
        let mut changed = whole.clone();
        *changed.pointer_mut(pointer).unwrap() = other;
        assert_ne!(part, read::<Part>(&changed), "{pointer}");
    }
    let mut without = whole;
    without.as_object_mut().unwrap().remove("type");
    assert_ne!(part, read::<Part>(&without));
}

#[test]
fn values_of_every_kind_are_compared() {
    let with = |key: &str, value: &serde_json::Value| {
        let mut whole = json!({
            "id": 0, "flag": false, "small": 0, "ratio": 0, "name": "", "at": "2026-03-05T10:11:12Z",
            "status": "new", "part": {"id": 0}, "list": [], "any": 0,
        });
        whole.as_object_mut().unwrap().insert(key.to_owned(), value.clone());
        read::<Everything>(&whole)
    };
    for (key, one, other) in [
        ("flag", json!(true), json!(false)),
        ("id", json!(1), json!(2)),
        ("ratio", json!(0.5), json!(1.5)),
        ("name", json!("a"), json!("b")),
        ("at", json!("2026-03-05T10:11:12Z"), json!("2026-03-05T10:11:13Z")),
        ("status", json!("open"), json!("other")),
        ("part", json!({"id": 1}), json!({"id": 1, "type": "x"})),
        ("list", json!([1, 2]), json!([1, 3])),
        ("list", json!([1]), json!([1, 1])),
        ("exact", json!(1), json!(1.25)),
        ("any", json!([null]), json!([])),
        ("free", json!({"a": 1}), json!({"a": 2})),
        ("seconds", json!(1), json!(2)),
        ("by_name", json!({"a": 1, "b": 2}), json!({"a": 1, "c": 2})),
        ("by_name", json!({"a": 1}), json!({"a": 2})),
        ("parts", json!([{"id": 1}]), json!([{"id": 2}])),
        ("maybe", json!(null), json!("a")),
    ] {
        assert_eq!(with(key, &one), with(key, &one), "{key}");
        assert_ne!(with(key, &one), with(key, &other), "{key}");
    }
}

#[test]
fn debug_output_leaves_out_absent_fields() {
    let part: Part = read(&json!({"id": 1, "type": null, "more": true}));
    assert_eq!(format!("{part:?}"), r#"Part { id: 1, extra: {"more": Bool(true), "type": Null} }"#);
    assert_eq!(format!("{:?}", Part::default()), "Part { id: 0 }");
    let text = format!("{:?}", Everything::blank());
    assert!(text.starts_with("Everything { ") && !text.contains("None"), "{text}");
}
