//! Paging of lists: by the address of the next page, or by the cursor behind a page's last record.

use super::turn::{Stop, Turn, Verdict};
use crate::error::ExportErrorKind;
use crate::export::place::Place;

/// Follows `next_page` until it is null or absent.
pub(super) fn by_address(turn: &Turn<'_>) -> Result<Verdict, Stop> {
    match turn.page.envelope.text("next_page") {
        Some(next) => turn.new_place(Place::Target((turn.local)(&next)?)),
        None => Ok(Verdict::CaughtUp(Place::End)),
    }
}

/// Asks for what comes after `meta.after_cursor`, until `meta.has_more` is false.
pub(super) fn by_cursor(turn: &Turn<'_>) -> Result<Verdict, Stop> {
    let envelope = &turn.page.envelope;
    let meta = envelope.object("meta");
    let cursor = meta.text("after_cursor").map(Place::After);
    let linked = || envelope.object("links").text("next").is_some();
    if meta.flag("has_more").unwrap_or_else(linked) {
        return cursor.map_or(Err(ExportErrorKind::MissingCursor.into()), |cursor| turn.new_place(cursor));
    }
    Ok(Verdict::CaughtUp(cursor.unwrap_or_else(|| turn.asked.clone())))
}
