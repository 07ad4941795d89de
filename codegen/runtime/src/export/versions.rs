//! The versions of the records of a page, as hashes: what is the same record.
//!
//! With declared identity fields, two records are the same version if these fields and their seconds are equal. Otherwise,
//! they are if they have an `id` and are equal byte for byte: equal records without an `id` may be different ones.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::hash::Hasher;

use siphasher::sip::SipHasher13;

use super::dedup;
use super::scan::{self, ScannedPage};
use crate::operation::Pagination;

/// The version of a record.
#[derive(Clone, Copy, Debug)]
pub(super) struct RecordVersion {
    pub(super) hash: u64,
    /// What it is a version of: the `id`, or the version itself if it has a key. `None` if the record can't be distinguished
    /// from an equal one.
    pub(super) subject: Option<u64>,
}

impl RecordVersion {
    /// Returns whether the record has the declared fields that identify a version. Its earlier versions don't matter then.
    pub(super) fn has_key(self) -> bool {
        self.subject == Some(self.hash)
    }
}

/// The versions of the records of a page.
#[derive(Debug)]
pub(super) struct PageVersions {
    pub(super) records: Vec<RecordVersion>,
    /// A hash of the versions, in whatever order and number.
    pub(super) fingerprint: u64,
}

impl PageVersions {
    /// Reads the versions of a page. Also returns the indices of records that repeat an earlier record of the page.
    pub(super) fn of(
        page: &ScannedPage,
        seconds: &[Option<i64>],
        pagination: &Pagination,
    ) -> (Self, HashSet<usize>) {
        let mut reader = VersionReader::new(page, pagination);
        let records = page.texts().zip(seconds).enumerate();
        let records: Vec<_> =
            records.map(|(index, (record, second))| reader.version(index, record, *second)).collect();
        let mut repeats = HashSet::new();
        let mut first = HashMap::with_capacity(records.len());
        for (index, version) in records.iter().enumerate() {
            match first.entry(version.hash) {
                Entry::Vacant(entry) => {
                    entry.insert(index);
                }
                Entry::Occupied(entry) => {
                    let is_same = || is_same(page.text(*entry.get()), page.text(index), pagination);
                    if version.subject.is_some() && is_same() {
                        repeats.insert(index);
                    }
                }
            }
        }
        let fingerprint = first.keys().fold(0, |sum: u64, hash| sum.wrapping_add(*hash));
        (Self { records, fingerprint }, repeats)
    }
}

/// Returns whether two records whose versions have the same hash are the same version.
fn is_same(one: &[u8], other: &[u8], pagination: &Pagination) -> bool {
    one == other || dedup::key(one, None, pagination) == dedup::key(other, None, pagination)
}

/// Reads the versions of the records of a page.
struct VersionReader<'a> {
    page: &'a ScannedPage,
    has_identity: bool,
    /// The fields to read. The time field, if it is among those of the identity, was read when the page was scanned.
    names: Vec<&'static str>,
    has_scanned_time: bool,
    found: Vec<Option<&'a str>>,
}

impl<'a> VersionReader<'a> {
    fn new(page: &'a ScannedPage, pagination: &Pagination) -> Self {
        let identity = pagination.identity();
        let is_scanned = |name: &&str| pagination.time_field() == Some(name);
        let names: Vec<_> = match identity {
            [] => vec!["id"],
            identity => identity.iter().copied().filter(|name| !is_scanned(name)).collect(),
        };
        let has_scanned_time = identity.iter().any(is_scanned);
        let found = vec![None; names.len()];
        Self { page, has_identity: !identity.is_empty(), names, has_scanned_time, found }
    }

    fn version(&mut self, index: usize, record: &'a [u8], second: Option<i64>) -> RecordVersion {
        self.found.fill(None);
        scan::find(record, &self.names, &mut self.found);
        let time = if self.has_scanned_time { self.page.time(index) } else { Some("") };
        let mut hasher = SipHasher13::new();
        let is_complete = time.is_some_and(|time| write_value(&mut hasher, time))
            && self.found.iter().all(|value| value.is_some_and(|value| write_value(&mut hasher, value)));
        if is_complete && self.has_identity {
            hasher.write(&second.unwrap_or(i64::MIN).to_le_bytes());
            let hash = hasher.finish();
            return RecordVersion { hash, subject: Some(hash) };
        }
        let subject = (is_complete && !self.has_identity).then(|| hasher.finish());
        let mut hasher = SipHasher13::new();
        hasher.write(record);
        RecordVersion { hash: hasher.finish(), subject }
    }
}

/// Adds the text of a value to a hash. Returns false if it is null.
fn write_value(hasher: &mut SipHasher13, value: &str) -> bool {
    let value = dedup::plain(value);
    hasher.write(&value.len().to_le_bytes());
    hasher.write(value.as_bytes());
    value != "null"
}
