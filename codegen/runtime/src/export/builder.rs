//! The builder of exports.

use std::fmt;
use std::time::Duration;

use super::checkpoint::Checkpoint;
use super::decode_record::DecodeRecord;
use super::engine::Engine;
use super::options::ExportOptions;
use super::pages::Pages;
use super::partial_record::{PartialRecord, select};
use super::progress::ExportEvent;
use super::raw_record::RawRecord;
use super::records::Records;
use crate::client::Client;
use crate::decode::text::decode_with;
use crate::error::Error;
use crate::model::node::Decode;
use crate::paged::Paged;
use crate::request::{IntoRequest, RequestParts};

/// A builder for an export.
///
/// To store the records, use [`pages`](Export::pages): each page has a [`Checkpoint`]. To process each record once, use
/// [`records`](Export::records). An export returns each version of a record once, even if it is resumed. The operation
/// declares which fields identify a version: [`Pagination::identity`](crate::Pagination::identity). If there are none, a record
/// with the same `id` and the same bytes as on a recent page is the same version.
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
#[must_use = "no request is sent until `pages` or `records` is used"]
pub struct Export<T, C = Client> {
    client: C,
    request: Result<RequestParts, Error>,
    read: DecodeRecord<T>,
    options: ExportOptions,
}

impl Client {
    /// Creates an export of all pages of an operation, starting with a request.
    ///
    /// No request is sent yet. If the request or the checkpoint is invalid, the first page is an error.
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
        T: Decode,
    {
        let request = request.into_request().map(|request| request.parts().clone()).map_err(Error::from);
        Self {
            client,
            request,
            read: |record, decoder| decode_with::<T>(&record, decoder),
            options: ExportOptions::default(),
        }
    }

    /// Resumes the export after the page of a checkpoint. With `None`, the export starts with the request.
    ///
    /// Use the same request as at the start, because the checkpoint contains the position only. The page size may
    /// differ. A checkpoint of another operation results in the error
    /// [`OtherOperation`](crate::ExportErrorKind::OtherOperation).
    pub fn resume(mut self, checkpoint: impl Into<Option<Checkpoint>>) -> Self {
        self.options.checkpoint = checkpoint.into();
        self
    }

    /// Makes the export continuous: when it has caught up, it polls for new records at this interval.
    ///
    /// Each poll returns at least one page, which may be empty. The last page of a poll has [caught
    /// up](crate::Page::is_caught_up). An interval of a minute or more suits most rate limits.
    ///
    /// After an error, the next call sends the request again without a delay. (Streams and the iterators in `blocking`
    /// end after an error.) A list with an end can't be followed: it results in the error
    /// [`NotFollowable`](crate::ExportErrorKind::NotFollowable).
    pub fn follow(mut self, interval: Duration) -> Self {
        self.options.follow = Some(interval);
        self
    }

    /// Sets how long after its time a record may still appear.
    ///
    /// The checkpoint stays behind the server's clock by this duration, and repeated records are dropped. The default
    /// is the value that the operation declares: [`Pagination::allowed_lateness`](crate::Pagination::allowed_lateness).
    /// With zero, records that appear late are missed.
    ///
    /// Only exports by time support this. For other exports, a duration other than zero results in the error
    /// [`LatenessNotSupported`](crate::ExportErrorKind::LatenessNotSupported). The checkpoint contains the keys of all
    /// records within this duration.
    pub fn allowed_lateness(mut self, lateness: Duration) -> Self {
        self.options.allowed_lateness = Some(lateness);
        self
    }

    /// Lets an export by time that is stuck at a second continue with the next second. **Records of the skipped second
    /// may be missed.**
    ///
    /// By default, such an export fails with [`Stalled`](crate::ExportErrorKind::Stalled). Exports by cursor don't
    /// stall.
    pub fn step_over_stalls(mut self, allow: bool) -> Self {
        self.options.step_over = allow;
        self
    }

    /// Lets an export by cursor continue at the time that it had reached if the server rejects its cursor, as it may for
    /// an old checkpoint.
    ///
    /// By default, such an export fails, and [`Error::is_rejected_cursor`] returns true. No record is lost. Whether records
    /// are repeated depends on the export:
    ///
    /// - If the records contain the time that orders them, the export continues at that of the last record. It repeats no
    ///   record.
    /// - If they don't, but the request has a start time, it continues some minutes before it last caught up. It
    ///   **repeats the records since then**.
    /// - Otherwise, and if the checkpoint has not [`reached`](Checkpoint::reached) a time, it restarts with the request,
    ///   and **repeats all records**.
    pub fn restart_rejected_cursor(mut self, allow: bool) -> Self {
        self.options.restart = allow;
        self
    }

