//! All data of the account, and the versions of its records.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::Config;
use crate::resource::Resource;

use super::jobs::Jobs;
use super::logs::Logs;
use super::progress::Progress;
use super::record::RecordWriter;
use super::routing::Routing;
use super::rows::Rows;
use super::seeding;
use super::version::Version;

/// All data of the account.
pub(crate) struct Account {
    writer: RecordWriter,
    timelines: BTreeMap<Resource, Rows>,
    pub(crate) logs: Logs,
    pub(crate) routing: Routing,
    pub(crate) jobs: Jobs,
    pub(crate) progress: Progress,
}

impl Account {
    pub(crate) fn new(config: &Config, writer: RecordWriter) -> Self {
        let timelines =
            Resource::TIMED.into_iter().map(|resource| (resource, seeding::seed(config, resource))).collect();
        Self {
            writer,
            timelines,
            logs: Logs::seed(config),
            routing: Routing::seed(config),
            jobs: Jobs::new(config.seed),
            progress: Progress::new(config),
        }
    }

    /// Returns the index of a resource that is ordered by time; an empty one for other resources.
    pub(crate) fn rows(&self, resource: Resource) -> &Rows {
        static NONE: std::sync::OnceLock<Rows> = std::sync::OnceLock::new();
        self.timelines.get(&resource).unwrap_or_else(|| NONE.get_or_init(Rows::default))
    }

    pub(super) fn rows_mut(&mut self, resource: Resource) -> &mut Rows {
        self.timelines.entry(resource).or_default()
    }

    /// Returns the current versions of a resource's records.
    pub(crate) fn versions(&self, resource: Resource) -> BTreeSet<Version> {
        if let Some(log) = self.logs.versions(resource) {
            return log;
        }
        let rows = self.rows(resource);
        rows.all().map(|row| self.writer.version(resource, row.index, row.change)).collect()
    }

    /// Returns all versions that have ever existed.
    pub(crate) fn all_versions(&self, resource: Resource) -> BTreeSet<Version> {
        let mut versions = self.versions(resource);
        let past = self.rows(resource).past();
        versions.extend(past.iter().map(|(index, change)| self.writer.version(resource, *index, *change)));
        versions
    }
}
