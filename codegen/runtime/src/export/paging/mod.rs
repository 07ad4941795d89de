//! The decisions after a page: go on, ask again, or nothing more for now. No I/O and no clock here.
//!
//! There is a file for each way of paging; they share a [`Turn`], which is all that they may know.

mod chat;
mod cursor;
mod list;
mod routing;
mod time;

#[cfg(test)]
mod tests;

use super::error::ExportErrorKind;
use super::place::Place;
use super::scan::Scan;
use crate::error::Error;
use crate::operation::PaginationStyle;

/// A page, and what was asked to get it.
pub(super) struct Turn<'a> {
    /// Where the request stood.
    pub(super) asked: &'a Place,
    /// The second that the request started at, if it named one.
    pub(super) second: Option<i64>,
    /// How many records a full page holds.
    pub(super) size: u32,
    pub(super) page: &'a Scan,
    /// How many of its records were not handed out before.
    pub(super) fresh: usize,
    /// How many times in a row the export did not get on.
    pub(super) stalls: u32,
    /// Whether the caller lets an export that is stuck on a second go on with the next one.
    pub(super) step_over: bool,
    /// Whether a place was asked for before, since the export last caught up.
    pub(super) visited: &'a dyn Fn(&Place) -> bool,
    /// The path and query of an address, if it leads to the client's own server.
    pub(super) local: &'a dyn Fn(&str) -> Result<String, Error>,
}

/// What to do after a page.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Go on there.
    More(Place),
    /// Ask at the same place again, for the largest page.
    AskAgain,
    /// Leave the second, although it may hold more: the caller wanted it so.
    StepOver(Place),
    /// Nothing more for now. Later it goes on there.
    CaughtUp(Place),
}

/// Decides what to do after a page.
pub(super) fn judge(style: PaginationStyle, turn: &Turn<'_>) -> Result<Verdict, Stop> {
    match style {
        PaginationStyle::Cursor => cursor::judge(turn),
        PaginationStyle::Time => time::judge(turn),
        PaginationStyle::RoutingCursor => routing::judge(turn),
        PaginationStyle::Chat => chat::judge(turn),
        PaginationStyle::NextPage => list::by_address(turn),
        PaginationStyle::PageCursor => list::by_cursor(turn),
    }
}

/// Why an export cannot go on.
#[derive(Debug)]
pub(super) enum Stop {
    /// The pages do not lead on.
    Export(ExportErrorKind),
    /// An address led away.
    Other(Error),
}

impl From<ExportErrorKind> for Stop {
    fn from(kind: ExportErrorKind) -> Self {
        Self::Export(kind)
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Other(error)
    }
}

impl Turn<'_> {
    /// The number of records, whatever the page itself says of it.
    fn len(&self) -> usize {
        self.page.count()
    }

    fn is_full(&self) -> bool {
        self.len() >= usize::try_from(self.size).unwrap_or(usize::MAX)
    }

    /// A place that the export has not been at; going on at one where it was would never end.
    fn new_place(&self, place: Place) -> Result<Verdict, Stop> {
        if &place == self.asked || (self.visited)(&place) {
            Err(ExportErrorKind::RepeatedCursor.into())
        } else {
            Ok(Verdict::More(place))
        }
    }
}
