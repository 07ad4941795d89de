//! Pagination by the `cursor` in the URL `next_page`, until a page is empty. The export continues at that page later.

use super::page_context::{NextStep, PageContext, PagingError};
use crate::error::ExportErrorKind;
use crate::export::position::Position;
use crate::request::Query;

pub(super) fn next_step(context: &PageContext<'_>) -> Result<NextStep, PagingError> {
    if context.len() == 0 {
        return Ok(NextStep::CaughtUp(context.requested.clone()));
    }
    let Some(next) = context.page.envelope.string("next_page") else {
        return Err(ExportErrorKind::MissingCursor.into());
    };
    let target = (context.local_target)(&next)?;
    let query = target.split_once('?').map_or("", |(_, query)| query);
    match Query::verbatim(query).get("cursor").filter(|cursor| !cursor.is_empty()) {
        Some(cursor) => context.new_position(Position::Cursor(cursor)),
        None => Err(ExportErrorKind::MissingCursor.into()),
    }
}
