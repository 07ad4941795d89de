//! A page of an export, before and after it changes the position.

use bytes::Bytes;

use super::checkpoint::Checkpoint;
use super::look_back::Clocks;
use super::paging::NextStep;
use super::progress::ExportProgress;
use super::scan::{Envelope, ScannedPage};
use super::versions::PageVersions;

/// A page that was fetched, before it changes the position of the export.
pub(super) struct FetchedPage {
    /// The indices of the records that were not returned before.
    pub(super) new_records: Vec<usize>,
    /// The page; `None` if the server has no data for the position yet.
    pub(super) page: Option<FetchedContent>,
}

/// The content of a page, and the next step.
pub(super) struct FetchedContent {
    pub(super) page: ScannedPage,
    pub(super) seconds: Vec<Option<i64>>,
    pub(super) versions: PageVersions,
    /// Whether the page has a record that no earlier page had.
    pub(super) is_progress: bool,
    pub(super) step: NextStep,
    pub(super) clocks: Clocks,
}

impl FetchedPage {
    /// Returns the texts of the records that were not returned before, each with its index on the page.
    pub(super) fn records(&self) -> impl Iterator<Item = (usize, Bytes)> {
        let indices =
            self.page.iter().flat_map(|content| self.new_records.iter().map(move |index| (content, *index)));
        indices.map(|(content, index)| (index, content.page.record(index)))
    }

    /// Returns the number of these records.
    pub(super) fn count(&self) -> usize {
        self.new_records.len()
    }
}

/// A page after it changed the position of the export.
pub(super) struct AcceptedPage {
    pub(super) envelope: Envelope,
    pub(super) checkpoint: Checkpoint,
    pub(super) progress: ExportProgress,
}
