//! Fills slots from JSON: models, maps, arrays and their contents.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::discriminator::{check_tag, keep_tag, skip_tag};
use super::leave_out::{leave_out, leave_out_field};
use super::nested_union::read_union;
use super::original::{keep_original, keep_original_of};
use super::scalar::{digits, float, integer, mismatch, number, unsigned, unsigned_digits};
use super::undeclared::{keep_undeclared, read_free_form, read_undeclared};
use crate::json::pointer::Segment;
use crate::json::raw::RawJson;
use crate::json::raw_properties::RawProperties;
use crate::json::reader::{JsonKind, Reader};
use crate::model::descriptor::ModelDescriptor;
use crate::model::field_set::FieldSet;
use crate::model::node::{ArraySlot, ConvertedSlot, MapSlot, Node, Slot};
use crate::state::decode_context::{DecodeContext, Failed, MAX_UNION_DEPTH};
use crate::state::kept::Kept;
use crate::state::problem::{DecodeProblem, FAR_TIME};
use crate::state::tag::Tag;
use crate::types::accuracy::Accuracy;

/// The value that a slot was filled with.
enum Filled {
    /// A value, or a null that the type distinguishes from absent.
    Value,
    /// A null that the type doesn't distinguish from absent.
    Null,
    /// A null that the type doesn't accept. The slot is unchanged, and the context contains the problem.
    RejectedNull,
}

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
    context.spend(1);
    #[cfg(test)]
    crate::json::work::read();
    let kind = reader.kind()?;
    if kind == JsonKind::Null {
        return read_null(slot, reader, context);
    }
    match (slot.present(), kind) {
        (Slot::String(slot), JsonKind::String) => *slot = reader.string()?.into_owned(),
        (Slot::I64(slot), JsonKind::Number) => *slot = integer(reader, context)?,
        (Slot::Converted(slot), _) => return convert(slot, lenient, reader, context),
        (Slot::Bool(slot), JsonKind::Bool(value)) => {
            reader.literal(kind)?;
            *slot = value;
        }
        (Slot::Parsed(slot), JsonKind::String) => {
            let text = reader.string()?;
            match slot.parse(&text) {
                Some((Accuracy::Exact, is_listed)) => context.note_listed(is_listed),
                Some((Accuracy::Rounded, _)) => context.note_inexact(1),
                inexact @ (Some((Accuracy::OutOfRange, _)) | None) => {
                    let found = if inexact.is_some() { FAR_TIME } else { "another string" };
                    let problem = DecodeProblem::Mismatch { expected: slot.expected(), found };
                    return Err(context.fail(problem, reader.offset()));
                }
            }
        }
        (Slot::Array(slot), JsonKind::Array) => {
            context.enter(reader.offset())?;
            context.tag = None;
            let result = read_array(slot, reader, lenient, context);
            context.leave();
            result?;
        }
        (slot @ (Slot::Object(_) | Slot::Map(_) | Slot::Free(_)), JsonKind::Object) => {
            context.enter(reader.offset())?;
            let tag = context.tag.take();
            let result = read_object(slot, tag.as_ref(), reader, lenient, context);
            context.leave();
            result?;
        }
        (Slot::F64(slot), JsonKind::Number) => *slot = float(reader, context)?,
        (Slot::U64(slot), JsonKind::Number) => *slot = unsigned(reader, context)?,
        (Slot::Number(slot), JsonKind::Number) => *slot = number(reader)?,
        (slot @ (Slot::Any(_) | Slot::Union(_)), _) => read_any(slot, reader, context)?,
        (Slot::I64(slot), JsonKind::String) if lenient => {
            *slot = digits(reader, context)?;
            context.note_inexact(0);
        }
        (Slot::U64(slot), JsonKind::String) if lenient => {
            *slot = unsigned_digits(reader, context)?;
            context.note_inexact(0);
        }
        (slot, _) => return Err(mismatch(&slot, reader, context)),
    }
    Ok(Filled::Value)
}

