//! When the records of a new world changed last.
//!
//! Most changes are spread over a year. Some seconds hold more records than a page: the very first one, one
//! in the middle, one a little later. Which records share a second has nothing to do with their ids.

use crate::config::Config;
use crate::dice::Dice;
use crate::resource::Resource;
use crate::time::{DAY, MINUTE, SECOND};

use super::rows::{Row, Rows};

/// How far back the first change lies.
const SPAN: i64 = 400 * DAY;

/// Seconds with many records: where in the span, in thousandths; the share of all records in thousandths; and
/// the most records that they hold.
const CLUSTERS: [(i64, u64, u64); 3] = [(0, 440, 1_500), (500, 260, 1_200), (700, 60, 150)];

/// The index of a resource in a new world.
pub(crate) fn seed(config: &Config, resource: Resource) -> Rows {
    let size = config.size_of(resource);
    let start = config.epoch * SECOND - SPAN;
    let rows = (0..size).map(|index| {
        let mut dice = Dice::new(config.seed, &[resource as u64, u64::from(index), 1]);
        let change = match cluster(&mut dice, u64::from(size)) {
            // Without ids of their own, timespans that end together could not be told apart at a page's edge.
            Some(place) if resource != Resource::AgentTimeline => {
                start + SPAN / 1_000 * place + fraction(&mut dice, resource)
            }
            _ => start + MINUTE + spread(&mut dice, resource),
        };
        aged(&mut dice, resource, Row::new(index, change))
    });
    Rows::new(rows.collect())
}

/// The cluster that a record belongs to, as a place in the span.
fn cluster(dice: &mut Dice, size: u64) -> Option<i64> {
    let mut roll = dice.below(size.max(1));
    for (place, share, most) in CLUSTERS {
        let records = (size * share / 1_000).min(most);
        if roll < records {
            return Some(place);
        }
        roll -= records;
    }
    None
}

/// A time up to an hour before the epoch.
fn spread(dice: &mut Dice, resource: Resource) -> i64 {
    let second = dice.between(0, (SPAN - 60 * MINUTE) / SECOND) * SECOND;
    second + fraction(dice, resource)
}

/// Microseconds into the second, for resources that have them; often none.
pub(crate) fn fraction(dice: &mut Dice, resource: Resource) -> i64 {
    let exact = dice.percent(40);
    let fraction = dice.between(1, SECOND);
    if resource.has_micros() && !(exact && resource != Resource::AgentTimeline) { fraction } else { 0 }
}

/// Gives the row a past: deleted records, and changes by the system that leave `updated` behind.
fn aged(dice: &mut Dice, resource: Resource, row: Row) -> Row {
    let deleted = match resource {
        Resource::MetricEvents => dice.percent(2),
        _ => resource.is_mutable() && dice.percent(8),
    };
    let by_system = resource == Resource::Tickets && dice.percent(25);
    let behind = if by_system { dice.between(1, 30 * DAY / SECOND) * SECOND } else { 0 };
    let updated = row.change - behind;
    let created = updated - dice.between(0, 90 * DAY / SECOND) * SECOND;
    Row { created, updated, deleted, ..row }
}
