//! Reading what is not declared: fields beyond those of a model, and the members of free-form objects.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::json::members::Members;
use crate::json::pointer::Segment;
use crate::json::reader::Reader;
use crate::model::node::Node;
use crate::model::shape::Shape;
use crate::state::context::{Context, Failed};
use crate::state::problem::Problem;

/// Reads what no field is declared for.
pub(super) fn undeclared<'j>(
    shape: &'static Shape,
    key: Cow<'j, str>,
    unknown: &mut Members<'j>,
    reader: &mut Reader<'j>,
    context: &mut Context,
) -> Result<(), Failed> {
    if !shape.open {
        let failed = context.fail(Problem::Unknown { model: shape.name }, reader.at());
        return Err(context.step(Segment::Key(key.into_owned()), failed));
    }
    let value = reader.skip().map_err(Failed::from).and_then(|value| context.check(value).map(|()| value));
    match value {
        Ok(value) => {
            context.note_undeclared(value.size());
            unknown.push(key, value);
            Ok(())
        }
        Err(failed) => Err(context.step(Segment::Key(key.into_owned()), failed)),
    }
}

/// Gives a model what it does not declare.
pub(super) fn keep(
    model: &mut dyn Node,
    unknown: &Members<'_>,
    reader: &Reader<'_>,
    context: &mut Context,
) -> Result<(), Failed> {
    if let Some(key) = unknown.duplicate() {
        let failed = context.fail(Problem::Duplicate, reader.at());
        return Err(context.step(Segment::Key(key.to_owned()), failed));
    }
    if let Some(extra) = model.extra_mut() {
        extra.keep(unknown);
    }
    Ok(())
}

/// Fills an object without declared fields.
pub(super) fn free(
    map: &mut Map<String, Value>,
    reader: &mut Reader<'_>,
    context: &mut Context,
) -> Result<(), Failed> {
    let mut is_first = true;
    while let Some(key) = reader.key(&mut is_first)? {
        let key = key.into_owned();
        let result = if map.contains_key(&key) {
            Err(context.fail(Problem::Duplicate, reader.at()))
        } else {
            free_value(reader, context)
        };
        match result {
            Ok(value) => map.insert(key, value),
            Err(failed) => return Err(context.step(Segment::Key(key), failed)),
        };
    }
    Ok(())
}

fn free_value(reader: &mut Reader<'_>, context: &mut Context) -> Result<Value, Failed> {
    let raw = reader.skip()?;
    context.note_undeclared(raw.size());
    context.value(raw)
}
