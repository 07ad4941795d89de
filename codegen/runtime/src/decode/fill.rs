//! Filling slots with what the text holds there: models, maps and lists, and what is in them.

use std::borrow::Cow;

use super::scalar::{digits, float, integer, mismatch, number};
use super::undeclared::{free, keep, undeclared};
use crate::json::members::Members;
use crate::json::pointer::Segment;
use crate::json::raw::Raw;
use crate::json::reader::{Kind, Reader};
use crate::model::field_set::FieldSet;
use crate::model::node::{ArraySlot, MapSlot, Node, Slot};
use crate::model::shape::Shape;
use crate::state::context::{CHAIN, Context, Failed};
use crate::state::problem::Problem;

/// What a slot was filled with.
enum Filled {
    /// A value, or a null that the value itself remembers.
    Value,
    /// A null that the slot takes without a trace.
    Null,
    /// A null that the slot has no room for; it was left as it was, and the context holds the problem.
    Refused,
}

/// Fills the content that a tag announced.
///
/// # Errors
///
/// If the value does not fit; the context says why.
pub fn fill(slot: Slot<'_>, value: Raw<'_>, context: &mut Context) -> Result<(), Failed> {
    let chain = context.chain;
    let result = if chain < CHAIN {
        context.chain += 1;
        context.fit.listed.0 += 1;
        drive(slot, &mut value.reader(), context)
    } else {
        Err(context.fail(Problem::Depth, value.at()))
    };
    context.chain = chain;
    result
}

/// Fills a slot that must not be left empty.
pub(super) fn drive(slot: Slot<'_>, reader: &mut Reader<'_>, context: &mut Context) -> Result<(), Failed> {
    match read(slot, false, reader, context)? {
        Filled::Value | Filled::Null => Ok(()),
        Filled::Refused => Err(Failed),
    }
}

/// Fills a slot with the next value. If it is lenient, an integer may be written as a text.
fn read(
    slot: Slot<'_>,
    lenient: bool,
    reader: &mut Reader<'_>,
    context: &mut Context,
) -> Result<Filled, Failed> {
    context.look(1);
    let kind = reader.kind()?;
    if kind == Kind::Null {
        return null(slot, reader, context);
    }
    match (slot.present(), kind) {
        (Slot::String(slot), Kind::String) => *slot = reader.string()?.into_owned(),
        (Slot::I64(slot), Kind::Number) => *slot = integer(reader, context)?,
        (Slot::Integer(slot), Kind::Number) => slot.set(integer(reader, context)?),
        (Slot::Bool(slot), Kind::Bool(value)) => {
            reader.literal(kind)?;
            *slot = value;
        }
        (Slot::Parsed(slot), Kind::String) => {
            let text = reader.string()?;
            if !slot.parse(&text) {
                let (expected, found) = (slot.expected(), "another text");
                return Err(context.fail(Problem::Mismatch { expected, found }, reader.at()));
            }
            match slot.is_listed() {
                Some(true) => context.fit.listed.0 += 1,
                Some(false) => context.fit.strange += 1,
                None => {}
            }
        }
        (Slot::Array(slot), Kind::Array) => {
            context.enter(reader.at())?;
            array(slot, reader, lenient, context)?;
            context.leave();
        }
        (slot @ (Slot::Object(_) | Slot::Map(_) | Slot::Free(_)), Kind::Object) => {
            context.enter(reader.at())?;
            match slot {
                Slot::Object(slot) => model(slot, reader, context)?,
                Slot::Map(slot) => map(slot, reader, lenient, context)?,
                Slot::Free(slot) => free(slot, reader, context)?,
                _ => {}
            }
            context.leave();
        }
        (Slot::F64(slot), Kind::Number) => *slot = float(reader, context)?,
        (Slot::Number(slot), Kind::Number) => *slot = number(reader, context)?,
        (slot @ (Slot::Any(_) | Slot::Union(_)), _) => any_kind(slot, reader, context)?,
        (Slot::I64(slot), Kind::String) if lenient => *slot = digits(reader, context)?,
        (Slot::Integer(slot), Kind::String) if lenient => slot.set(digits(reader, context)?),
        (slot, _) => return Err(mismatch(&slot, reader, context)),
    }
    Ok(Filled::Value)
}

/// Fills a slot with null.
fn null(slot: Slot<'_>, reader: &mut Reader<'_>, context: &mut Context) -> Result<Filled, Failed> {
    if let slot @ (Slot::Any(_) | Slot::Union(_)) = slot {
        return any_kind(slot, reader, context).map(|()| Filled::Value);
    }
    reader.literal(Kind::Null)?;
    match slot {
        Slot::Unit => Ok(Filled::Value),
        Slot::Optional(optional) => {
            if optional.set_null() {
                return Ok(Filled::Value);
            }
            // A null that any value may be, where nothing else would remember it.
            if !context.has_room && matches!(optional.present(), Slot::Any(_)) {
                return Ok(Filled::Value);
            }
            optional.set_null();
            Ok(Filled::Null)
        }
        _ => {
            let problem = Problem::Mismatch { expected: slot.expected(), found: "null" };
            context.fail(problem, reader.at());
            Ok(Filled::Refused)
        }
    }
}

/// Fills a slot that takes all kinds.
fn any_kind(slot: Slot<'_>, reader: &mut Reader<'_>, context: &mut Context) -> Result<(), Failed> {
    let raw = reader.skip()?;
    match slot {
        Slot::Union(_) if context.leaves_out() => {}
        Slot::Union(union) => {
            context.look(raw.size());
            let known = union.set(raw, context)?;
            context.fit.strange += u32::from(!known);
        }
        Slot::Any(any) => {
            context.note_undeclared(raw.size() - 1);
            *any = context.value(raw)?;
        }
        _ => {}
    }
    Ok(())
}

/// Fills a model; what it does not declare goes to its extra.
fn model(model: &mut dyn Node, reader: &mut Reader<'_>, context: &mut Context) -> Result<(), Failed> {
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

/// Fills an object whose keys are data.
fn map(
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

/// Fills a list.
fn array(
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

/// Sees that all fields are there that must be.
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
