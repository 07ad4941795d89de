//! Fills slots from JSON: models, maps, arrays and their contents.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::common::{Common, read_common};
use super::custom::read_custom;
use super::discriminator::{check_tag, keep_tag, skip_tag};
use super::fields::{Fields, OtherProperties};
use super::filled::{Filled, absent, accept};
use super::leave_out::{leave_out, leave_out_field};
use super::nested_union::read_union;
use super::original::{keep_original, keep_original_of};
use super::scalar::{digits, float, integer, mismatch, number, parse, unsigned, unsigned_digits};
use super::undeclared::{keep_undeclared, read_free_form, read_undeclared};
use crate::json::pointer::Segment;
use crate::json::raw::RawJson;
use crate::json::reader::{JsonKind, Reader};
use crate::model::descriptor::ModelDescriptor;
use crate::model::node::{ArraySlot, ConvertedSlot, MapSlot, Node, Slot};
use crate::state::decode_context::{DecodeContext, Failed, MAX_UNION_DEPTH};
use crate::state::problem::DecodeProblem;
use crate::state::tag::Tag;

/// Fills the content of the variant that a discriminator selects. If the variant doesn't accept the value, the context
/// contains the problem.
pub(super) fn fill_variant(
    slot: Slot<'_>,
    value: RawJson<'_>,
    context: &mut DecodeContext,
) -> Result<(), Failed> {
    let union_depth = context.union_depth;
    let result = if union_depth < MAX_UNION_DEPTH {
        context.union_depth += 1;
        context.score.known.0 += 1;
        fill_slot(slot, &mut value.reader(), context)
    } else {
        Err(context.fail(DecodeProblem::Depth, value.offset()))
    };
    context.union_depth = union_depth;
    context.tag = None;
    result
}

/// Fills a slot with the next value. A null that the type doesn't accept is an error.
pub(super) fn fill_slot(
    slot: Slot<'_>,
    reader: &mut Reader<'_>,
    context: &mut DecodeContext,
) -> Result<(), Failed> {
    match read(slot, false, reader, context)? {
        Filled::Value | Filled::Null => Ok(()),
        Filled::RejectedNull => Err(Failed),
    }
}

/// Fills a slot with the next value. If `lenient` is set, an integer may be a string.
fn read(
    slot: Slot<'_>,
    lenient: bool,
    reader: &mut Reader<'_>,
    context: &mut DecodeContext,
) -> Result<Filled, Failed> {
    context.note_read();
    let first = reader.first_byte()?;
    if first == b'n' {
        return read_null(slot, reader, context);
    }
    match (slot.present(), first) {
        (Slot::String(slot), b'"') => *slot = reader.string()?.into_owned(),
        (Slot::I64(slot), b'-' | b'0'..=b'9') => *slot = integer(reader, context)?,
        (Slot::Bool(slot), b't' | b'f') => *slot = reader.boolean()?,
        (Slot::Listed(slot), b'"') => context.note_listed(Some(slot.set(&reader.string()?))),
        (Slot::Parsed(slot), b'"') => parse(slot, reader, context)?,
        (Slot::Array(slot), b'[') => {
            context.enter(reader.offset())?;
            context.tag = None;
            let result = read_array(slot, reader, lenient, context);
            context.leave();
            result?;
        }
        (Slot::Object(model), b'{') => {
            context.enter(reader.offset())?;
            let tag = context.tag.take();
            let result = read_model(model, tag.as_ref(), reader, context);
            context.leave();
            result?;
            if matches!(tag, Some(Tag::Kept(_))) {
                keep_tag(model)?;
            }
        }
        (Slot::Converted(slot), _) => return convert(slot, lenient, reader, context),
        (slot, _) => read_other(slot, lenient, reader, context)?,
    }
    Ok(Filled::Value)
}

/// Fills a slot of a type that is less common, or of another type than the value.
#[inline(never)]
fn read_other(
    slot: Slot<'_>,
    lenient: bool,
    reader: &mut Reader<'_>,
    context: &mut DecodeContext,
) -> Result<(), Failed> {
    match (slot, reader.kind()?) {
        (slot @ (Slot::Map(_) | Slot::Free(_)), JsonKind::Object) => {
            context.enter(reader.offset())?;
            let tag = context.tag.take();
            let result = read_properties_of(slot, tag.as_ref(), reader, lenient, context);
            context.leave();
            result
        }
        (slot @ (Slot::Any(_) | Slot::Union(_)), _) => read_any(slot, reader, context),
        (Slot::F64(slot), JsonKind::Number) => float(reader, context).map(|value| *slot = value),
        (Slot::Custom(slot), kind) => read_custom(slot, kind, reader, context),
        (Slot::U64(slot), JsonKind::Number) => unsigned(reader, context).map(|value| *slot = value),
        (Slot::Number(slot), JsonKind::Number) => number(reader).map(|value| *slot = value),
        (Slot::I64(slot), JsonKind::String) if lenient => {
            *slot = digits(reader, context)?;
            context.note_inexact(0);
            Ok(())
        }
        (Slot::U64(slot), JsonKind::String) if lenient => {
            *slot = unsigned_digits(reader, context)?;
            context.note_inexact(0);
            Ok(())
        }
        (slot, _) => Err(mismatch(&slot, reader, context)),
    }
}

