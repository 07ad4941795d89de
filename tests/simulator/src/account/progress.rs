//! The progress of changes and exports.

use std::collections::BTreeMap;

use crate::config::{Changes, Config};
use crate::resource::Resource;

/// The progress of changes and exports.
pub(crate) struct Progress {
    pub(super) seed: u64,
    pub(super) changes: Changes,
    pub(super) done: u32,
    pub(super) late_breaches: u32,
    pub(super) announced: u32,
    /// The last second that an export of each resource has reached.
    pub(super) reached: BTreeMap<Resource, i64>,
}

impl Progress {
    pub(crate) fn new(config: &Config) -> Self {
        Self {
            seed: config.seed,
            changes: config.changes,
            done: 0,
            late_breaches: config.late_breaches,
            announced: 0,
            reached: BTreeMap::new(),
        }
    }

    /// Returns whether all changes have been applied.
    pub(crate) fn is_quiet(&self) -> bool {
        (self.done >= self.changes.total || self.changes.per_request == 0)
            && self.announced >= self.late_breaches
    }
}
