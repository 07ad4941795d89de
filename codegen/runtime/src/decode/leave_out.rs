//! Leaves values out that can't be read, in lenient mode, and values that are beyond the range of their types.
//!
//! The value that is left out is the smallest one that its parent can do without: an optional field, an item of an array
//! or an entry of a map. Otherwise, and for text that is not JSON, the functions here pass the failure on.

use crate::json::pointer::Segment;
use crate::json::raw::RawJson;
use crate::json::reader::Reader;
use crate::model::node::Node;
use crate::state::decode_context::{DecodeContext, Failed};
use crate::state::kept::Kept;
use crate::state::problem::DecodeProblem;

/// Leaves out a value of an array or object, and keeps its text. The first `kept` parts in the context were kept
/// before the value was read.
#[cold]
pub(super) fn leave_out<'j>(
    segment: Segment,
    kept: usize,
    start: Reader<'j>,
    reader: &mut Reader<'j>,
    failed: Failed,
    context: &mut DecodeContext,
) -> Result<(), Failed> {
    let is_duplicate = is_duplicate(context);
    let Some(value) = context.skip_failed(start, reader) else {
        return Err(context.fail_inside(segment, failed));
    };
    context.kept.truncate(kept);
    context.keep(segment, text_of(value, is_duplicate));
    Ok(())
}

/// Leaves out a field of a model, and keeps its text. Returns `false` if the field is required, so that the model can't
/// be read either.
#[cold]
pub(super) fn leave_out_field<'j>(
    model: &mut dyn Node,
    index: u16,
    start: Reader<'j>,
    reader: &mut Reader<'j>,
    failed: Failed,
    context: &mut DecodeContext,
) -> Result<bool, Failed> {
    let descriptor = model.model_descriptor();
    let position = usize::from(index);
    let segment = Segment::Field(descriptor.names.get(position).copied().unwrap_or_default());
    let is_duplicate = is_duplicate(context);
    let may_lack = !descriptor.is_required(position) && is_optional(model, position);
    if !context.is_lenient && !may_lack {
        return Err(context.fail_inside(segment, failed));
    }
    let Some(value) = context.skip_failed(start, reader) else {
        return Err(context.fail_inside(segment, failed));
    };
    if !is_duplicate {
        // Parts of the field were kept while it was read.
        context.kept.pop_if(|(other, kept)| *other == segment && matches!(kept, Kept::Inside(_)));
        if descriptor.is_required(position) || !clear(model, position) {
            return Ok(false);
        }
    }
    context.keep(segment, text_of(value, is_duplicate));
    Ok(true)
}

/// Returns whether the value that failed has the key of another one, and no problem inside.
fn is_duplicate(context: &DecodeContext) -> bool {
    context.problem == Some(DecodeProblem::Duplicate) && context.path.is_empty()
}

/// Returns whether a field can be absent.
fn is_optional(model: &mut dyn Node, position: usize) -> bool {
    model.slot_at(position).is_optional()
}

/// Makes a field absent. Returns `false` if it always has a value.
fn clear(model: &mut dyn Node, position: usize) -> bool {
    if let Some(optional) = model.slot_at(position).optional() {
        optional.clear();
        return true;
    }
    model.view_at(position).is_default()
}

/// Returns the text of a value that is left out.
pub(super) fn text_of(value: RawJson<'_>, is_duplicate: bool) -> Kept {
    let text = value.text().into();
    if is_duplicate { Kept::Duplicate(text) } else { Kept::LeftOut(text) }
}
