//! Comparing and showing models, field by field.

use std::fmt;

use super::node::Node;
use super::view::View;

/// Whether two models of one type hold the same.
pub fn equal(left: &dyn Node, right: &dyn Node) -> bool {
    let shape = left.model();
    shape.name == right.model().name
        && shape.names.len() == right.model().names.len()
        && (0..=shape.names.len()).all(|index| same(left.view_at(index), right.view_at(index)))
}

fn same(left: View<'_>, right: View<'_>) -> bool {
    match (left, right) {
        (View::Absent, View::Absent) | (View::Null, View::Null) => true,
        (View::Bool(left), View::Bool(right)) => left == right,
        (View::I64(left), View::I64(right)) => left == right,
        #[expect(clippy::float_cmp, reason = "as floating point compares")]
        (View::F64(left), View::F64(right)) => left == right,
        (View::Number(left), View::Number(right)) => left == right,
        (View::Str(left), View::Str(right)) => left == right,
        (View::Time(left), View::Time(right)) => left == right,
        (View::Any(left), View::Any(right)) => left == right,
        (View::Free(left), View::Free(right)) => left == right,
        (View::Extra(left), View::Extra(right)) => left == right,
        (View::Array(left), View::Array(right)) => {
            left.len() == right.len() && (0..left.len()).all(|index| same(left.get(index), right.get(index)))
        }
        (View::Map(left), View::Map(right)) => {
            let mut equal = left.len() == right.len();
            left.each(&mut |key, view| {
                equal = equal && right.get(key).is_some_and(|other| same(view, other));
            });
            equal
        }
        (View::Object(left), View::Object(right)) => equal(left, right),
        (View::Tagged(_, left_tag, left), View::Tagged(_, right_tag, right)) => {
            left_tag == right_tag && equal(left, right)
        }
        _ => false,
    }
}

/// Shows a model with the fields that it has.
pub fn show(model: &dyn Node, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let shape = model.model();
    let mut output = f.debug_struct(shape.name);
    for (index, name) in shape.names.iter().enumerate() {
        match model.view_at(index) {
            View::Absent => {}
            view => {
                output.field(name, &Shown(view));
            }
        }
    }
    if let Some(extra) = model.extra().filter(|extra| !extra.is_untouched()) {
        output.field("extra", extra);
    }
    output.finish()
}

/// A view that can be shown.
struct Shown<'a>(View<'a>);

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            View::Absent | View::Null => f.write_str("null"),
            View::Bool(value) => value.fmt(f),
            View::I64(value) => value.fmt(f),
            View::F64(value) => value.fmt(f),
            View::Number(value) => fmt::Display::fmt(value, f),
            View::Str(value) => value.fmt(f),
            View::Time(value) => fmt::Display::fmt(&value, f),
            View::Any(value) => value.fmt(f),
            View::Free(value) => value.fmt(f),
            View::Extra(extra) => extra.fmt(f),
            View::Array(array) => {
                f.debug_list().entries((0..array.len()).map(|index| Shown(array.get(index)))).finish()
            }
            View::Map(map) => {
                let mut output = f.debug_map();
                map.each(&mut |key, view| {
                    output.entry(&key, &Shown(view));
                });
                output.finish()
            }
            View::Object(model) | View::Tagged(_, _, model) => show(model, f),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::wire::samples::{Everything, Part};
    use crate::wire::{Node, decode};

    fn read<T: Node + Default>(value: &serde_json::Value) -> T {
        decode(value.to_string().as_bytes()).unwrap()
    }

    #[test]
    fn models_are_equal_if_all_they_hold_is() {
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
    fn models_show_the_fields_that_they_have() {
        let part: Part = read(&json!({"id": 1, "type": null, "more": true}));
        assert_eq!(format!("{part:?}"), r#"Part { id: 1, extra: {"more": Bool(true), "type": Null} }"#);
        assert_eq!(format!("{:?}", Part::default()), "Part { id: 0 }");
        let text = format!("{:?}", Everything::default());
        assert!(text.starts_with("Everything { ") && !text.contains("None"), "{text}");
    }
}
