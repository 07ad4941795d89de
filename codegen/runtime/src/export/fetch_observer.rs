//! Observes the requests of an export: scans each page, reports waits and retries, and shrinks the page after a failure.

use std::time::Duration;

use super::page_size::PageSize;
use super::progress::{ExportEvent, Listener};
use super::scan::{self, ScannedPage};
use crate::client::{Observer, RawResponse, ResponseCheck, Wait};
use crate::decode::error::DecodeError;
use crate::error::{Error, PageFailure};
use crate::request::RequestParts;

pub(super) struct FetchObserver<'a> {
    pub(super) items: &'static str,
    pub(super) time_field: Option<&'static str>,
    pub(super) is_lenient: bool,
    pub(super) size: &'a mut PageSize,
    pub(super) waited: &'a mut Duration,
    pub(super) listener: &'a mut Listener,
    /// The page of the last response.
    pub(super) page: Option<ScannedPage>,
    /// The size of the last page that the server did not complete.
    pub(super) failed_size: Option<u32>,
}

impl FetchObserver<'_> {
    /// Adds the page size to the error of a page that the server did not complete.
    pub(super) fn explain(&self, error: Error) -> Error {
        match self.failed_size.filter(|_| is_too_large(&error)) {
            Some(size) => error.with_page(PageFailure::Size(size)),
            None => error,
        }
    }

    fn scan(&self, response: &RawResponse) -> Result<ScannedPage, DecodeError> {
        scan::scan_page(&response.body, self.items, self.time_field, self.is_lenient)
    }
}

/// Returns whether a smaller page may help.
fn is_too_large(error: &Error) -> bool {
    error.is_timeout() || error.is_incomplete()
}

impl Observer for FetchObserver<'_> {
    fn waiting(&mut self, wait: &Wait) {
        *self.waited = self.waited.saturating_add(wait.duration);
        self.listener.notify(&ExportEvent::Waiting(wait));
    }

    /// A truncated page is incomplete even if the server states its length: some cut a page that is too large, and a
    /// smaller one is complete. The request only reads.
    fn check(&mut self, response: &RawResponse) -> ResponseCheck {
        match self.scan(response) {
            // Its end would be that of the export.
            Ok(page) if page.count() == 0 && page.envelope.names_error() => {
                ResponseCheck::Unexpected(DecodeError::mismatch("", "a page", "an error", &response.body, 0))
            }
            Ok(page) => {
                self.page = Some(page);
                ResponseCheck::Complete
            }
            Err(error) if error.is_truncated() => ResponseCheck::Incomplete,
            Err(error) => ResponseCheck::Unexpected(error),
        }
    }

    fn shrink(&mut self, error: &Error, parts: &mut RequestParts) -> bool {
        if !is_too_large(error) {
            return false;
        }
        self.failed_size = self.size.chosen();
        let is_smaller = self.size.halve();
        self.size.apply(parts);
        is_smaller
    }

    fn retrying(&mut self, failure: &Error) {
        self.listener.notify(&ExportEvent::Retrying(failure));
    }
}
