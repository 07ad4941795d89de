//! Visits the properties of objects and the items of arrays, as they are encoded.

use serde_json::Value;

use super::nulls::with_nulls;
use crate::model::extra::Extra;
use crate::model::field_set::FieldSet;
use crate::model::node::{Node, View};

/// Visits the properties of a model: its discriminator, its fields, then its undeclared fields.
pub(super) fn visit_model(
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
    visit_fields(model, tag, &mut |index, name, view| {
        written.insert(index);
        visit(name, view);
    });
    for (key, value) in model.extra().into_iter().flat_map(Extra::iter) {
        let index = model.model_descriptor().names.iter().position(|name| *name == key);
        let index = index.and_then(|index| u16::try_from(index).ok());
        // A declared field takes precedence over an undeclared field with the same name, because callers set the
        // declared field.
        if !index.is_some_and(|index| written.contains(index)) {
            visit(key, View::Any(value));
        }
    }
}

/// Visits the properties of an object. Returns `false` if the value is not an object.
pub(crate) fn visit_properties(view: View<'_>, visit: &mut dyn FnMut(&str, View<'_>)) -> bool {
    match view {
        View::Free(map) | View::Any(Value::Object(map)) => {
            map.iter().for_each(|(key, value)| visit(key, View::Any(value)));
        }
        View::Map(map) => map.each(visit),
        View::Object(model) => visit_model(model, None, visit),
        View::Tagged(field, tag, model) => visit_model(model, Some((field, tag)), visit),
        _ => return false,
    }
    true
}

/// Visits the items of an array. Returns `false` if the value is not an array.
pub(crate) fn visit_items(view: View<'_>, visit: &mut dyn FnMut(View<'_>)) -> bool {
    match view {
        View::Array(array) => array.each(visit),
        View::Any(Value::Array(items)) => items.iter().for_each(|item| visit(View::Any(item))),
        _ => return false,
    }
    true
}

/// Visits the declared fields of a model that are written.
fn visit_fields(
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
