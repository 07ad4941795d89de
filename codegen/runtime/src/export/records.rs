//! The records of an export.

use std::collections::VecDeque;
use std::fmt;

use bytes::Bytes;
use futures_util::Stream;
use futures_util::stream::unfold;

use super::checkpoint::Checkpoint;
use super::decode_record::{DecodeRecord, decode_record, note_unreadable};
use super::engine::Engine;
use super::progress::ExportProgress;
use crate::decode::text::TextDecoder;
use crate::error::Error;

/// The records of an export, one by one.
#[must_use = "no request is sent until `next` is called"]
pub struct Records<T> {
    /// The error of an export that can't start, which is returned once.
    engine: Result<Engine, Option<Error>>,
    read: DecodeRecord<T>,
    decoder: TextDecoder,
    /// Whether the last error was that of a record, in lenient mode.
    continues: bool,
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
            decoder: engine.as_ref().map_or_else(|_| TextDecoder::strict(), Engine::decoder),
            engine,
            read,
            continues: false,
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
    /// - A record can't be decoded, because a required field doesn't match its declared type, or any field if the export
    ///   is not [lenient](super::Export::lenient). The next call returns the record after it. Use
    ///   [`raw`](super::Export::raw) to read such records as text, or [`pages`](super::Export::pages), which contain
    ///   their text.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        let engine = match &mut self.engine {
            Ok(engine) => engine,
            Err(error) => return error.take().map(Err),
        };
        loop {
            if let Some((index, record)) = self.rest.pop_front() {
                let decoded = decode_record(&record, index, self.read, &mut self.decoder, engine);
                self.continues = decoded.is_err() && engine.is_lenient();
                return Some(decoded.or_else(|error| {
                    let unreadable = note_unreadable(record, error, engine)?;
                    Err(unreadable.error.into())
                }));
            }
            if let Some(checkpoint) = self.pending.take() {
                self.checkpoint = Some(checkpoint);
            }
            match engine.next().await? {
                Ok(page) => {
                    self.rest = page.records().collect();
                    self.pending = Some(engine.accept(page).checkpoint);
                }
                Err(error) => {
                    self.continues = false;
                    return Some(Err(error));
                }
            }
        }
    }

    /// Returns whether an iterator or a stream continues after what was returned last: a record, or the error of a
    /// record in lenient mode.
    pub(crate) fn continues_after(&self, returned: &Result<T, Error>) -> bool {
        returned.is_ok() || self.continues
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

    /// Converts into a stream of records. It ends after the first error, unless that is the error of a record and the
    /// export is [lenient](super::Export::lenient).
    pub fn into_stream(self) -> impl Stream<Item = Result<T, Error>> + Send
    where
        T: Send,
    {
        unfold(Some(self), |records| async {
            let mut records = records?;
            let record = records.next().await?;
            let rest = records.continues_after(&record).then_some(records);
            Some((record, rest))
        })
    }
}

impl<T> fmt::Debug for Records<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Records").field("progress", &self.progress()).finish_non_exhaustive()
    }
}
