//! All data, and which versions of records there are.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::Config;
use crate::resource::Resource;

use super::jobs::Jobs;
use super::logs::Logs;
use super::progress::Progress;
use super::record::Maker;
use super::routing::Routing;
use super::rows::Rows;
use super::seeding;
use super::version::Version;

/// All data.
pub(crate) struct World {
    maker: Maker,
    timelines: BTreeMap<Resource, Rows>,
    pub(crate) logs: Logs,
    pub(crate) routing: Routing,
    pub(crate) jobs: Jobs,
    pub(crate) progress: Progress,
}

impl World {
    pub(crate) fn new(config: &Config, maker: Maker) -> Self {
        let timelines =
            Resource::TIMED.into_iter().map(|resource| (resource, seeding::seed(config, resource))).collect();
        Self {
            maker,
            timelines,
            logs: Logs::seed(config),
            routing: Routing::seed(config),
            jobs: Jobs::new(config.seed),
            progress: Progress::new(config),
        }
    }

    /// The index of a resource that is ordered by time; an empty one for others.
    pub(crate) fn rows(&self, resource: Resource) -> &Rows {
        static NONE: std::sync::OnceLock<Rows> = std::sync::OnceLock::new();
        self.timelines.get(&resource).unwrap_or_else(|| NONE.get_or_init(Rows::default))
    }

    pub(super) fn rows_mut(&mut self, resource: Resource) -> &mut Rows {
        self.timelines.entry(resource).or_default()
    }

    /// The versions that there are now.
    pub(crate) fn versions(&self, resource: Resource) -> BTreeSet<Version> {
        if let Some(log) = self.logs.versions(resource) {
            return log;
        }
        let rows = self.rows(resource);
        rows.all().map(|row| self.maker.version(resource, row.index, row.change)).collect()
    }

    /// All versions that there have ever been.
    pub(crate) fn ever(&self, resource: Resource) -> BTreeSet<Version> {
        let mut versions = self.versions(resource);
        let past = self.rows(resource).past();
        versions.extend(past.iter().map(|(index, change)| self.maker.version(resource, *index, *change)));
        versions
    }
}
