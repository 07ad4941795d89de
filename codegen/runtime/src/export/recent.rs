//! The records of recent pages. A server that sends them again under new cursors makes no progress.
//!
//! The memory is bounded: per record for the last ten thousands of records, and per page for many more pages.

use std::collections::HashMap;

use super::versions::{PageVersions, RecordVersion};

/// At least this many records are remembered, and at most twice as many.
const RECORDS: usize = 1 << 14;
/// At least this many pages are remembered, and at most twice as many.
const PAGES: usize = 1 << 17;
/// How many pages a checkpoint remembers.
const LAST_PAGES: usize = 4;

/// A map that forgets its oldest entries.
#[derive(Debug)]
struct BoundedMap<V> {
    newer: HashMap<u64, V>,
    older: HashMap<u64, V>,
    limit: usize,
}

impl<V> BoundedMap<V> {
    fn new(limit: usize) -> Self {
        Self { newer: HashMap::new(), older: HashMap::new(), limit }
    }

    fn get(&self, key: u64) -> Option<&V> {
        self.newer.get(&key).or_else(|| self.older.get(&key))
    }

    fn insert(&mut self, key: u64, value: V) {
        if self.newer.len() >= self.limit {
            std::mem::swap(&mut self.newer, &mut self.older);
            self.newer.clear();
        }
        self.newer.insert(key, value);
    }

    fn clear(&mut self) {
        self.newer.clear();
        self.older.clear();
    }
}

/// How well a page is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KnownPage {
    /// It isn't.
    New,
    /// The same versions were on an earlier page.
    Earlier,
    /// The same versions were on the last page.
    Last,
}

/// The versions of the records of recent pages.
#[derive(Debug)]
pub(super) struct RecentRecords {
    /// The last version of each subject.
    versions: BoundedMap<u64>,
    /// The fingerprints of pages.
    pages: BoundedMap<()>,
    /// The fingerprints of the last pages, which checkpoints contain. The last one is the latest.
    last: Vec<u64>,
}

impl RecentRecords {
    /// Starts with the last pages of a checkpoint.
    pub(super) fn new(last: Vec<u64>) -> Self {
        let mut pages = BoundedMap::new(PAGES);
        for page in &last {
            pages.insert(*page, ());
        }
        Self { versions: BoundedMap::new(RECORDS), pages, last }
    }

    /// Returns the fingerprints of the last pages.
    pub(super) fn last_pages(&self) -> &[u64] {
        &self.last
    }

    pub(super) fn find_page(&self, page: &PageVersions) -> KnownPage {
        match self.pages.get(page.fingerprint) {
            _ if page.records.is_empty() => KnownPage::New,
            _ if self.last.last() == Some(&page.fingerprint) => KnownPage::Last,
            Some(()) => KnownPage::Earlier,
            None => KnownPage::New,
        }
    }

    /// Returns whether a record of a page was on a recent page, and no other version of it since.
    pub(super) fn is_repeat(&self, version: RecordVersion, page: KnownPage) -> bool {
        let Some(subject) = version.subject else { return false };
        match page {
            KnownPage::Last => true,
            KnownPage::Earlier if version.has_key() => true,
            KnownPage::Earlier | KnownPage::New => self.versions.get(subject) == Some(&version.hash),
        }
    }

    /// Remembers a page and its records.
    pub(super) fn add(&mut self, page: &PageVersions) {
        for version in &page.records {
            if let Some(subject) = version.subject {
                self.versions.insert(subject, version.hash);
            }
        }
        if !page.records.is_empty() {
            self.pages.insert(page.fingerprint, ());
            self.last.retain(|known| *known != page.fingerprint);
            self.last.push(page.fingerprint);
            self.last.drain(..self.last.len().saturating_sub(LAST_PAGES));
        }
    }

    /// Forgets the pages before an export continues later. The last ones stay known.
    pub(super) fn catch_up(&mut self) {
        self.pages.clear();
        for page in &self.last {
            self.pages.insert(*page, ());
        }
    }
}
