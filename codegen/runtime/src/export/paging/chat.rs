//! Paging by an address that is always there: `next_page` is followed as it stands.
//!
//! A page with fewer records than were asked for is the last one for now. So is one that leads back to itself
//! and brings nothing new, whatever it says of its size.

use super::turn::{Stop, Turn, Verdict};
use crate::error::ExportErrorKind;
use crate::export::place::Place;

pub(super) fn judge(turn: &Turn<'_>) -> Result<Verdict, Stop> {
    let envelope = &turn.page.envelope;
    let next = envelope.text("next_page").map(|next| (turn.local)(&next)).transpose()?.map(Place::Target);
    // The `count` may be wrong in either direction: the larger number leads on.
    let told = envelope.integer("count").and_then(|count| usize::try_from(count).ok()).unwrap_or_default();
    let held = told.max(turn.len());
    let full = held >= usize::try_from(turn.size).unwrap_or(usize::MAX);
    let moved = next.as_ref().is_some_and(|next| next != turn.asked);
    if turn.len() == 0 || !full || (!moved && turn.fresh == 0) {
        return Ok(Verdict::CaughtUp(next.unwrap_or_else(|| turn.asked.clone())));
    }
    match next {
        Some(next) if &next == turn.asked => Ok(Verdict::AskAgain),
        Some(next) => turn.new_place(next),
        None => Err(ExportErrorKind::MissingCursor.into()),
    }
}
