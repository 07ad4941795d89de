//! Paging by time: the next request starts at this page's `end_time`.
//!
//! The bound is inclusive, so records come again and are dropped by their keys. A page that does not get past
//! the second it started at is asked for once more at the largest size; if that does not help either, going
//! on could lose records, which is for the caller to decide.

use super::turn::{Stop, Turn, Verdict};
use crate::error::ExportErrorKind;
use crate::export::place::Place;
use crate::types::timestamp::Timestamp;

pub(super) fn judge(turn: &Turn<'_>) -> Result<Verdict, Stop> {
    let envelope = &turn.page.envelope;
    let end_time = envelope.integer("end_time");
    let asked = turn.second;
    let ended = envelope.flag("end_of_stream");
    // An end before the start is no place to go to; nor is one beyond all time, as in milliseconds: the server
    // would say that there is nothing yet, and all records up to now would be passed over.
    let possible = |end: &i64| Timestamp::from_seconds(*end).is_some();
    let later = end_time.filter(|end| possible(end) && asked.is_none_or(|asked| *end > asked));
    match (ended, later) {
        (Some(true), Some(end)) => return Ok(Verdict::CaughtUp(Place::Time(end))),
        (Some(true), None) => return Ok(Verdict::CaughtUp(turn.asked.clone())),
        (_, Some(end)) => return Ok(Verdict::More(Place::Time(end))),
        (_, None) => {}
    }
    // Where the end is not told, it is a page that neither leads on nor is full nor brings anything new. One
    // with records may also be a stall that passes, which is asked about once.
    if ended.is_none() && !turn.is_full() {
        let same = turn.asked.clone();
        return Ok(match turn.fresh {
            0 if turn.len() > 0 && turn.stalls == 0 => Verdict::AskAgain,
            0 => Verdict::CaughtUp(same),
            _ => Verdict::More(same),
        });
    }
    stalled(turn)
}

fn stalled(turn: &Turn<'_>) -> Result<Verdict, Stop> {
    if turn.stalls == 0 || turn.fresh > 0 {
        return Ok(Verdict::AskAgain);
    }
    let second = turn.second.unwrap_or_default();
    if turn.step_over {
        return Ok(Verdict::StepOver(Place::Time(second.saturating_add(1))));
    }
    Err(ExportErrorKind::Stalled { second }.into())
}
