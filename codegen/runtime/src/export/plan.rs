//! An export before it begins.

use std::fmt;
use std::time::Duration;

use super::checkpoint::Checkpoint;
use super::engine::{Engine, Options};
use super::page::RawRecord;
use super::pages::Pages;
use super::progress::Event;
use super::read::Read;
use super::records::Records;
use crate::client::Client;
use crate::decode::text::decode_next;
use crate::error::Error;
use crate::paged::Paged;
use crate::request::{IntoRequest, Parts};

/// An export that has not begun: what to ask for, and how.
///
/// What is to be stored is best taken by [`pages`](Export::pages), each of which has a [`Checkpoint`];
/// [`records`](Export::records) are for looking at each record once. Over all its resumptions it hands out each
/// version of a record once; the crate's read-me has a table of what that means for each operation.
///
/// ```no_run
/// # async fn example<R>(client: clientwright_runtime::Client, request: R) -> Result<(), clientwright_runtime::Error>
/// # where
/// #     R: clientwright_runtime::IntoRequest<Output: clientwright_runtime::Paged>,
/// # {
/// let mut records = client.export(request).records();
/// while let Some(record) = records.next().await {
///     let record = record?;
///     # let _ = record;
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "an export does nothing until its pages or records are asked for"]
pub struct Export<T, C = Client> {
    client: C,
    request: Result<Parts, Error>,
    read: Read<T>,
    options: Options,
}

impl Client {
    /// Exports all pages that begin with a request: of an incremental export, or of a list.
    ///
    /// Nothing is sent yet. What is wrong with the request or the checkpoint is told by the first page.
    pub fn export<R>(&self, request: R) -> Export<<R::Output as Paged>::Record>
    where
        R: IntoRequest,
        R::Output: Paged,
    {
        Export::new(self.clone(), request)
    }
}

impl<T, C> Export<T, C> {
    pub(crate) fn new<R>(client: C, request: R) -> Self
    where
        R: IntoRequest,
        R::Output: Paged<Record = T>,
        T: crate::model::node::Node + Default,
    {
        let request = request.into_request().map(|request| request.parts().clone()).map_err(Error::from);
        Self {
            client,
            request,
            read: |record, orders| decode_next::<T>(&record, orders),
            options: Options::default(),
        }
    }

    /// Goes on after the page of a checkpoint; without one, starts as the request says.
    ///
    /// Hand in the same request as for the start: it says what to include, the checkpoint says where. The size of
    /// its pages may be another one. A checkpoint of another operation is an error of the kind
    /// [`OtherOperation`](crate::ExportErrorKind::OtherOperation).
    pub fn resume(mut self, checkpoint: impl Into<Option<Checkpoint>>) -> Self {
        self.options.checkpoint = checkpoint.into();
        self
    }

    /// Goes on for ever: once caught up, asks again after so long.
    ///
    /// Each poll hands out at least one page, if an empty one, that says that it is [caught
    /// up](crate::Page::is_caught_up). A minute or more suits the server's limits.
    ///
    /// An error does not end it: the next call asks again, without a wait (streams and the iterators of
    /// `blocking` end). A list that ends can't be followed, which is an error of the kind
    /// [`NotFollowable`](crate::ExportErrorKind::NotFollowable).
    pub fn follow(mut self, interval: Duration) -> Self {
        self.options.follow = Some(interval);
        self
    }

    /// How long after its time a record may still appear. The checkpoint stays so far behind the server's
    /// clock; what comes again because of that is dropped.
    ///
    /// Operations where that happens declare a time of their own ([`Pagination::late`](crate::Pagination::late)),
    /// half an hour for metric events. Zero trusts that records appear in order.
    ///
    /// Only exports by time whose records show that time can look back. Any other length than zero is an error of
    /// the kind [`NoLookBack`](crate::ExportErrorKind::NoLookBack) elsewhere: exports by cursor, users, organizations.
    pub fn late(mut self, late: Duration) -> Self {
        self.options.late = Some(late);
        self
    }

    /// Lets an export by time that is stuck on a second go on with the next one. **Records of that second can
    /// be lost.**
    ///
    /// Without it, such an export ends with [`ExportErrorKind::Stalled`](crate::ExportErrorKind::Stalled). An export by cursor never is stuck.
    pub fn step_over_stalls(mut self, allow: bool) -> Self {
        self.options.step_over = allow;
        self
    }

    /// Tells of waits, retries and pages while the export runs, for a log or a progress bar. The export waits
    /// for the listener to return.
    pub fn on_event(mut self, listener: impl FnMut(&Event<'_>) + Send + 'static) -> Self {
        self.options.listener.0 = Some(Box::new(listener));
        self
    }

    /// The same with another client, and the one that it had.
    #[cfg(feature = "blocking")]
    pub(crate) fn replace_client<D>(self, other: impl FnOnce(&C) -> D) -> (C, Export<T, D>) {
        let Self { client, request, read, options } = self;
        let other = other(&client);
        (client, Export { client: other, request, read, options })
    }

    /// Hands out the records as the server sent them, to the letter, without reading them: the choice for a
    /// store that is to last, since no shape of a record can stop the export.
    pub fn raw(self) -> Export<RawRecord, C> {
        let read: Read<RawRecord> = |record, _| Ok(RawRecord(record));
        Export { client: self.client, request: self.request, read, options: self.options }
    }
}

impl<T> Export<T> {
    /// The pages, one by one, each with a checkpoint.
    pub fn pages(self) -> Pages<T> {
        Pages::new(self.request.and_then(|parts| Engine::new(self.client, parts, self.options)), self.read)
    }

    /// The records, one by one, without the borders of pages.
    pub fn records(self) -> Records<T> {
        Records::new(self.request.and_then(|parts| Engine::new(self.client, parts, self.options)), self.read)
    }
}

impl<T, C> fmt::Debug for Export<T, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.request.as_ref().ok().map(|parts| parts.operation().id());
        f.debug_struct("Export").field("operation", &operation).finish_non_exhaustive()
    }
}
