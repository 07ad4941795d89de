//! Pagination by time: the next request starts at the `end_time` of this page.
//!
//! The bound is inclusive, so records are repeated, and dropped by their keys. A page that ends in the second where it
//! started is requested again with the largest page size. If that doesn't help, continuing could miss records, so the
//! caller decides.

use super::page_context::{NextStep, PageContext, PagingError};
use crate::error::ExportErrorKind;
use crate::export::position::Position;
use crate::types::timestamp::Timestamp;

pub(super) fn next_step(context: &PageContext<'_>) -> Result<NextStep, PagingError> {
    let envelope = &context.page.envelope;
    let end_time = envelope.integer("end_time");
    let requested = context.second;
    let ended = envelope.boolean("end_of_stream");
    // An `end_time` before the start is not used. Neither is one that is out of range, such as milliseconds, or later than
    // the clocks and the records: the server would have no data for it yet, and all records up to now would be skipped.
    let in_range = |end: &i64| Timestamp::from_seconds(*end).is_some() && *end <= context.latest_end;
    let later = end_time.filter(|end| in_range(end) && requested.is_none_or(|requested| *end > requested));
    match (ended, later) {
        (Some(true), Some(end)) => return Ok(NextStep::CaughtUp(Position::Time(end))),
        (Some(true), None) => return Ok(NextStep::CaughtUp(context.requested.clone())),
        (_, Some(end)) => return Ok(NextStep::More(Position::Time(end))),
        (_, None) => {}
    }
    // Without `end_of_stream`, the last page is one that keeps the position, is not full and has no new records. If it
    // has repeated records, it may be a temporary stall, so it is requested again once.
    if ended.is_none() && !context.is_full() {
        let same = context.requested.clone();
        return Ok(match context.new_records {
            0 if context.len() > 0 && context.stalls == 0 => NextStep::FetchAgain,
            0 => NextStep::CaughtUp(same),
            _ => NextStep::More(same),
        });
    }
    stalled(context)
}

fn stalled(context: &PageContext<'_>) -> Result<NextStep, PagingError> {
    if context.stalls == 0 || context.new_records > 0 {
        return Ok(NextStep::FetchAgain);
    }
    let second = context.second.unwrap_or_default();
    if context.step_over {
        return Ok(NextStep::StepOver(Position::Time(second.saturating_add(1))));
    }
    Err(ExportErrorKind::Stalled { second }.into())
}
