//! Which way of paging decides.

use super::turn::{Stop, Turn, Verdict};
use super::{chat, cursor, list, routing, time};
use crate::operation::PaginationStyle;

/// Decides what to do after a page.
pub(in crate::export) fn judge(style: PaginationStyle, turn: &Turn<'_>) -> Result<Verdict, Stop> {
    match style {
        PaginationStyle::Cursor => cursor::judge(turn),
        PaginationStyle::Time => time::judge(turn),
        PaginationStyle::RoutingCursor => routing::judge(turn),
        PaginationStyle::Chat => chat::judge(turn),
        PaginationStyle::NextPage => list::by_address(turn),
        PaginationStyle::PageCursor => list::by_cursor(turn),
    }
}