/// Fills an object that is no model. The discriminator is that of a variant.
fn read_properties_of(
    slot: Slot<'_>,
    tag: Option<&Tag>,
    reader: &mut Reader<'_>,
    lenient: bool,
    context: &mut DecodeContext,
) -> Result<(), Failed> {
    check_tag(tag, reader)?;
    match slot {
        Slot::Map(map) => read_map(map, tag, reader, lenient, context),
        Slot::Free(map) => read_free_form(map, reader, context),
        _ => Ok(()),
    }
}

/// Fills a type that is converted from another one.
fn convert(
    slot: &mut dyn ConvertedSlot,
    lenient: bool,
    reader: &mut Reader<'_>,
    context: &mut DecodeContext,
) -> Result<Filled, Failed> {
    let mut result = Err(Failed);
    let is_listed = slot.convert(&mut |inner| {
        result = read(inner, lenient, reader, context);
        result.is_ok()
    });
    context.note_listed(is_listed);
    result
}

/// Fills a slot with null.
fn read_null(slot: Slot<'_>, reader: &mut Reader<'_>, context: &mut DecodeContext) -> Result<Filled, Failed> {
    if let slot @ (Slot::Any(_) | Slot::Union(_)) = slot {
        return read_any(slot, reader, context).map(|()| Filled::Value);
    }
    reader.literal(JsonKind::Null)?;
    match slot {
        Slot::Unit | Slot::Null => Ok(Filled::Value),
        Slot::Optional(optional) => {
            if optional.set_null() {
                return Ok(Filled::Value);
            }
            // A closed model has no `Extra` that keeps the null, so the free-form value becomes null.
            if !context.keeps_nulls && matches!(optional.present(), Slot::Any(_)) {
                return Ok(Filled::Value);
            }
            optional.set_null();
            Ok(Filled::Null)
        }
        Slot::OptionalString(optional) => Ok(absent(optional)),
        Slot::OptionalI64(optional) => Ok(absent(optional)),
        Slot::OptionalBool(optional) => Ok(absent(optional)),
        slot => {
            let problem = DecodeProblem::Mismatch { expected: slot.expected(), found: "null" };
            context.fail(problem, reader.offset());
            // Decoding starts from the only value of an enum, which is not null.
            match slot {
                Slot::Listed(listed) => {
                    listed.set("");
                }
                Slot::Converted(converted) => drop(converted.convert(&mut |_| true)),
                // There is no value of the type to leave instead.
                Slot::Custom(_) => return Err(Failed),
                _ => {}
            }
            Ok(Filled::RejectedNull)
        }
    }
}

/// Fills a slot that accepts every kind of value.
fn read_any(slot: Slot<'_>, reader: &mut Reader<'_>, context: &mut DecodeContext) -> Result<(), Failed> {
    match slot {
        Slot::Union(union) => return read_union(union, reader, context),
        Slot::Any(any) => {
            let raw = reader.skip()?;
            if context.tag.take().is_some_and(|tag| raw.kind() == Some(JsonKind::Object) && tag.is_added(raw))
            {
                return Err(Failed);
            }
            context.note_undeclared(raw.size() - 1);
            *any = context.value(raw)?;
        }
        _ => {
            reader.skip()?;
        }
    }
    Ok(())
}

/// Fills a model. Undeclared fields go to its `Extra`.
fn read_model(
    model: &mut dyn Node,
    tag: Option<&Tag>,
    reader: &mut Reader<'_>,
    context: &mut DecodeContext,
) -> Result<(), Failed> {
    let descriptor = model.model_descriptor();
    let keeps_nulls = std::mem::replace(&mut context.keeps_nulls, descriptor.open);
    let keeps_originals = context.keeps_originals;
    context.keeps_originals |= descriptor.open;
    let is_inexact = std::mem::take(&mut context.is_inexact);
    let kept = context.kept.len();
    let result = read_properties(model, descriptor, tag, reader, context);
    context.keeps_nulls = keeps_nulls;
    context.keeps_originals = keeps_originals;
    context.is_inexact |= is_inexact;
    if context.kept.len() > kept
        && let Some(extra) = model.extra_mut()
    {
        extra.keep_parts(descriptor.names, context.kept.drain(kept..));
    }
    result
}

