//! Reads values of types that this crate doesn't know.

use super::scalar::mismatch;
use crate::json::exact::compact;
use crate::json::reader::{JsonKind, Reader};
use crate::model::custom::CustomSlot;
use crate::model::node::Slot;
use crate::state::decode_context::{DecodeContext, Failed};
use crate::state::problem::DecodeProblem;
use crate::types::conversion::Accepts;
use crate::types::json_text::JsonText;

/// Returns whether a type may have values of a kind.
pub(super) fn accepts(slot: &dyn CustomSlot, kind: JsonKind) -> bool {
    match slot.accepts() {
        Accepts::Strings => kind == JsonKind::String,
        Accepts::Numbers => kind == JsonKind::Number,
        Accepts::Any => kind != JsonKind::Null,
    }
}

/// Fills a type that is read from text.
pub(super) fn read_custom(
    slot: &mut dyn CustomSlot,
    kind: JsonKind,
    reader: &mut Reader<'_>,
    context: &mut DecodeContext,
) -> Result<(), Failed> {
    if !accepts(slot, kind) {
        return Err(mismatch(&Slot::Custom(slot), reader, context));
    }
    let (json, found) = match kind {
        JsonKind::String => (JsonText::String(reader.string()?), "another string"),
        JsonKind::Number => (JsonText::Other(reader.number()?.text.into()), "another number"),
        JsonKind::Object => (JsonText::Other(compact(reader.skip()?.text()).into()), "another object"),
        _ => (JsonText::Other(compact(reader.skip()?.text()).into()), "another value"),
    };
    if slot.read(json) {
        return Ok(());
    }
    let problem = DecodeProblem::Mismatch { expected: slot.expected(), found };
    Err(context.fail(problem, reader.offset()))
}
