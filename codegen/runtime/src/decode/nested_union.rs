//! Unions as values of fields, arrays and maps: what trials remember about them.

use crate::json::raw::RawJson;
use crate::json::reader::Reader;
use crate::model::node::UnionSlot;
use crate::state::decode_context::{DecodeContext, Failed};

/// Fills a union.
pub(super) fn read_union(
    union: &mut dyn UnionSlot,
    reader: &mut Reader<'_>,
    context: &mut DecodeContext,
) -> Result<(), Failed> {
    if context.in_trial() {
        return try_union(union, reader, context);
    }
    let raw = reader.skip()?;
    let is_inner = std::mem::replace(&mut context.is_in_union, true);
    let result = set_union(union, raw, context);
    context.is_in_union = is_inner;
    if !is_inner {
        context.forget_outcomes();
    }
    result
}

/// Fills a union in a trial. When the budget is spent, it is filled after the choice of the variant: here only how well it
/// matches is found out, once.
fn try_union(
    union: &mut dyn UnionSlot,
    reader: &mut Reader<'_>,
    context: &mut DecodeContext,
) -> Result<(), Failed> {
    reader.kind()?;
    let start = reader.offset();
    let key = context.outcome_key(union.union_type(), start);
    if let Some(known) = key.and_then(|key| context.known_outcome(&key)) {
        reader.move_to(known.end);
        return context.take_outcome(start, known);
    }
    let raw = reader.skip()?;
    context.spend(raw.size());
    let Some(key) = key.filter(|_| context.is_spent()) else { return set_union(union, raw, context) };
    if context.skips_union() {
        return Ok(());
    }
    let mut part = context.part();
    let has_failed = set_union(union, raw, &mut part).is_err();
    let outcome = context.end_part(key, part, has_failed, reader.offset());
    context.take_outcome(start, outcome)
}

/// Sets a union to a value, and counts what matches none of its types.
fn set_union(union: &mut dyn UnionSlot, raw: RawJson<'_>, context: &mut DecodeContext) -> Result<(), Failed> {
    context.check_depth(raw)?;
    let is_known = union.set(raw, context)?;
    context.score.unknown += u32::from(!is_known);
    context.has_unmatched |= !is_known && raw.size() > 1;
    Ok(())
}
