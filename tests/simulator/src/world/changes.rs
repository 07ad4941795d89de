//! Changes that happen while an export runs.

use crate::dice::Dice;
use crate::resource::Resource;
use crate::time::{DAY, MINUTE, SECOND, seconds};

use super::rows::Row;
use super::state::World;

impl World {
    /// Lets the world change after a page that ends in second `end` was served, at the instant `now`.
    pub(crate) fn go_on(&mut self, resource: Resource, end: Option<i64>, now: i64) {
        let reached = self.progress.reached.entry(resource).or_insert(i64::MIN);
        *reached = end.map_or(*reached, |end| end.max(*reached));
        let reached = *reached;
        if resource == Resource::MetricEvents && reached != i64::MIN {
            self.announce_breach(now);
        }
        for _ in 0..self.progress.changes.per_request {
            if self.progress.done == self.progress.changes.total {
                return;
            }
            self.progress.done += 1;
            let mut dice =
                Dice::new(self.progress.seed, &[resource as u64, u64::from(self.progress.done), 2]);
            self.change(resource, reached, seconds(now) * SECOND, &mut dice);
        }
    }

    /// One change: of a record on the boundary, of one served before, of any, or a new record.
    fn change(&mut self, resource: Resource, reached: i64, now: i64, dice: &mut Dice) {
        if self.logs.of(resource).is_some() {
            self.logs.grow(resource, now, dice);
            return;
        }
        let now = if resource.has_micros() { now + dice.between(1, SECOND) } else { now };
        let kind = if resource.is_mutable() { dice.below(100) } else { 99 };
        let row = match kind {
            0..25 => self.on_boundary(resource, reached, dice),
            25..60 => self.any(resource, dice, |row| row.second() <= reached),
            60..85 => self.any(resource, dice, |_| true),
            _ => None,
        };
        let Some(row) = row else {
            // Some records arrive late, on the second that the exports stand at.
            let late = reached != i64::MIN && !resource.has_micros() && dice.percent(40);
            self.rows_mut(resource).add(if late { reached * SECOND } else { now }, false);
            return;
        };
        let by_system = resource == Resource::Tickets && dice.percent(40);
        let updated = if by_system { row.updated.max(now - 30 * DAY) } else { now };
        let deleted = row.deleted || dice.percent(20);
        let revision = row.revision.saturating_add(1);
        self.rows_mut(resource).replace(Row { change: now, updated, revision, deleted, ..row });
        if resource == Resource::Tickets && !by_system {
            self.rows_mut(Resource::TicketEvents).add(now, false);
            self.rows_mut(Resource::MetricEvents).add(now, false);
        }
    }

    fn on_boundary(&self, resource: Resource, reached: i64, dice: &mut Dice) -> Option<Row> {
        let rows: Vec<Row> = self.rows(resource).of_second(reached).take(64).collect();
        rows.get(dice.index(rows.len())).copied()
    }

    fn any(&self, resource: Resource, dice: &mut Dice, wanted: impl Fn(&Row) -> bool) -> Option<Row> {
        let rows = self.rows(resource);
        let mut draws = (0..16).filter_map(|_| rows.get(u32::try_from(dice.below(rows.len().into())).ok()?));
        draws.find(wanted)
    }

    /// A breach that is announced late: it happened within the last half hour, or will happen.
    fn announce_breach(&mut self, now: i64) {
        if self.progress.announced == self.progress.late_breaches {
            return;
        }
        self.progress.announced += 1;
        let mut dice = Dice::new(
            self.progress.seed,
            &[Resource::MetricEvents as u64, u64::from(self.progress.announced), 3],
        );
        let time = if dice.percent(70) {
            seconds(now - dice.between(SECOND, 29 * MINUTE)) * SECOND
        } else {
            seconds(now + dice.between(MINUTE, 20 * MINUTE)) * SECOND
        };
        self.rows_mut(Resource::MetricEvents).add(time, true);
    }
}
