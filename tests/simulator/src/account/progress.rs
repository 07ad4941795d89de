//! The progress of changes and exports.

use std::collections::BTreeMap;

use crate::config::{Changes, Config};
use crate::resource::Resource;

/// The progress of changes and exports.
pub(crate) struct Progress {
    pub(super) seed: u64,
    pub(super) changes: Changes,
    pub(super) done: u32,
    pub(super) late_records: u32,
    pub(super) late: u32,
    /// The last second that an export of each resource has reached.
    pub(super) reached: BTreeMap<Resource, i64>,
}

impl Progress {
    pub(crate) fn new(config: &Config) -> Self {
        Self {
            seed: config.seed,
            changes: config.changes,
            done: 0,
            late_records: config.late_records,
            late: 0,
            reached: BTreeMap::new(),
        }
    }

    /// Returns whether all changes have been applied.
    pub(crate) fn is_quiet(&self) -> bool {
        (self.done >= self.changes.total || self.changes.per_request == 0) && self.late >= self.late_records
    }
}
