//! The records of an export.

use std::collections::VecDeque;
use std::fmt;

use bytes::Bytes;
use futures_util::Stream;
use futures_util::stream::unfold;

use super::checkpoint::Checkpoint;
use super::decode_record::{DecodeRecord, decode_record};
use super::engine::Engine;
use super::progress::ExportProgress;
use crate::error::Error;
use crate::state::order::FieldOrders;

/// The records of an export, one by one.
#[must_use = "no request is sent until `next` is called"]
pub struct Records<T> {
    /// The error of an export that can't start, which is returned once.
    engine: Result<Engine, Option<Error>>,
    read: DecodeRecord<T>,
    orders: FieldOrders,
    /// The remaining records of the current page.
    rest: VecDeque<(usize, Bytes)>,
    /// The checkpoint after the current page.
    pending: Option<Checkpoint>,
    /// The checkpoint after the last page whose records were all returned.
    checkpoint: Option<Checkpoint>,
}

impl<T> Records<T> {
    pub(super) fn new(engine: Result<Engine, Error>, read: DecodeRecord<T>) -> Self {
        let engine = engine.map_err(Some);
        Self {
            engine,
            read,
            orders: FieldOrders::learning(),
            rest: VecDeque::new(),
            pending: None,
            checkpoint: None,
        }
    }

    /// Returns the next record; `None` after the last one.
    ///
    /// The future is cancel-safe: if it is dropped, no record is missed.
    ///
    /// # Errors
    ///
    /// - The export can't start. The next call returns `None`.
    /// - A request fails after all retries. The next call requests the same page again.
    /// - A record doesn't match its declared type. The next call returns the record after it. Use
    ///   [`raw`](super::Export::raw) to read such records as text.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        let engine = match &mut self.engine {
            Ok(engine) => engine,
            Err(error) => return error.take().map(Err),
        };
        loop {
            if let Some((index, record)) = self.rest.pop_front() {
                return Some(decode_record(record, engine.items(), index, self.read, &mut self.orders));
            }
            if let Some(checkpoint) = self.pending.take() {
                self.checkpoint = Some(checkpoint);
            }
            match engine.next().await? {
                Ok(page) => {
                    self.rest = page.records().collect();
                    self.pending = Some(engine.accept(page).checkpoint);
                }
                Err(error) => return Some(Err(error)),
            }
        }
    }

    /// Returns the checkpoint after the last page whose records were all returned and processed; `None` before the end
    /// of the first page.
    ///
    /// A record counts as processed when [`next`](Self::next) is called again. An export that resumes from this
    /// checkpoint repeats the records of the unfinished page. To avoid that, store entire
    /// [pages](super::Export::pages).
    #[must_use]
    pub fn checkpoint(&self) -> Option<&Checkpoint> {
        self.checkpoint.as_ref()
    }

    /// Returns the progress of the export, including the page of the last record; `None` if the export can't start.
    #[must_use]
    pub fn progress(&self) -> Option<&ExportProgress> {
        self.engine.as_ref().ok().map(Engine::progress)
    }

    /// Converts into a stream of records, which ends after the first error.
    pub fn into_stream(self) -> impl Stream<Item = Result<T, Error>> + Send
    where
        T: Send,
    {
        unfold(Some(self), |records| async {
            let mut records = records?;
            let record = records.next().await?;
            let rest = record.is_ok().then_some(records);
            Some((record, rest))
        })
    }
}

impl<T> fmt::Debug for Records<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Records").field("progress", &self.progress()).finish_non_exhaustive()
    }
}
