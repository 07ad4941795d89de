//! Exports without an async runtime: iterators over pages and records.

use std::fmt;
use std::iter::FusedIterator;

use super::client::Client;
use crate::error::Error;
use crate::export::{self, Checkpoint, Page, Progress, Waiter};
use crate::paged::Paged;
use crate::request::IntoRequest;

/// An export of a blocking client.
pub type Export<T> = export::Export<T, Client>;

impl Client {
    /// Exports all pages that begin with a request, see [`crate::Client::export`].
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

    /// Asks again and again until the work is over that the answer describes, see [`crate::Client::wait_for`].
    pub fn wait_for<R: IntoRequest>(&self, request: R) -> Waiter<R::Output, Self> {
        Waiter::new(self.clone(), request)
    }
}

impl<T> Export<T> {
    /// The pages, one by one, each with a checkpoint.
    pub fn pages(self) -> Pages<T> {
        let (client, export) = self.replace_client(|client| client.client.clone());
        Pages { client, inner: export.pages(), ended: false }
    }

    /// The records, one by one, without the borders of pages.
    pub fn records(self) -> Records<T> {
        let (client, export) = self.replace_client(|client| client.client.clone());
        Records { client, inner: export.records(), ended: false }
    }
}

impl<T> Waiter<T, Client> {
    /// Waits until the work is over, and gives the last answer.
    ///
    /// # Errors
    ///
    /// Those of a request, and an error of the kind [`StillPending`](crate::ExportErrorKind::StillPending).
    pub fn run(self) -> Result<T, Error> {
        let (client, waiter) = self.replace_client(|client| client.client.clone());
        client.block_on(waiter.run())?
    }
}

/// The pages of an export, one by one. There are none after an error: export again and
/// [`resume`](crate::Export::resume) from the last checkpoint.
#[must_use = "nothing is asked for until the first page is"]
#[derive(Debug)]
pub struct Pages<T> {
    client: Client,
    inner: export::Pages<T>,
    ended: bool,
}

impl<T> Pages<T> {
    /// How far the export has got.
    #[must_use]
    pub fn progress(&self) -> Option<&Progress> {
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

/// The records of an export, one by one. There are none after an error: export again and
/// [`resume`](crate::Export::resume) from the last checkpoint.
#[must_use = "nothing is asked for until the first record is"]
pub struct Records<T> {
    client: Client,
    inner: export::Records<T>,
    ended: bool,
}

impl<T> Records<T> {
    /// Where to go on, see [`Records::checkpoint`](crate::Records::checkpoint).
    #[must_use]
    pub fn checkpoint(&self) -> Option<&Checkpoint> {
        self.inner.checkpoint()
    }

    /// How far the export has got, with the page that the last record came from.
    #[must_use]
    pub fn progress(&self) -> Option<&Progress> {
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
        self.ended = !matches!(record, Some(Ok(_)));
        record
    }
}

impl<T> FusedIterator for Records<T> {}

impl<T> fmt::Debug for Records<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("blocking::Records").field(&self.inner).finish()
    }
}
