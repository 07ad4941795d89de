//! The pages of an export.

use std::fmt;

use futures_util::Stream;
use futures_util::stream::unfold;

use super::decode_record::{DecodeRecord, decode_record, note_unreadable};
use super::engine::Engine;
use super::fetched_page::{AcceptedPage, FetchedPage};
use super::page::Page;
use super::progress::ExportProgress;
use crate::error::Error;

/// The pages of an export, one by one.
#[must_use = "no request is sent until `next` is called"]
pub struct Pages<T> {
    /// The error of an export that can't start, which is returned once.
    engine: Result<Engine, Option<Error>>,
    read: DecodeRecord<T>,
}

impl<T> Pages<T> {
    pub(super) fn new(engine: Result<Engine, Error>, read: DecodeRecord<T>) -> Self {
        Self { engine: engine.map_err(Some), read }
    }

    /// Returns the next page; `None` after the last one.
    ///
    /// The future is cancel-safe: after it is dropped, the next call requests the same page again.
    ///
    /// # Errors
    ///
    /// - The export can't start. The next call returns `None`.
    /// - A request fails after all retries, or the pagination is inconsistent. The next call requests the same page again.
    /// - A record doesn't match its declared type, and the export is not [lenient](super::Export::lenient). The next call
    ///   requests the same page again. With [`raw`](super::Export::raw), records are not decoded.
    pub async fn next(&mut self) -> Option<Result<Page<T>, Error>> {
        let engine = match &mut self.engine {
            Ok(engine) => engine,
            Err(error) => return error.take().map(Err),
        };
        let page = engine.next().await?;
        Some(page.and_then(|page| accept(engine, page, self.read)))
    }

    /// Returns the progress of the export; `None` if the export can't start.
    #[must_use]
    pub fn progress(&self) -> Option<&ExportProgress> {
        self.engine.as_ref().ok().map(Engine::progress)
    }

    /// Converts into a stream of pages, which ends after the first error.
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

/// Decodes all records of a page, and accepts the page if that succeeds.
fn accept<T>(engine: &mut Engine, page: FetchedPage, read: DecodeRecord<T>) -> Result<Page<T>, Error> {
    let mut decoder = engine.decoder();
    // Collecting into a `Result` would not reserve capacity, and the vector would grow and move its records.
    let mut records = Vec::with_capacity(page.count());
    let mut unreadable = Vec::new();
    for (index, record) in page.records() {
        match decode_record(&record, index, read, &mut decoder, engine) {
            Ok(record) => records.push(record),
            Err(error) => unreadable.push(note_unreadable(record, error, engine)?),
        }
    }
    let items = engine.items();
    let AcceptedPage { envelope, checkpoint, progress } = engine.accept(page);
    Ok(Page { records, unreadable, checkpoint, progress, items, envelope })
}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("progress", &self.progress()).finish_non_exhaustive()
    }
}
