//! Keeps the JSON of values that their types can't represent exactly.

use crate::encode::text::to_vec;
use crate::json::exact::compact;
use crate::model::descriptor::ModelDescriptor;
use crate::model::node::Node;
use crate::state::decode_context::DecodeContext;

/// Keeps the JSON of a field that its type can't represent exactly.
#[cold]
pub(super) fn keep_original(
    model: &mut dyn Node,
    descriptor: &'static ModelDescriptor,
    index: u16,
    text: &str,
) {
    let encoded =
        to_vec(model.view_at(usize::from(index))).ok().and_then(|text| String::from_utf8(text).ok());
    if let (Some(extra), Some(encoded)) = (model.extra_mut(), encoded) {
        extra.note_original(descriptor.names, index, encoded, compact(text));
    }
}

/// Keeps the JSON of an additional property that its type can't represent exactly. A closed model leaves that to the
/// enclosing one.
#[cold]
pub(super) fn keep_original_of(
    model: &mut dyn Node,
    descriptor: &'static ModelDescriptor,
    key: &str,
    text: &str,
    context: &mut DecodeContext,
) {
    let value = model.additional().and_then(|additional| additional.get(key));
    let encoded = value.and_then(|value| to_vec(value).ok()).and_then(|text| String::from_utf8(text).ok());
    match (model.extra_mut(), encoded) {
        (Some(extra), Some(encoded)) => {
            extra.note_original_of(descriptor.names, key, encoded, compact(text));
        }
        _ => context.is_inexact = true,
    }
}
