//! The members of objects and the items of arrays, as they are written.

use serde_json::Value;

use super::nulls::with_nulls;
use crate::model::extra::Extra;
use crate::model::field_set::FieldSet;
use crate::model::node::{Node, View};

/// Visits the members of a model: its discriminator, its fields, then its undeclared fields.
pub(super) fn each_member(
    model: &dyn Node,
    tag: Option<(&'static str, &'static str)>,
    visit: &mut dyn FnMut(&str, View<'_>),
) {
    let mut written = FieldSet::default();
    if let Some((field, tag)) = tag
        && !model.model_descriptor().names.contains(&field)
        && model.extra().is_none_or(|extra| extra.get(field).is_none())
    {
        visit(field, View::Str(tag));
    }
    each_field(model, tag, &mut |index, name, view| {
        written.insert(index);
        visit(name, view);
    });
    for (key, value) in model.extra().into_iter().flat_map(Extra::iter) {
        let index = model.model_descriptor().names.iter().position(|name| *name == key);
        let index = index.and_then(|index| u16::try_from(index).ok());
        // A declared field wins over an undeclared one with the same name, because it is the one that the caller sets.
        if !index.is_some_and(|index| written.contains(index)) {
            visit(key, View::Any(value));
        }
    }
}

/// Visits the members of an object. Returns `false` if the value is not an object.
pub(crate) fn members(view: View<'_>, visit: &mut dyn FnMut(&str, View<'_>)) -> bool {
    match view {
        View::Free(map) | View::Any(Value::Object(map)) => {
            map.iter().for_each(|(key, value)| visit(key, View::Any(value)));
        }
        View::Map(map) => map.each(visit),
        View::Object(model) => each_member(model, None, visit),
        View::Tagged(field, tag, model) => each_member(model, Some((field, tag)), visit),
        _ => return false,
    }
    true
}

/// Visits the items of an array. Returns `false` if the value is not an array.
pub(crate) fn items(view: View<'_>, visit: &mut dyn FnMut(View<'_>)) -> bool {
    match view {
        View::Array(array) => array.each(visit),
        View::Any(Value::Array(items)) => items.iter().for_each(|item| visit(View::Any(item))),
        _ => return false,
    }
    true
}

/// Visits the declared fields of a model that are written.
fn each_field(
    model: &dyn Node,
    tag: Option<(&'static str, &'static str)>,
    visit: &mut dyn FnMut(u16, &'static str, View<'_>),
) {
    let nulls = model.extra().filter(|extra| extra.has_nulls());
    let descriptor = model.model_descriptor();
    for (index, name) in (0..).zip(descriptor.names) {
        let position = usize::from(index);
        let view = match (model.view_at(position), tag) {
            (View::Absent, Some((field, tag))) if field == *name => View::Str(tag),
            (view, _) => view,
        };
        let null = nulls.is_some_and(|extra| extra.was_null(index)) && view.is_default();
        match view {
            _ if null => visit(index, name, View::Null),
            View::Absent if descriptor.is_required(position) => visit(index, name, View::Null),
            View::Absent => {}
            view => match nulls.map(|extra| extra.null_paths(index)) {
                Some(paths) if !paths.is_empty() => {
                    with_nulls(view, paths, &mut |view| visit(index, name, view))
                }
                _ => visit(index, name, view),
            },
        }
    }
}
