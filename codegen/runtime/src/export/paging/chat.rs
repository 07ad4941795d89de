//! Pagination by `next_page`, a URL that is always set.
//!
//! A page that is not full is the last one for now. So is a page whose `next_page` leads to itself and that has no new
//! records, whatever its `count`.

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
    let moved = next.as_ref().is_some_and(|next| next != context.requested);
    if context.len() == 0 || !full || (!moved && context.new_records == 0) {
        return Ok(NextStep::CaughtUp(next.unwrap_or_else(|| context.requested.clone())));
    }
    match next {
        Some(next) if &next == context.requested => Ok(NextStep::FetchAgain),
        Some(next) => context.new_position(next),
        None => Err(ExportErrorKind::MissingCursor.into()),
    }
}