    /// Sets whether the export continues with records that don't match their declared type. The default is true.
    ///
    /// A field, an item of an array or an entry of a map that doesn't match is then left out of the record, and encoded as
    /// the server sent it: [`Extra::left_out`](crate::Extra::left_out) returns it. A record without a required field
    /// can't be decoded: [`Page::unreadable`](crate::Page::unreadable) contains its text, and
    /// [`Records::next`](crate::Records::next) returns an error before the record after it. The events
    /// [`Mismatch`](ExportEvent::Mismatch) and [`Unreadable`](ExportEvent::Unreadable) report both.
    ///
    /// If false, such a record is an error, but for a number or time beyond the range of its type, which is left out if it
    /// is not required. [`Pages::next`](crate::Pages::next) doesn't get past it.
    pub fn lenient(mut self, lenient: bool) -> Self {
        self.options.strict = !lenient;
        self
    }

    /// Sets a listener for waits, retries and pages, for example for a log or a progress bar. The export continues when
    /// the listener returns.
    pub fn on_event(mut self, listener: impl FnMut(&ExportEvent<'_>) + Send + 'static) -> Self {
        self.options.listener.0 = Some(Box::new(listener));
        self
    }

    /// Replaces the client, and returns the old one.
    #[cfg(feature = "blocking")]
    pub(crate) fn replace_client<D>(self, other: impl FnOnce(&C) -> D) -> (C, Export<T, D>) {
        let Self { client, request, read, options } = self;
        let other = other(&client);
        (client, Export { client: other, request, read, options })
    }

    /// Makes the export decode only these fields of each record, which takes about half the time. All other fields of
    /// the model are as if they were absent, except required ones, which are always decoded. The text of the record is
    /// kept: [`PartialRecord::raw`] has everything else.
    ///
    /// The names are those in the JSON. If the records don't declare one of them, the first page is the error
    /// [`UndeclaredField`](crate::ExportErrorKind::UndeclaredField). A value that doesn't match is handled as without this
    /// method, if its field is decoded. What comes after the last of these fields in a record is not read again, so a
    /// property that is repeated there is no error.
    ///
    /// ```no_run
    /// # use clientwright_runtime::{Client, Error, IntoRequest, Paged, model};
    /// # #[derive(Clone)]
    /// # struct Item { id: i64, status: Option<String>, extra: clientwright_runtime::Extra }
    /// # model! { Item: open, 0 "id" => id: REQUIRED, 1 "status" => status, }
    /// # async fn example<R>(client: Client, request: R) -> Result<(), Error>
    /// # where
    /// #     R: IntoRequest<Output: Paged<Record = Item>>,
    /// # {
    /// let mut records = client.export(request).fields(["id", "status"]).records();
    /// while let Some(item) = records.next().await {
    ///     let item = item?;
    ///     if item.status.as_deref() == Some("open") {
    ///         let whole: Item = item.decode()?;
    ///         # let _ = whole;
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn fields<'n>(self, names: impl IntoIterator<Item = &'n str>) -> Export<PartialRecord<T>, C>
    where
        T: Decode,
    {
        let read: DecodeRecord<PartialRecord<T>> = |record, decoder| {
            let value = decode_with::<T>(&record, decoder)?;
            Ok(PartialRecord { value, raw: RawRecord(record) })
        };
        let fields = select(T::blank().descriptor(), &mut names.into_iter());
        let options = ExportOptions { fields, ..self.options };
        Export { client: self.client, request: self.request, read, options }
    }

    /// Makes the export return each record as JSON text, exactly as the server sent it, without decoding it. A record
    /// that doesn't match its declared type is then not an error.
    pub fn raw(self) -> Export<RawRecord, C> {
        let read: DecodeRecord<RawRecord> = |record, _| Ok(RawRecord(record));
        let options = ExportOptions { is_raw: true, fields: None, ..self.options };
        Export { client: self.client, request: self.request, read, options }
    }
}

impl<T> Export<T> {
    /// Starts the export, page by page. Each page has a checkpoint.
    pub fn pages(self) -> Pages<T> {
        Pages::new(self.request.and_then(|parts| Engine::new(self.client, parts, self.options)), self.read)
    }

    /// Starts the export, record by record.
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
