//! Pagination by `after_cursor`, until `end_of_stream`.
//!
//! An empty page doesn't end the stream. The last cursor is kept, because the export continues there later.

use super::page_context::{NextStep, PageContext, PagingError};
use crate::error::ExportErrorKind;
use crate::export::position::Position;

pub(super) fn next_step(context: &PageContext<'_>) -> Result<NextStep, PagingError> {
    let envelope = &context.page.envelope;
    let cursor = envelope.string("after_cursor").map(Position::Cursor);
    match (envelope.boolean("end_of_stream"), cursor) {
        (Some(true), cursor) => Ok(NextStep::CaughtUp(cursor.unwrap_or_else(|| context.requested.clone()))),
        (_, Some(cursor)) => context.new_position(cursor),
        (_, None) => Err(ExportErrorKind::MissingCursor.into()),
    }
}
