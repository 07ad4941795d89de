//! The pages of an export.

use std::fmt;

use futures_util::Stream;
use futures_util::stream::unfold;

use super::engine::{Asked, Engine, Turned};
use super::page::Page;
use super::progress::Progress;
use super::read::{Read, read_record};
use crate::error::Error;
use crate::state::order::Orders;

/// The pages of an export, one by one.
#[must_use = "nothing is asked for until `next` is called"]
pub struct Pages<T> {
    /// An export that cannot begin says why once.
    engine: Result<Engine, Option<Error>>,
    read: Read<T>,
}

impl<T> Pages<T> {
    pub(super) fn new(engine: Result<Engine, Error>, read: Read<T>) -> Self {
        Self { engine: engine.map_err(Some), read }
    }

    /// The next page; nothing after the last one.
    ///
    /// The future may be dropped at any time; the next call then asks for the same page.
    ///
    /// # Errors
    ///
    /// If the server refuses or is not reached after all retries, the pages do not lead on, or a record has not
    /// the declared shape: the next call asks for the same page. With [`raw`](super::Export::raw) no record can
    /// stop the export. If the export cannot begin at all, there is nothing after the error.
    pub async fn next(&mut self) -> Option<Result<Page<T>, Error>> {
        let engine = match &mut self.engine {
            Ok(engine) => engine,
            Err(error) => return error.take().map(Err),
        };
        let asked = engine.next().await?;
        Some(asked.and_then(|asked| take(engine, asked, self.read)))
    }

    /// How far the export has got.
    #[must_use]
    pub fn progress(&self) -> Option<&Progress> {
        self.engine.as_ref().ok().map(Engine::progress)
    }

    /// The pages as a stream. It ends after an error.
    pub fn into_stream(self) -> impl Stream<Item = Result<Page<T>, Error>> + Send
    where
        T: Send,
    {
        unfold(Some(self), |pages| async {
            let mut pages = pages?;
            let page = pages.next().await?;
            let rest = page.is_ok().then_some(pages);
            Some((page, rest))
        })
    }
}

/// Reads all records of a page, and takes it in if that succeeds.
fn take<T>(engine: &mut Engine, asked: Asked, read: Read<T>) -> Result<Page<T>, Error> {
    let items = engine.items();
    let mut orders = Orders::learning();
    // Collected into a result, they would not be counted before: the list would grow, and its records move.
    let mut records = Vec::with_capacity(asked.count());
    for (index, record) in asked.records() {
        records.push(read_record(record, items, index, read, &mut orders)?);
    }
    let Turned { envelope, checkpoint, progress } = engine.accept(asked);
    Ok(Page { records, checkpoint, progress, items, envelope })
}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("progress", &self.progress()).finish_non_exhaustive()
    }
}