/// Fills an object. The discriminator is that of a variant.
fn read_object(
    slot: Slot<'_>,
    tag: Option<&Tag>,
    reader: &mut Reader<'_>,
    lenient: bool,
    context: &mut DecodeContext,
) -> Result<(), Failed> {
    match slot {
        Slot::Object(model) => {
            read_model(model, tag, reader, context)?;
            if matches!(tag, Some(Tag::Kept(_))) { keep_tag(model) } else { Ok(()) }
        }
        Slot::Map(map) => {
            check_tag(tag, reader)?;
            read_map(map, tag, reader, lenient, context)
        }
        Slot::Free(map) => {
            check_tag(tag, reader)?;
            read_free_form(map, reader, context)
        }
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
        slot => {
            let problem = DecodeProblem::Mismatch { expected: slot.expected(), found: "null" };
            context.fail(problem, reader.offset());
            // Decoding starts from the only value of an enum, which is not null.
            match slot {
                Slot::Parsed(parsed) => drop(parsed.parse("")),
                Slot::Converted(converted) => drop(converted.convert(&mut |_| true)),
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
    let mut seen = FieldSet::default();
    let mut unknown = RawProperties::default();
    let order = context.orders.of(descriptor.names);
    let (mut before, mut is_first, mut is_complete) = (0, true, true);
    // The keys of additional properties that are not in the map: it must not have a later value of one of them.
    let mut others = BTreeSet::new();
    while reader.has_next(&mut is_first, b'}')? {
        let guess = context.orders.guess(order, before);
        let key = match guess {
            Some((index, name)) if reader.try_key(name)? => ModelKey::Field(index),
            _ => {
                let key = reader.read_key()?;
                let position = context.orders.find(order, descriptor.names, before, &key);
                position.map_or(ModelKey::Unknown(key), ModelKey::Field)
            }
        };
        match key {
            ModelKey::Field(index) => {
                before = index.saturating_add(1);
                let start = *reader;
                if let Err(failed) = read_field(model, descriptor, index, &mut seen, reader, context) {
                    is_complete &= leave_out_field(model, index, start, reader, failed, context)?;
                }
            }
            ModelKey::Unknown(key) if descriptor.additional => {
                read_additional(model, key, tag, (&mut unknown, &mut others), reader, context)?;
            }
            ModelKey::Unknown(key) => {
                read_undeclared(descriptor, key, tag, &mut unknown, reader, context)?;
            }
        }
    }
    if !unknown.is_empty() {
        keep_undeclared(model, unknown, reader, context)?;
    }
    check_required(descriptor, &seen, reader, context)?;
    if is_complete { Ok(()) } else { Err(context.fail_noted()) }
}

/// A key in the JSON of a model.
enum ModelKey<'j> {
    /// The position of a declared field.
    Field(u16),
    Unknown(Cow<'j, str>),
}

/// Fills a declared field, and records the nulls that it doesn't accept.
fn read_field(
    model: &mut dyn Node,
    descriptor: &'static ModelDescriptor,
    index: u16,
    seen: &mut FieldSet,
    reader: &mut Reader<'_>,
    context: &mut DecodeContext,
) -> Result<(), Failed> {
    if !seen.insert(index) {
        return Err(context.fail(DecodeProblem::Duplicate, reader.offset()));
    }
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
    if let Some(extra) = model.extra_mut() {
        extra.note_null(descriptor.names, index);
    }
    Ok(())
}

/// Reads an additional property into the map of a model. A value of another type than declared is kept as an undeclared
/// field, if the model keeps these. One that is beyond the range of its type is left out.
fn read_additional<'j>(
    model: &mut dyn Node,
    key: Cow<'j, str>,
    tag: Option<&Tag>,
    (unknown, others): (&mut RawProperties<'j>, &mut BTreeSet<String>),
    reader: &mut Reader<'j>,
    context: &mut DecodeContext,
) -> Result<(), Failed> {
    let descriptor = model.model_descriptor();
    let (start, kept) = (*reader, context.kept.len());
    let raw = reader.skip()?;
    let map = model.additional_mut().filter(|_| !others.contains(&*key));
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
    others.insert(key.to_string());
    let is_tag = tag.is_some_and(|tag| tag.is_written(&key, raw));
    if (!descriptor.open || context.is_out_of_range()) && !is_tag {
        return leave_out(Segment::Key(key.into_owned()), kept, start, reader, Failed, context);
    }
    context.path.clear();
    context.problem = None;
    context.score.unknown += u32::from(!is_tag);
    *reader = start;
    read_undeclared(descriptor, key, tag, unknown, reader, context)
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

/// Handles the result of filling a value of an array or map. A null that the value doesn't accept, and parts that are
/// inside it, are left to the enclosing model. The first `kept` parts in the context were kept before.
fn accept(
    outcome: Result<Filled, Failed>,
    kept: usize,
    segment: impl FnOnce() -> Segment,
    context: &mut DecodeContext,
) -> Result<(), Failed> {
    match outcome? {
        Filled::Value | Filled::Null if context.kept.len() == kept => {}
        Filled::Value | Filled::Null => context.wrap_kept(kept, segment()),
        Filled::RejectedNull if context.keeps_nulls => {
            context.problem = None;
            context.score.unknown += 1;
            context.keep(segment(), Kept::Null);
        }
        Filled::RejectedNull => return Err(Failed),
    }
    Ok(())
}

/// Checks that all required fields are present.
fn check_required(
    descriptor: &'static ModelDescriptor,
    seen: &FieldSet,
    reader: &Reader<'_>,
    context: &mut DecodeContext,
) -> Result<(), Failed> {
    let is_missing = |index: &usize| u16::try_from(*index).is_ok_and(|index| !seen.contains(index));
    if !descriptor.required().any(|index| is_missing(&index)) {
        return Ok(());
    }
    let missing = descriptor.required().filter(is_missing);
    let fields = missing.filter_map(|index| descriptor.names.get(index).copied()).collect();
    Err(context.fail(DecodeProblem::Missing { model: descriptor.name, fields }, reader.offset()))
}
