//! Exports without an async runtime: iterators over pages and records.

use std::fmt;
use std::iter::FusedIterator;

use super::Client;
use crate::error::Error;
use crate::export::{self, Checkpoint, Export, Page, Progress, Waiter};
use crate::paged::Paged;
use crate::request::IntoRequest;

impl Client {
    /// Exports all pages that begin with a request, see [`crate::Client::export`].
    ///
    /// ```no_run
    /// # fn example(client: zendesk_client::blocking::Client) -> Result<(), zendesk_client::Error> {
    /// use std::time::Duration;
    ///
    /// use zendesk_client::{Timestamp, incremental_export};
    ///
    /// let start = Timestamp::now() - Duration::from_hours(24);
    /// for ticket in client.export(incremental_export::tickets_by_cursor().start_time(start)).records() {
    ///     println!("{:?}", ticket?.subject);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn export<R>(&self, request: R) -> Export<<R::Output as Paged>::Record, Self>
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

impl<T> Export<T, Client> {
    /// The pages, one by one.
    pub fn pages(self) -> Pages<T> {
        let (client, export) = self.replace_client(|client| client.client.clone());
        Pages { client, pages: Some(export.pages()) }
    }

    /// The records, one by one.
    pub fn records(self) -> Records<T> {
        let (client, export) = self.replace_client(|client| client.client.clone());
        Records { client, export: export.records(), failed: false }
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

/// The pages of an export, one by one. There are none after an error.
#[must_use = "nothing is asked for until the first page is"]
#[derive(Debug)]
pub struct Pages<T> {
    client: Client,
    pages: Option<export::Pages<T>>,
}

impl<T> Pages<T> {
    /// How far the export has got.
    #[must_use]
    pub fn progress(&self) -> Option<&Progress> {
        self.pages.as_ref()?.progress()
    }
}

impl<T> Iterator for Pages<T> {
    type Item = Result<Page<T>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let pages = self.pages.as_mut()?;
        let page = self.client.block_on(pages.next()).unwrap_or_else(|error| Some(Err(error)));
        if !matches!(page, Some(Ok(_))) {
            self.pages = None;
        }
        page
    }
}

impl<T> FusedIterator for Pages<T> {}

/// The records of an export, one by one. There are none after an error.
#[must_use = "nothing is asked for until the first record is"]
pub struct Records<T> {
    client: Client,
    export: export::Records<T>,
    failed: bool,
}

impl<T> Records<T> {
    /// Where to go on, see [`Records::checkpoint`](crate::Records::checkpoint).
    #[must_use]
    pub fn checkpoint(&self) -> Option<&Checkpoint> {
        self.export.checkpoint()
    }

    /// How far the export has got, with the page that the last record came from.
    #[must_use]
    pub fn progress(&self) -> Option<&Progress> {
        self.export.progress()
    }
}

impl<T> Iterator for Records<T> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        let record = self.client.block_on(self.export.next()).unwrap_or_else(|error| Some(Err(error)));
        self.failed = !matches!(record, Some(Ok(_)));
        record
    }
}

impl<T> FusedIterator for Records<T> {}

impl<T> fmt::Debug for Records<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("blocking::Records").field(&self.export).finish()
    }
}
