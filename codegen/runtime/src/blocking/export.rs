//! Exports of a blocking client: iterators over pages and records.

use std::fmt;
use std::iter::FusedIterator;

use super::client::Client;
use crate::error::Error;
use crate::export::{self, Checkpoint, ExportProgress, Page, Waiter};
use crate::paged::Paged;
use crate::request::IntoRequest;

/// An export of a blocking client.
pub type Export<T> = export::Export<T, Client>;

impl Client {
    /// Creates an export of all pages, starting with a request. See [`crate::Client::export`].
    ///
    /// ```no_run
    /// # fn example<R>(
    /// #     client: clientwright_runtime::blocking::Client,
    /// #     request: R,
    /// # ) -> Result<(), clientwright_runtime::Error>
    /// # where
    /// #     R: clientwright_runtime::IntoRequest<Output: clientwright_runtime::Paged>,
    /// # {
    /// for record in client.export(request).records() {
    ///     let record = record?;
    ///     # let _ = record;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn export<R>(&self, request: R) -> Export<<R::Output as Paged>::Record>
    where
        R: IntoRequest,
        R::Output: Paged,
    {
        Export::new(self.clone(), request)
    }

    /// Creates a waiter, which polls until the background job in the response has ended. See
    /// [`crate::Client::wait_for`].
    pub fn wait_for<R: IntoRequest>(&self, request: R) -> Waiter<R::Output, Self> {
        Waiter::new(self.clone(), request)
    }
}

impl<T> Export<T> {
    /// Starts the export, and returns an iterator over the pages. Each page has a checkpoint.
    pub fn pages(self) -> Pages<T> {
        let (client, export) = self.replace_client(|client| client.client.clone());
        Pages { client, inner: export.pages(), ended: false }
    }

    /// Starts the export, and returns an iterator over the records of all pages.
    pub fn records(self) -> Records<T> {
        let (client, export) = self.replace_client(|client| client.client.clone());
        Records { client, inner: export.records(), ended: false }
    }
}

impl<T> Waiter<T, Client> {
    /// Waits until the job has ended, and returns the last response.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`Client::send`], and an [`ExportError`](crate::ExportError) of the kind
    /// [`StillPending`](crate::ExportErrorKind::StillPending) if the job doesn't end within the timeout.
    pub fn run(self) -> Result<T, Error> {
        let (client, waiter) = self.replace_client(|client| client.client.clone());
        client.block_on(waiter.run())?
    }
}

/// An iterator over the pages of an export. It ends after an error: create another export, and
/// [`resume`](crate::Export::resume) it from the last checkpoint.
#[must_use = "iterators are lazy: no request is sent until the first page is read"]
#[derive(Debug)]
pub struct Pages<T> {
    client: Client,
    inner: export::Pages<T>,
    ended: bool,
}

impl<T> Pages<T> {
    /// Returns the progress of the export; `None` if the export can't start.
    #[must_use]
    pub fn progress(&self) -> Option<&ExportProgress> {
        self.inner.progress()
    }
}

impl<T> Iterator for Pages<T> {
    type Item = Result<Page<T>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let page = self.client.block_on(self.inner.next()).unwrap_or_else(|error| Some(Err(error)));
        self.ended = !matches!(page, Some(Ok(_)));
        page
    }
}

impl<T> FusedIterator for Pages<T> {}

/// An iterator over the records of an export. It ends after an error: create another export, and
/// [`resume`](crate::Export::resume) it from the last checkpoint. It doesn't end after the error of a record if the export
/// is [lenient](crate::Export::lenient).
#[must_use = "iterators are lazy: no request is sent until the first record is read"]
pub struct Records<T> {
    client: Client,
    inner: export::Records<T>,
    ended: bool,
}

impl<T> Records<T> {
    /// Returns the checkpoint to resume from. See [`Records::checkpoint`](crate::Records::checkpoint).
    #[must_use]
    pub fn checkpoint(&self) -> Option<&Checkpoint> {
        self.inner.checkpoint()
    }

    /// Returns the progress of the export, including the page of the last record; `None` if the export can't start.
    #[must_use]
    pub fn progress(&self) -> Option<&ExportProgress> {
        self.inner.progress()
    }
}

impl<T> Iterator for Records<T> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let record = self.client.block_on(self.inner.next()).unwrap_or_else(|error| Some(Err(error)));
        self.ended = !record.as_ref().is_some_and(|record| self.inner.continues_after(record));
        record
    }
}

impl<T> FusedIterator for Records<T> {}

impl<T> fmt::Debug for Records<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("blocking::Records").field(&self.inner).finish()
    }
}
