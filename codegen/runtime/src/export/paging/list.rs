//! Pagination of lists: by the URL of the next page, or by the cursor of the last record.

use super::page_context::{NextStep, PageContext, PagingError};
use crate::error::ExportErrorKind;
use crate::export::position::Position;

/// Follows `next_page` until it is null or absent.
pub(super) fn next_page(context: &PageContext<'_>) -> Result<NextStep, PagingError> {
    match context.page.envelope.string("next_page") {
        Some(next) => context.new_position(Position::Target((context.local_target)(&next)?)),
        None => Ok(NextStep::CaughtUp(Position::End)),
    }
}

/// Requests the records after `meta.after_cursor`, until `meta.has_more` is false.
pub(super) fn page_cursor(context: &PageContext<'_>) -> Result<NextStep, PagingError> {
    let envelope = &context.page.envelope;
    let meta = envelope.object("meta");
    let cursor = meta.string("after_cursor").map(Position::After);
    let linked = || envelope.object("links").string("next").is_some();
    if meta.boolean("has_more").unwrap_or_else(linked) {
        return cursor
            .map_or(Err(ExportErrorKind::MissingCursor.into()), |cursor| context.new_position(cursor));
    }
    Ok(NextStep::CaughtUp(cursor.unwrap_or_else(|| context.requested.clone())))
}
