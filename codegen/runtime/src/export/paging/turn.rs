//! What the ways of paging share: a page, what was asked to get it, and what to do after it.

use crate::error::{Error, ExportErrorKind};
use crate::export::place::Place;
use crate::export::scan::Scan;

/// A page, and what was asked to get it.
pub(in crate::export) struct Turn<'a> {
    /// Where the request stood.
    pub(in crate::export) asked: &'a Place,
    /// The second that the request started at, if it named one.
    pub(in crate::export) second: Option<i64>,
    /// How many records a full page holds.
    pub(in crate::export) size: u32,
    pub(in crate::export) page: &'a Scan,
    /// How many of its records were not handed out before.
    pub(in crate::export) fresh: usize,
    /// How many times in a row the export did not get on.
    pub(in crate::export) stalls: u32,
    /// Whether the caller lets an export that is stuck on a second go on with the next one.
    pub(in crate::export) step_over: bool,
    /// Whether a place was asked for before, since the export last caught up.
    pub(in crate::export) visited: &'a dyn Fn(&Place) -> bool,
    /// The path and query of an address, if it leads to the client's own server.
    pub(in crate::export) local: &'a dyn Fn(&str) -> Result<String, Error>,
}

/// What to do after a page.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::export) enum Verdict {
    /// Go on there.
    More(Place),
    /// Ask at the same place again, for the largest page.
    AskAgain,
    /// Leave the second, although it may hold more: the caller wanted it so.
    StepOver(Place),
    /// Nothing more for now. Later it goes on there.
    CaughtUp(Place),
}

/// Why an export cannot go on.
#[derive(Debug)]
pub(in crate::export) enum Stop {
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
    pub(super) fn len(&self) -> usize {
        self.page.count()
    }

    pub(super) fn is_full(&self) -> bool {
        self.len() >= usize::try_from(self.size).unwrap_or(usize::MAX)
    }

    /// A place that the export has not been at; going on at one where it was would never end.
    pub(super) fn new_place(&self, place: Place) -> Result<Verdict, Stop> {
        if &place == self.asked || (self.visited)(&place) {
            Err(ExportErrorKind::RepeatedCursor.into())
        } else {
            Ok(Verdict::More(place))
        }
    }
}
