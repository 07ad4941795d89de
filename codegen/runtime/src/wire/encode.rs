//! Writing: [`View`]s on their way to any serializer.

use serde::ser::{Error, Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::Value;

use super::error::EncodeError;
use super::field_set::FieldSet;
use super::holes::holed;
use super::node::{Node, view_of};
use super::view::View;
use crate::json::pointer::escape;

/// Writes a value as JSON text.
pub(crate) fn to_vec(view: View<'_>) -> Result<Vec<u8>, EncodeError> {
    serde_json::to_vec(&Written(view))
        .map_err(|error| EncodeError::new(place(view).unwrap_or_default(), &error))
}

/// Writes a value to any format of serde.
pub fn serialize<T: Node, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    Written(view_of(value)).serialize(serializer)
}

/// A view that serde can write.
struct Written<'a>(View<'a>);

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            View::Absent | View::Null | View::Extra(_) => serializer.serialize_unit(),
            View::Bool(value) => serializer.serialize_bool(value),
            View::I64(value) => serializer.serialize_i64(value),
            View::F64(value) => float(value, serializer),
            View::Number(value) => value.serialize(serializer),
            View::Str(value) => serializer.serialize_str(value),
            View::Time(value) => serializer.collect_str(&value),
            View::Any(value) => value.serialize(serializer),
            View::Free(value) => value.serialize(serializer),
            View::Array(array) => {
                let mut items = serializer.serialize_seq(Some(array.len()))?;
                let mut result = Ok(());
                array.each(&mut |view| {
                    if result.is_ok() {
                        result = items.serialize_element(&Written(view));
                    }
                });
                result.and_then(|()| items.end())
            }
            View::Map(map) => {
                let mut entries = serializer.serialize_map(Some(map.len()))?;
                let mut result = Ok(());
                map.each(&mut |key, view| {
                    if result.is_ok() {
                        result = entries.serialize_entry(key, &Written(view));
                    }
                });
                result.and_then(|()| entries.end())
            }
            View::Object(model) => object(model, None, serializer),
            View::Tagged(field, tag, model) => object(model, Some((field, tag)), serializer),
        }
    }
}

/// Writes a number; the server writes integral ones without a fraction, so the same is done here, as far as integers
/// have 64 bits.
fn float<S: Serializer>(value: f64, serializer: S) -> Result<S::Ok, S::Error> {
    if !value.is_finite() {
        return Err(S::Error::custom("a number that is NaN or infinite cannot be written"));
    }
    let negative_zero = value == 0.0 && value.is_sign_negative();
    if value.fract() != 0.0 || negative_zero {
        return serializer.serialize_f64(value);
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "what is too large becomes the largest, which has more bits"
    )]
    let integer = value as i128;
    match (i64::try_from(integer), u64::try_from(integer)) {
        (Ok(integer), _) => serializer.serialize_i64(integer),
        (_, Ok(integer)) => serializer.serialize_u64(integer),
        _ => serializer.serialize_f64(value),
    }
}

/// Writes a model: its fields, then what came beyond them.
fn object<S: Serializer>(
    model: &dyn Node,
    tag: Option<(&'static str, &'static str)>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut entries = serializer.serialize_map(None)?;
    let mut result = Ok(());
    each_member(model, tag, &mut |key, view| {
        if result.is_ok() {
            result = entries.serialize_entry(key, &Written(view));
        }
    });
    result.and_then(|()| entries.end())
}

/// Shows what a model is written as: its tag, its fields, then what came beyond them.
fn each_member(
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
    for (key, value) in model.extra().into_iter().flat_map(super::Extra::iter) {
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

/// The place of the first number that cannot be written, as a JSON pointer; looked for only after writing
/// failed.
fn place(view: View<'_>) -> Option<String> {
    let mut found = None;
    match view {
        View::F64(value) if !value.is_finite() => return Some(String::new()),
        View::Array(array) => {
            let mut index = 0;
            array.each(&mut |view| {
                found = found.take().or_else(|| below(&index.to_string(), view));
                index += 1;
            });
        }
        View::Map(map) => map.each(&mut |key, view| found = found.take().or_else(|| below(key, view))),
        View::Object(model) | View::Tagged(_, _, model) => {
            let mut fields = model.model().names.iter().enumerate();
            found = fields.find_map(|(index, name)| below(name, model.view_at(index)));
        }
        _ => {}
    }
    found
}

/// The same, below a key.
fn below(key: &str, view: View<'_>) -> Option<String> {
    place(view).map(|rest| format!("/{}{rest}", escape(key)))
}
