//! What slots were filled with.

use crate::json::pointer::Segment;
use crate::state::decode_context::{DecodeContext, Failed};
use crate::state::kept::Kept;

/// The value that a slot was filled with.
pub(super) enum Filled {
    /// A value, or a null that the type distinguishes from absent.
    Value,
    /// A null that the type doesn't distinguish from absent.
    Null,
    /// A null that the type doesn't accept. The slot is unchanged, and the context contains the problem.
    RejectedNull,
}

/// Makes an optional value absent, because it is null.
pub(super) fn absent<T>(optional: &mut Option<T>) -> Filled {
    *optional = None;
    Filled::Null
}

/// Handles the result of filling a value of an array or map. A null that the value doesn't accept, and parts that are
/// inside it, are left to the enclosing model. The first `kept` parts in the context were kept before.
pub(super) fn accept(
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