/// Fills the fields of a model.
fn read_properties(
    model: &mut dyn Node,
    descriptor: &'static ModelDescriptor,
    tag: Option<&Tag>,
    reader: &mut Reader<'_>,
    context: &mut DecodeContext,
) -> Result<(), Failed> {
    let mut fields = Fields::new(descriptor, context.selected.take());
    let mut others = OtherProperties::default();
    let order = context.orders.of(descriptor.names, descriptor.flags, descriptor.required());
    let (mut before, mut is_first, mut is_complete) = (0, true, true);
    while reader.has_next(&mut is_first, b'}')? {
        let index = match context.orders.guess(order, before) {
            Some((index, name)) if reader.try_key(name) => index,
            _ => {
                let key = reader.read_key()?;
                let Some(index) = context.orders.find(order, before, &key) else {
                    if fields.selected.is_some() {
                        reader.skip()?;
                    } else {
                        read_unknown(model, key, tag, &mut others, reader, context)?;
                    }
                    continue;
                };
                index
            }
        };
        before = index.saturating_add(1);
        if fields.skips(index) {
            reader.skip()?;
            continue;
        }
        let is_new = fields.seen.insert(index);
        match if is_new { read_common(model.slot_at(usize::from(index)), reader) } else { Common::Other } {
            Common::Value => context.note_read(),
            Common::Null => {
                context.note_read();
                fields.nulls.insert(index);
            }
            Common::Other => {
                let start = *reader;
                if let Err(failed) = read_field(model, index, is_new, &mut fields, reader, context) {
                    is_complete &= leave_out_field(model, index, start, reader, failed, context)?;
                }
            }
        }
        if fields.has_all_selected() {
            // The model is the entire text, and the text is known to be valid.
            reader.move_to_end();
            break;
        }
    }
    if !others.unknown.is_empty() {
        keep_undeclared(model, others.unknown, reader, context)?;
    }
    fields.keep_nulls(model);
    if !fields.has_all(order.required) {
        return Err(context.fail(fields.missing(), reader.offset()));
    }
    if is_complete { Ok(()) } else { Err(context.fail_noted()) }
}

/// Reads a property of a model that is no field.
#[inline(never)]
fn read_unknown<'j>(
    model: &mut dyn Node,
    key: Cow<'j, str>,
    tag: Option<&Tag>,
    others: &mut OtherProperties<'j>,
    reader: &mut Reader<'j>,
    context: &mut DecodeContext,
) -> Result<(), Failed> {
    let descriptor = model.model_descriptor();
    if descriptor.additional {
        return read_additional(model, key, tag, others, reader, context);
    }
    read_undeclared(descriptor, key, tag, &mut others.unknown, reader, context)
}

/// Fills a declared field, and records the nulls that it doesn't accept.
#[inline(never)]
fn read_field(
    model: &mut dyn Node,
    index: u16,
    is_new: bool,
    fields: &mut Fields,
    reader: &mut Reader<'_>,
    context: &mut DecodeContext,
) -> Result<(), Failed> {
    if !is_new {
        return Err(context.fail(DecodeProblem::Duplicate, reader.offset()));
    }
    let descriptor = fields.descriptor;
    let kept = context.kept.len();
    let position = usize::from(index);
    let start = reader.offset();
    let outcome = read(model.slot_at(position), descriptor.is_lenient(position), reader, context);
    if context.kept.len() > kept {
        let name = descriptor.names.get(position).copied().unwrap_or_default();
        context.wrap_kept(kept, Segment::Field(name));
    }
    let outcome = outcome?;
    if context.is_inexact && descriptor.open {
        context.is_inexact = false;
        keep_original(model, descriptor, index, reader.since(start));
    }
    match outcome {
        Filled::Value => return Ok(()),
        Filled::Null => {}
        Filled::RejectedNull if descriptor.open => {
            context.problem = None;
            context.score.unknown += 1;
        }
        Filled::RejectedNull => return Err(Failed),
    }
    fields.nulls.insert(index);
    Ok(())
}

