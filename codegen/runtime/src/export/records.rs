//! The records of an export.

use std::collections::VecDeque;
use std::fmt;

use bytes::Bytes;
use futures_util::Stream;
use futures_util::stream::unfold;

use super::checkpoint::Checkpoint;
use super::engine::Engine;
use super::progress::Progress;
use super::read::{Read, read_record};
use crate::error::Error;
use crate::state::order::Orders;

/// The records of an export, one by one.
#[must_use = "nothing is asked for until `next` is called"]
pub struct Records<T> {
    /// An export that cannot begin says why once.
    engine: Result<Engine, Option<Error>>,
    read: Read<T>,
    orders: Orders,
    /// What is left of the current page.
    rest: VecDeque<(usize, Bytes)>,
    /// The checkpoint behind the current page.
    pending: Option<Checkpoint>,
    /// The checkpoint behind the last page that was handed out wholly.
    checkpoint: Option<Checkpoint>,
}

impl<T> Records<T> {
    pub(super) fn new(engine: Result<Engine, Error>, read: Read<T>) -> Self {
        let engine = engine.map_err(Some);
        Self {
            engine,
            read,
            orders: Orders::learning(),
            rest: VecDeque::new(),
            pending: None,
            checkpoint: None,
        }
    }

    /// The next record; nothing after the last one.
    ///
    /// The future may be dropped at any time.
    ///
    /// # Errors
    ///
    /// If the export cannot begin (there is nothing after that), or the server refuses or is not reached after
    /// all retries: the next call asks for the same page. If a record has not the declared shape: the next call
    /// goes on with the record behind it (that one can be had with [`raw`](super::Export::raw)).
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        let engine = match &mut self.engine {
            Ok(engine) => engine,
            Err(error) => return error.take().map(Err),
        };
        loop {
            if let Some((index, record)) = self.rest.pop_front() {
                return Some(read_record(record, engine.items(), index, self.read, &mut self.orders));
            }
            if let Some(checkpoint) = self.pending.take() {
                self.checkpoint = Some(checkpoint);
            }
            match engine.next().await? {
                Ok(asked) => {
                    self.rest = asked.records().collect();
                    self.pending = Some(engine.accept(asked).checkpoint);
                }
                Err(error) => return Some(Err(error)),
            }
        }
    }

    /// Where to go on: behind the last page whose records were all handed out and followed by a call of
    /// [`next`](Self::next), which says that they are dealt with. Nothing before the first such page.
    ///
    /// Records of the page after it come again when an export is resumed there. Who can't have that stores
    /// whole [pages](super::Export::pages).
    #[must_use]
    pub fn checkpoint(&self) -> Option<&Checkpoint> {
        self.checkpoint.as_ref()
    }

    /// How far the export has got, with the page that the last record came from.
    #[must_use]
    pub fn progress(&self) -> Option<&Progress> {
        self.engine.as_ref().ok().map(Engine::progress)
    }

    /// The records as a stream. It ends after an error.
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
