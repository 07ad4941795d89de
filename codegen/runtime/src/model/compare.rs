//! Equality and `Debug` for models, field by field.

use std::fmt;

use super::node::{MapView, Node, View};

/// Returns whether two models of the same type are equal.
pub fn equal(left: &dyn Node, right: &dyn Node) -> bool {
    let descriptor = left.model_descriptor();
    descriptor.name == right.model_descriptor().name
        && descriptor.names.len() == right.model_descriptor().names.len()
        && descriptor.positions().all(|index| same(left.view_at(index), right.view_at(index)))
}

fn same(left: View<'_>, right: View<'_>) -> bool {
    match (left, right) {
        (View::Absent, View::Absent) | (View::Null, View::Null) => true,
        (View::Bool(left), View::Bool(right)) => left == right,
        (View::I64(left), View::I64(right)) => left == right,
        #[expect(clippy::float_cmp, reason = "as `f64` compares")]
        (View::F64(left), View::F64(right)) => left == right,
        (View::U64(left), View::U64(right)) => left == right,
        (View::Json(left), View::Json(right)) | (View::Str(left), View::Str(right)) => left == right,
        (View::Time(left), View::Time(right)) => left == right,
        (View::Custom(left), View::Custom(right)) => left.json() == right.json(),
        (View::Any(left), View::Any(right)) => left == right,
        (View::Free(left), View::Free(right)) => left == right,
        (View::Extra(left), View::Extra(right)) => left == right,
        (View::Array(left), View::Array(right)) => {
            left.len() == right.len() && (0..left.len()).all(|index| same(left.get(index), right.get(index)))
        }
        (View::Map(left), View::Map(right)) => same_entries(left, right),
        (View::TaggedMap(_, left_tags, left), View::TaggedMap(_, right_tags, right)) => {
            left_tags == right_tags && same_entries(left, right)
        }
        (View::Object(left), View::Object(right)) => equal(left, right),
        (View::Tagged(_, left_tags, left), View::Tagged(_, right_tags, right)) => {
            left_tags == right_tags && equal(left, right)
        }
        _ => false,
    }
}

fn same_entries(left: &dyn MapView, right: &dyn MapView) -> bool {
    let mut equal = left.len() == right.len();
    left.each(&mut |key, view| {
        equal = equal && right.get(key).is_some_and(|other| same(view, other));
    });
    equal
}

/// Formats a model for `Debug`, without absent fields.
///
/// # Errors
///
/// Returns an error if the formatter fails.
pub fn show(model: &dyn Node, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let descriptor = model.model_descriptor();
    let mut output = f.debug_struct(descriptor.name);
    for (index, name) in descriptor.names.iter().enumerate() {
        match model.view_at(index) {
            View::Absent => {}
            view => {
                output.field(name, &DebugView(view));
            }
        }
    }
    if let Some(additional) = model.additional().filter(|additional| additional.len() > 0) {
        output.field("additional", &DebugView(View::Map(additional)));
    }
    if let Some(extra) = model.extra().filter(|extra| !extra.is_blank()) {
        output.field("extra", extra);
    }
    output.finish()
}

/// A view that implements `Debug`.
struct DebugView<'a>(View<'a>);

impl fmt::Debug for DebugView<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            View::Absent | View::Null | View::Missing => f.write_str("null"),
            View::Bool(value) => value.fmt(f),
            View::I64(value) => value.fmt(f),
            View::F64(value) => value.fmt(f),
            View::U64(value) => value.fmt(f),
            View::Str(value) => value.fmt(f),
            View::Json(text) => f.write_str(text),
            View::Time(value) => fmt::Display::fmt(&value, f),
            View::Custom(value) => match value.json() {
                Some(json) => f.write_str(&json.to_json()),
                None => f.write_str("…"),
            },
            View::Any(value) => value.fmt(f),
            View::Free(value) => value.fmt(f),
            View::Extra(extra) => extra.fmt(f),
            View::Array(array) => {
                f.debug_list().entries((0..array.len()).map(|index| DebugView(array.get(index)))).finish()
            }
            View::Map(map) | View::TaggedMap(_, _, map) => {
                let mut output = f.debug_map();
                map.each(&mut |key, view| {
                    output.entry(&key, &DebugView(view));
                });
                output.finish()
            }
            View::Object(model) | View::Tagged(_, _, model) => show(model, f),
        }
    }
}