/// Reads an additional property into the map of a model. A value of another type than declared is kept as an undeclared
/// field, if the model keeps these. One that is beyond the range of its type is left out.
fn read_additional<'j>(
    model: &mut dyn Node,
    key: Cow<'j, str>,
    tag: Option<&Tag>,
    others: &mut OtherProperties<'j>,
    reader: &mut Reader<'j>,
    context: &mut DecodeContext,
) -> Result<(), Failed> {
    let descriptor = model.model_descriptor();
    let (start, kept) = (*reader, context.kept.len());
    let raw = reader.skip()?;
    let is_rejected = others.rejected.as_ref().is_some_and(|rejected| rejected.contains(&*key));
    let map = model.additional_mut().filter(|_| !is_rejected);
    let Some(slot) = map.and_then(|map| map.entry(key.to_string())) else {
        let failed = context.fail(DecodeProblem::Duplicate, start.offset());
        return leave_out(Segment::Key(key.into_owned()), kept, start, reader, failed, context);
    };
    let mut attempt = context.attempt();
    let fits = fill_slot(slot, &mut raw.reader(), &mut attempt).is_ok();
    let is_inexact = attempt.is_inexact;
    context.end_attempt(&key, attempt, fits);
    if fits {
        if is_inexact {
            keep_original_of(model, descriptor, &key, raw.text(), context);
        }
        return Ok(());
    }
    if let Some(map) = model.additional_mut() {
        map.remove(&key);
    }
    others.rejected.get_or_insert_default().insert(key.to_string());
    let is_tag = tag.is_some_and(|tag| tag.is_written(&key, raw));
    if (!descriptor.open || context.is_out_of_range()) && !is_tag {
        return leave_out(Segment::Key(key.into_owned()), kept, start, reader, Failed, context);
    }
    context.path.clear();
    context.problem = None;
    context.score.unknown += u32::from(!is_tag);
    *reader = start;
    read_undeclared(descriptor, key, tag, &mut others.unknown, reader, context)
}

/// Fills an object with arbitrary keys.
fn read_map(
    map: &mut dyn MapSlot,
    tag: Option<&Tag>,
    reader: &mut Reader<'_>,
    lenient: bool,
    context: &mut DecodeContext,
) -> Result<(), Failed> {
    let (mut is_first, mut left_out) = (true, BTreeSet::new());
    while let Some(key) = reader.key(&mut is_first)? {
        let key = key.into_owned();
        let (start, kept) = (*reader, context.kept.len());
        let entry = if left_out.contains(&key) { None } else { map.entry(key.clone()) };
        let Some(slot) = entry else {
            let failed = context.fail(DecodeProblem::Duplicate, reader.offset());
            leave_out(Segment::Key(key), kept, start, reader, failed, context)?;
            continue;
        };
        let outcome = read(slot, lenient, reader, context);
        if let Err(failed) = accept(outcome, kept, || Segment::Key(key.clone()), context) {
            map.remove(&key);
            if !skip_tag(tag, &key, start, reader, context) {
                leave_out(Segment::Key(key.clone()), kept, start, reader, failed, context)?;
                left_out.insert(key);
            }
        }
    }
    Ok(())
}

/// Fills an array.
fn read_array(
    array: &mut dyn ArraySlot,
    reader: &mut Reader<'_>,
    lenient: bool,
    context: &mut DecodeContext,
) -> Result<(), Failed> {
    let (mut index, mut is_first) = (0, true);
    while reader.has_next(&mut is_first, b']')? {
        let (start, kept) = (*reader, context.kept.len());
        let Some(slot) = array.push(index) else {
            let problem = DecodeProblem::Mismatch { expected: "the end of the array", found: "another item" };
            let failed = context.fail(problem, reader.offset());
            leave_out(Segment::Index(index), kept, start, reader, failed, context)?;
            index += 1;
            continue;
        };
        let outcome = match read(slot, lenient, reader, context) {
            // An optional item of a tuple that is absent ends it.
            Ok(Filled::Null) if array.lengths().is_some_and(|(_, own)| index < own) => {
                let problem = DecodeProblem::Mismatch { expected: "an item or none", found: "null" };
                context.fail(problem, reader.offset());
                Ok(Filled::RejectedNull)
            }
            outcome => outcome,
        };
        if let Err(failed) = accept(outcome, kept, || Segment::Index(index), context) {
            if !array.pop() {
                return Err(context.fail_inside(Segment::Index(index), failed));
            }
            leave_out(Segment::Index(index), kept, start, reader, failed, context)?;
        }
        index += 1;
    }
    if array.lengths().is_some_and(|(min, _)| index < min) {
        let problem = DecodeProblem::Mismatch { expected: "as many items as declared", found: "fewer" };
        return Err(context.fail(problem, reader.offset()));
    }
    Ok(())
}
