//! The times of the last changes in a new account.
//!
//! Most changes are spread over a year. Three seconds contain many records, some more than a page: the very first one,
//! one in the middle, one a little later. Ids don't determine which records share a second.

use crate::config::Config;
use crate::random::Random;
use crate::resource::Resource;
use crate::time::{DAY, MINUTE, SECOND};

use super::rows::{Row, Rows};

/// The time between the first change and the epoch, in microseconds.
const SPAN: i64 = 400 * DAY;

/// Seconds with many records: the offset in the span in thousandths, the share of all records in thousandths, and the
/// maximum number of records.
const CLUSTERS: [(i64, u64, u64); 3] = [(0, 440, 1_500), (500, 260, 1_200), (700, 60, 150)];

/// Creates the index of a resource in a new account.
pub(crate) fn seed(config: &Config, resource: Resource) -> Rows {
    let size = config.size_of(resource);
    let start = config.epoch * SECOND - SPAN;
    let rows = (0..size).map(|index| {
        let mut random = Random::new(config.seed, &[resource as u64, u64::from(index), 1]);
        let change = match cluster(&mut random, u64::from(size)) {
            // Timespans have no ids: those with the same end could not be distinguished at the end of a page.
            Some(offset) if resource != Resource::AgentTimeline => {
                start + SPAN / 1_000 * offset + fraction(&mut random, resource)
            }
            _ => start + MINUTE + random_time(&mut random, resource),
        };
        with_history(&mut random, resource, Row::new(index, change))
    });
    Rows::new(rows.collect())
}

/// Returns the cluster of a record, as its offset in the span.
fn cluster(random: &mut Random, size: u64) -> Option<i64> {
    let mut roll = random.below(size.max(1));
    for (offset, share, most) in CLUSTERS {
        let records = (size * share / 1_000).min(most);
        if roll < records {
            return Some(offset);
        }
        roll -= records;
    }
    None
}

/// Returns a random time in the span, at least an hour before the epoch.
fn random_time(random: &mut Random, resource: Resource) -> i64 {
    let second = random.between(0, (SPAN - 60 * MINUTE) / SECOND) * SECOND;
    second + fraction(random, resource)
}

/// Returns a random fraction of a second in microseconds, for resources that have them; often 0.
pub(crate) fn fraction(random: &mut Random, resource: Resource) -> i64 {
    let exact = random.percent(40);
    let fraction = random.between(1, SECOND);
    if resource.has_micros() && !(exact && resource != Resource::AgentTimeline) { fraction } else { 0 }
}

/// Adds a history to a row: deletion, and changes by the system that are later than `updated`.
fn with_history(random: &mut Random, resource: Resource, row: Row) -> Row {
    let deleted = match resource {
        Resource::MetricEvents => random.percent(2),
        _ => resource.is_mutable() && random.percent(8),
    };
    let by_system = resource == Resource::Tickets && random.percent(25);
    let behind = if by_system { random.between(1, 30 * DAY / SECOND) * SECOND } else { 0 };
    let updated = row.change - behind;
    let created = updated - random.between(0, 90 * DAY / SECOND) * SECOND;
    Row { created, updated, deleted, ..row }
}
