//! The progress and events of an export, for a log or a progress bar.

use std::time::Duration;

use super::raw_record::UnreadableRecord;
use crate::client::Wait;
use crate::decode::mismatch::Mismatches;
use crate::error::Error;
use crate::types::timestamp::Timestamp;

/// The progress of an export.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExportProgress {
    /// The number of pages since the start of the export, including those before it was resumed.
    pub pages: u64,
    /// The number of records since the start of the export, including those before it was resumed.
    pub records: u64,
    /// The number of repeated records that this process dropped.
    pub repeats: u64,
    /// The number of values that this process left out of records, because they don't match their declared type.
    pub mismatches: u64,
    /// The number of records that this process couldn't decode.
    pub unreadable: u64,
    /// The time that the export has reached, usually the time of the last record; `None` if it is unknown.
    pub reached: Option<Timestamp>,
    /// The duration from `reached` to the time of the server's clock.
    pub lag: Option<Duration>,
    /// The total time that this process has waited for rate limits, before retries and between polls.
    pub waited: Duration,
    /// The current page size in records. It shrinks when the server is overloaded.
    pub page_size: u32,
    /// Whether there are no more records at the moment.
    pub caught_up: bool,
}

/// An event during an export.
#[derive(Debug)]
#[non_exhaustive]
pub enum ExportEvent<'a> {
    /// The export waits before the next request.
    Waiting(&'a Wait),
    /// A request failed and is sent again.
    Retrying(&'a Error),
    /// A page was accepted, and is returned.
    Page(&'a ExportProgress),
    /// Values were left out of a record, because they don't match their declared type. The record is returned.
    Mismatch {
        /// The fields that identify the record, or its field `id`; `None` if it has none of these.
        key: Option<&'a str>,
        /// The values, with their locations within the page.
        mismatches: &'a Mismatches,
    },
    /// A record can't be decoded. [`Page::unreadable`](crate::Page::unreadable) contains it, or
    /// [`Records::next`](crate::Records::next) returns its error.
    Unreadable(&'a UnreadableRecord),
    /// The rest of a second was skipped, because [`Export::step_over_stalls`](super::Export::step_over_stalls) allows
    /// it. Records may be missing.
    SteppedOver {
        /// The second, as a Unix time in seconds.
        second: i64,
    },
    /// The server rejected the cursor, and the export continues at the time that it had reached, or at the start, because
    /// [`Export::restart_rejected_cursor`](super::Export::restart_rejected_cursor) allows it.
    Restarted {
        /// The second, as a Unix time in seconds; `None` for the start.
        second: Option<i64>,
    },
}

/// The event listener of an export, if there is one.
#[derive(Default)]
pub(super) struct Listener(pub(super) Option<EventListener>);

pub(super) type EventListener = Box<dyn FnMut(&ExportEvent<'_>) + Send>;

impl Listener {
    pub(super) fn notify(&mut self, event: &ExportEvent<'_>) {
        if let Some(listener) = &mut self.0 {
            listener(event);
        }
    }
}
