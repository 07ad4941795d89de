//! Paging by `after_cursor`, until `end_of_stream`.
//!
//! A page without records that does not end the stream is nothing special. The last cursor is kept: later
//! the export goes on there.

use super::turn::{Stop, Turn, Verdict};
use crate::error::ExportErrorKind;
use crate::export::place::Place;

pub(super) fn judge(turn: &Turn<'_>) -> Result<Verdict, Stop> {
    let envelope = &turn.page.envelope;
    let cursor = envelope.text("after_cursor").map(Place::Cursor);
    match (envelope.flag("end_of_stream"), cursor) {
        (Some(true), cursor) => Ok(Verdict::CaughtUp(cursor.unwrap_or_else(|| turn.asked.clone()))),
        (_, Some(cursor)) => turn.new_place(cursor),
        (_, None) => Err(ExportErrorKind::MissingCursor.into()),
    }
}
