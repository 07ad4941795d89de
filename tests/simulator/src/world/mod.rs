//! The data that the server holds, and how they change.

mod changes;
pub(crate) mod jobs;
mod logs;
pub(crate) mod record;
pub(crate) mod routing;
mod rows;
mod seeding;

use std::collections::{BTreeMap, BTreeSet};

use crate::config::Config;
use crate::resource::Resource;

use jobs::Jobs;
use logs::Logs;
use routing::Routing;
use rows::Rows;

pub(crate) use record::Maker;
pub(crate) use rows::Row;

/// A version of a record: its key and its change, both as spelled in the record.
pub type Version = (String, String);

/// All data.
pub(crate) struct World {
    maker: Maker,
    timelines: BTreeMap<Resource, Rows>,
    pub(crate) logs: Logs,
    pub(crate) routing: Routing,
    pub(crate) jobs: Jobs,
    pub(crate) progress: changes::Progress,
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
            progress: changes::Progress::new(config),
        }
    }

    /// The index of a resource that is ordered by time; an empty one for others.
    pub(crate) fn rows(&self, resource: Resource) -> &Rows {
        static NONE: std::sync::OnceLock<Rows> = std::sync::OnceLock::new();
        self.timelines.get(&resource).unwrap_or_else(|| NONE.get_or_init(Rows::default))
    }

    fn rows_mut(&mut self, resource: Resource) -> &mut Rows {
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
