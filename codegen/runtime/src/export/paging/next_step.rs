//! The choice of the pagination style.

use super::page_context::{NextStep, PageContext, PagingError};
use super::{chat, cursor, list, routing, time};
use crate::operation::PaginationStyle;

/// Decides what to do after a page.
pub(in crate::export) fn next_step(
    style: PaginationStyle,
    context: &PageContext<'_>,
) -> Result<NextStep, PagingError> {
    match style {
        PaginationStyle::Cursor => cursor::next_step(context),
        PaginationStyle::Time => time::next_step(context),
        PaginationStyle::RoutingCursor => routing::next_step(context),
        PaginationStyle::Chat => chat::next_step(context),
        PaginationStyle::NextPage => list::next_page(context),
        PaginationStyle::PageCursor => list::page_cursor(context),
    }
}
