//! Reading what has members: models, maps and lists.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::context::{Context, Failed, Problem};
use super::decode::{Filled, read};
use super::field_set::FieldSet;
use super::node::{Node, Shape};
use super::slot::{ArraySlot, MapSlot};
use crate::json::members::Members;
use crate::json::pointer::Segment;
use crate::json::reader::Reader;

/// Fills a model; what it does not declare goes to its extra.
pub(super) fn model(
    model: &mut dyn Node,
    reader: &mut Reader<'_>,
    context: &mut Context,
) -> Result<(), Failed> {
    let shape = model.model();
    let has_room = std::mem::replace(&mut context.has_room, shape.open);
    let mut seen = FieldSet::default();
    let mut unknown = Members::default();
    let order = context.orders.of(shape.names);
    let (mut before, mut is_first) = (0, true);
    while reader.goes_on(&mut is_first, b'}')? {
        let guess = context.orders.guess(order, before);
        let key = match guess {
            Some((index, name)) if reader.takes_key(name)? => Key::Field(index),
            _ => {
                let key = reader.any_key()?;
                let position = context.orders.find(order, shape.names, before, &key);
                position.map_or(Key::Unknown(key), Key::Field)
            }
        };
        match key {
            Key::Field(index) => {
                before = index.saturating_add(1);
                if let Err(failed) = declared(model, shape, index, &mut seen, reader, context) {
                    let name = shape.names.get(usize::from(index)).copied().unwrap_or_default();
                    return Err(context.step(Segment::Field(name), failed));
                }
            }
            Key::Unknown(key) => undeclared(shape, key, &mut unknown, reader, context)?,
        }
    }
    if !unknown.is_empty() {
        keep(model, &unknown, reader, context)?;
    }
    context.has_room = has_room;
    check_required(shape, &seen, reader, context)
}

/// A key of a model.
enum Key<'j> {
    /// The position of a declared field.
    Field(u16),
    Unknown(Cow<'j, str>),
}

/// Fills a field, and notes the nulls that it has no room for.
fn declared(
    model: &mut dyn Node,
    shape: &'static Shape,
    index: u16,
    seen: &mut FieldSet,
    reader: &mut Reader<'_>,
    context: &mut Context,
) -> Result<(), Failed> {
    if !seen.insert(index) {
        return Err(context.fail(Problem::Duplicate, reader.at()));
    }
    let noted = context.nulls.len();
    let position = usize::from(index);
    let outcome = read(model.slot_at(position), shape.is_lenient(position), reader, context);
    if context.nulls.len() > noted
        && let Some(extra) = model.extra_mut()
    {
        context.nulls.drain(noted..).for_each(|way| extra.note_null_within(shape.names, index, way));
    }
    match outcome? {
        Filled::Value => return Ok(()),
        Filled::Null => {}
        Filled::Refused if shape.open => {
            context.problem = None;
            context.fit.strange += 1;
        }
        Filled::Refused => return Err(Failed),
    }
    if let Some(extra) = model.extra_mut() {
        extra.note_null(shape.names, index);
    }
    Ok(())
}

/// Reads what no field is declared for.
fn undeclared<'j>(
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
fn keep(
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

fn check_required(
    shape: &'static Shape,
    seen: &FieldSet,
    reader: &Reader<'_>,
    context: &mut Context,
) -> Result<(), Failed> {
    let is_missing = |index: &usize| u16::try_from(*index).is_ok_and(|index| !seen.contains(index));
    if !shape.required().any(|index| is_missing(&index)) {
        return Ok(());
    }
    let missing = shape.required().filter(is_missing);
    let fields = missing.filter_map(|index| shape.names.get(index).copied()).collect();
    Err(context.fail(Problem::Missing { model: shape.name, fields }, reader.at()))
}

/// Fills an object whose keys are data.
pub(super) fn map(
    map: &mut dyn MapSlot,
    reader: &mut Reader<'_>,
    lenient: bool,
    context: &mut Context,
) -> Result<(), Failed> {
    let mut is_first = true;
    while let Some(key) = reader.key(&mut is_first)? {
        let key = key.into_owned();
        let Some(slot) = map.entry(key.clone()) else {
            let failed = context.fail(Problem::Duplicate, reader.at());
            return Err(context.step(Segment::Key(key), failed));
        };
        let noted = context.nulls.len();
        let outcome = read(slot, lenient, reader, context);
        accept(outcome, noted, || Segment::Key(key), context)?;
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

/// Fills a list.
pub(super) fn array(
    array: &mut dyn ArraySlot,
    reader: &mut Reader<'_>,
    lenient: bool,
    context: &mut Context,
) -> Result<(), Failed> {
    let (mut index, mut is_first) = (0, true);
    while reader.goes_on(&mut is_first, b']')? {
        let noted = context.nulls.len();
        let outcome = read(array.push(), lenient, reader, context);
        accept(outcome, noted, || Segment::Index(index), context)?;
        index += 1;
    }
    Ok(())
}

/// Takes what a member of a list or map was filled with. A null that it has no room for is left to the model
/// around; so are those inside of it, which come behind the ones noted before.
fn accept(
    outcome: Result<Filled, Failed>,
    noted: usize,
    step: impl FnOnce() -> Segment,
    context: &mut Context,
) -> Result<(), Failed> {
    match outcome {
        Ok(Filled::Value | Filled::Null) if context.nulls.len() == noted => {}
        Ok(Filled::Value | Filled::Null) => {
            let step = step();
            context.nulls.iter_mut().skip(noted).for_each(|way| way.push(step.clone()));
        }
        Ok(Filled::Refused) if context.has_room => {
            context.problem = None;
            context.fit.strange += 1;
            context.nulls.push(vec![step()]);
        }
        Ok(Filled::Refused) => return Err(context.step(step(), Failed)),
        Err(failed) => return Err(context.step(step(), failed)),
    }
    Ok(())
}
