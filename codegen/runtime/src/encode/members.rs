//! What models, maps and lists consist of, as it is written.

use serde_json::Value;

use super::holes::holed;
use crate::model::extra::Extra;
use crate::model::field_set::FieldSet;
use crate::model::node::{Node, View};

/// Shows what a model is written as: its tag, its fields, then what came beyond them.
pub(super) fn each_member(
    model: &dyn Node,
    tag: Option<(&'static str, &'static str)>,
    visit: &mut dyn FnMut(&str, View<'_>),
) {
    let mut written = FieldSet::default();
    if let Some((field, tag)) = tag
        && !model.model().names.contains(&field)
        && model.extra().is_none_or(|extra| extra.get(field).is_none())
    {
        visit(field, View::Str(tag));
    }
    each_field(model, tag, &mut |index, name, view| {
        written.insert(index);
        visit(name, view);
    });
    for (key, value) in model.extra().into_iter().flat_map(Extra::iter) {
        let index = model.model().names.iter().position(|name| *name == key);
        let index = index.and_then(|index| u16::try_from(index).ok());
        // A field of the same name is the one that the caller sees, so it wins over what was kept beside it.
        if !index.is_some_and(|index| written.contains(index)) {
            visit(key, View::Any(value));
        }
    }
}

/// Shows the members of an object as they are written; `false` if the value is no object.
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

/// Shows the items of a list; `false` if the value is no list.
pub(crate) fn items(view: View<'_>, visit: &mut dyn FnMut(View<'_>)) -> bool {
    match view {
        View::Array(array) => array.each(visit),
        View::Any(Value::Array(items)) => items.iter().for_each(|item| visit(View::Any(item))),
        _ => return false,
    }
    true
}

/// Shows the fields of a model that are written, and how.
fn each_field(
    model: &dyn Node,
    tag: Option<(&'static str, &'static str)>,
    visit: &mut dyn FnMut(u16, &'static str, View<'_>),
) {
    let nulls = model.extra().filter(|extra| extra.has_nulls());
    let shape = model.model();
    for (index, name) in (0..).zip(shape.names) {
        let position = usize::from(index);
        let view = match (model.view_at(position), tag) {
            (View::Absent, Some((field, tag))) if field == *name => View::Str(tag),
            (view, _) => view,
        };
        let null = nulls.is_some_and(|extra| extra.was_null(index)) && view.is_default();
        match view {
            _ if null => visit(index, name, View::Null),
            View::Absent if shape.is_required(position) => visit(index, name, View::Null),
            View::Absent => {}
            view => match nulls.map(|extra| extra.ways_to_nulls(index)) {
                Some(ways) if !ways.is_empty() => holed(view, ways, &mut |view| visit(index, name, view)),
                _ => visit(index, name, view),
            },
        }
    }
}
