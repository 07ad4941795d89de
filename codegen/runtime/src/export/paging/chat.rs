//! Pagination by `next_page`, a URL that is always set.
//!
//! An empty page is the last one for now. So is a page whose `next_page` leads to itself and that has no new records, unless
//! a larger page may have some. A page that is not full is not the last one: the server may return fewer records than
//! requested.

use super::page_context::{NextStep, PageContext, PagingError};
use crate::error::ExportErrorKind;
use crate::export::position::Position;

pub(super) fn next_step(context: &PageContext<'_>) -> Result<NextStep, PagingError> {
    let envelope = &context.page.envelope;
    let next = envelope
        .string("next_page")
        .map(|next| (context.local_target)(&next))
        .transpose()?
        .map(Position::Target);
    // The `count` may be too low or too high; the larger number is used.
    let declared =
        envelope.integer("count").and_then(|count| usize::try_from(count).ok()).unwrap_or_default();
    let count = declared.max(context.len());
    let full = count >= usize::try_from(context.size).unwrap_or(usize::MAX);
    let moved = next.as_ref().is_some_and(|next| !context.is_requested(next));
    if context.len() > 0 && !moved && context.new_records == 0 && full && context.is_below_largest {
        // There may be more records of that time than this page has: a larger page shows them.
        return match context.stalls {
            0 => Ok(NextStep::FetchAgain),
            stalls => Err(ExportErrorKind::NoProgress { pages: stalls + 1 }.into()),
        };
    }
    if context.len() == 0 || (!moved && context.new_records == 0) {
        return Ok(NextStep::CaughtUp(next.unwrap_or_else(|| context.requested.clone())));
    }
    match next {
        Some(_) if !moved => Ok(NextStep::FetchAgain),
        Some(next) => context.new_position(next),
        None if full => Err(ExportErrorKind::MissingCursor.into()),
        None => Ok(NextStep::CaughtUp(context.requested.clone())),
    }
}
