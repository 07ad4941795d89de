//! The input and output of the pagination styles: a page with its request, and the next step.

use crate::error::{Error, ExportErrorKind};
use crate::export::position::Position;
use crate::export::scan::ScannedPage;

/// A page, and the state of the export when it was requested.
pub(in crate::export) struct PageContext<'a> {
    /// The position of the request.
    pub(in crate::export) requested: &'a Position,
    /// The second that the request started at, if it had one.
    pub(in crate::export) second: Option<i64>,
    /// The latest second at which a page can end: that of the clocks, or that of its records.
    pub(in crate::export) latest_end: i64,
    /// The parameter for the page size.
    pub(in crate::export) size_parameter: Option<&'static str>,
    /// The number of records of a full page.
    pub(in crate::export) size: u32,
    /// Whether the server accepts a larger page.
    pub(in crate::export) is_below_largest: bool,
    pub(in crate::export) page: &'a ScannedPage,
    /// The number of records of the page that were not returned before.
    pub(in crate::export) new_records: usize,
    /// The number of times in a row that the position did not change.
    pub(in crate::export) stalls: u32,
    /// Whether a stalled export may continue with the next second.
    pub(in crate::export) step_over: bool,
    /// A function that returns whether a position was requested since the export last caught up.
    pub(in crate::export) visited: &'a dyn Fn(&Position) -> bool,
    /// A function that returns the path and query of a URL, if the URL is on the client's server.
    pub(in crate::export) local_target: &'a dyn Fn(&str) -> Result<String, Error>,
}

/// The next step after a page.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::export) enum NextStep {
    /// The export requests the page at this position.
    More(Position),
    /// The export requests the same position again, with the largest page size.
    FetchAgain,
    /// The export skips the rest of the second, because the caller allows it.
    StepOver(Position),
    /// There are no more records for now. The export continues at this position later.
    CaughtUp(Position),
}

/// The reason why an export cannot continue.
#[derive(Debug)]
pub(in crate::export) enum PagingError {
    /// The pagination is inconsistent.
    Export(ExportErrorKind),
    /// Another error, such as a URL of another host.
    Other(Error),
}

impl From<ExportErrorKind> for PagingError {
    fn from(kind: ExportErrorKind) -> Self {
        Self::Export(kind)
    }
}

impl From<Error> for PagingError {
    fn from(error: Error) -> Self {
        Self::Other(error)
    }
}

impl PageContext<'_> {
    /// Returns the number of records on the page, whatever its `count`.
    pub(super) fn len(&self) -> usize {
        self.page.count()
    }

    pub(super) fn is_full(&self) -> bool {
        self.len() >= usize::try_from(self.size).unwrap_or(usize::MAX)
    }

    /// Returns whether a position is the requested one, whatever the page size.
    pub(super) fn is_requested(&self, position: &Position) -> bool {
        position.without_size(self.size_parameter) == self.requested.without_size(self.size_parameter)
    }

    /// Continues at a position. A position that was requested before is an error, because the export would never end.
    pub(super) fn new_position(&self, position: Position) -> Result<NextStep, PagingError> {
        if self.is_requested(&position) || (self.visited)(&position) {
            Err(ExportErrorKind::RepeatedCursor.into())
        } else {
            Ok(NextStep::More(position))
        }
    }
}
