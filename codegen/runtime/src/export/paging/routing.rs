//! Paging by the `cursor` in `next_page`. Only a page without records ends it; there the export goes on later.

use super::turn::{Stop, Turn, Verdict};
use crate::error::ExportErrorKind;
use crate::export::place::Place;
use crate::request::Query;

pub(super) fn judge(turn: &Turn<'_>) -> Result<Verdict, Stop> {
    if turn.len() == 0 {
        return Ok(Verdict::CaughtUp(turn.asked.clone()));
    }
    let Some(next) = turn.page.envelope.text("next_page") else {
        return Err(ExportErrorKind::MissingCursor.into());
    };
    let target = (turn.local)(&next)?;
    let query = target.split_once('?').map_or("", |(_, query)| query);
    match Query::verbatim(query).get("cursor").filter(|cursor| !cursor.is_empty()) {
        Some(cursor) => turn.new_place(Place::Cursor(cursor)),
        None => Err(ExportErrorKind::MissingCursor.into()),
    }
}
