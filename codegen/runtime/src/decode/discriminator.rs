//! Discriminators that a variant doesn't declare, and those by which it wasn't chosen.

use crate::json::reader::Reader;
use crate::model::extra::Extra;
use crate::model::node::Node;
use crate::state::decode_context::{DecodeContext, Failed};
use crate::state::tag::Tag;

/// Records that a model was chosen without its discriminator. A closed model can't keep that, so it doesn't match.
pub(super) fn keep_tag(model: &mut dyn Node) -> Result<(), Failed> {
    model.extra_mut().map(Extra::keep_tag).ok_or(Failed)
}

/// Checks that the discriminator of a map is encoded as it came. A map without it would be encoded with it.
pub(super) fn check_tag(tag: Option<&Tag>, reader: &Reader<'_>) -> Result<(), Failed> {
    let Some(tag) = tag else { return Ok(()) };
    let mut end = *reader;
    if tag.is_added(end.skip()?) { Err(Failed) } else { Ok(()) }
}

/// Skips the discriminator of a map whose values have another type. Returns `false` for any other entry.
#[cold]
pub(super) fn skip_tag<'j>(
    tag: Option<&Tag>,
    key: &str,
    start: Reader<'j>,
    reader: &mut Reader<'j>,
    context: &mut DecodeContext,
) -> bool {
    let mut after = start;
    let is_tag = tag.zip(after.skip().ok()).is_some_and(|(tag, value)| tag.is_written(key, value));
    if is_tag {
        context.path.clear();
        context.problem = None;
        *reader = after;
    }
    is_tag
}
