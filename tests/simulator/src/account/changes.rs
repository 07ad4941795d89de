//! Changes that happen during an export.

use crate::random::Random;
use crate::resource::Resource;
use crate::time::{DAY, MINUTE, SECOND, seconds};

use super::rows::Row;
use super::state::Account;

impl Account {
    /// Changes the account after a page that ends in second `end`, at the instant `now`.
    pub(crate) fn apply_changes(&mut self, resource: Resource, end: Option<i64>, now: i64) {
        let reached = self.progress.reached.entry(resource).or_insert(i64::MIN);
        *reached = end.map_or(*reached, |end| end.max(*reached));
        let reached = *reached;
        if reached != i64::MIN {
            self.add_late_record(resource, now);
        }
        for _ in 0..self.progress.changes.per_request {
            if self.progress.done == self.progress.changes.total {
                return;
            }
            self.progress.done += 1;
            let mut random =
                Random::new(self.progress.seed, &[resource as u64, u64::from(self.progress.done), 2]);
            self.change(resource, reached, seconds(now) * SECOND, &mut random);
        }
    }

    /// Makes one change: to a record in the last second of the page, to one sent before, to any record, or a new
    /// record.
    fn change(&mut self, resource: Resource, reached: i64, now: i64, random: &mut Random) {
        if self.logs.of(resource).is_some() {
            self.logs.add_random_entry(resource, now, random);
            return;
        }
        let now = if resource.has_micros() { now + random.between(1, SECOND) } else { now };
        let kind = if resource.is_mutable() { random.below(100) } else { 99 };
        let row = match kind {
            0..25 => self.row_of_second(resource, reached, random),
            25..60 => self.any_row(resource, random, |row| row.second() <= reached),
            60..85 => self.any_row(resource, random, |_| true),
            _ => None,
        };
        let Some(row) = row else {
            // Some records are added in a second that exports have already reached.
            let late = reached != i64::MIN && !resource.has_micros() && random.percent(40);
            self.rows_mut(resource).add(if late { reached * SECOND } else { now }, false);
            return;
        };
        let by_system = resource == Resource::Tickets && random.percent(40);
        let updated = if by_system { row.updated.max(now - 30 * DAY) } else { now };
        let deleted = row.deleted || random.percent(20);
        let revision = row.revision.saturating_add(1);
        self.rows_mut(resource).replace(Row { change: now, updated, revision, deleted, ..row });
        if resource == Resource::Tickets && !by_system {
            self.rows_mut(Resource::TicketEvents).add(now, false);
            self.rows_mut(Resource::MetricEvents).add(now, false);
        }
    }

    fn row_of_second(&self, resource: Resource, reached: i64, random: &mut Random) -> Option<Row> {
        let rows: Vec<Row> = self.rows(resource).of_second(reached).take(64).collect();
        rows.get(random.index(rows.len())).copied()
    }

    fn any_row(&self, resource: Resource, random: &mut Random, wanted: impl Fn(&Row) -> bool) -> Option<Row> {
        let rows = self.rows(resource);
        let mut fault_picker =
            (0..16).filter_map(|_| rows.get(u32::try_from(random.below(rows.len().into())).ok()?));
        fault_picker.find(wanted)
    }

    /// Adds a record that appears late: its time is within the last minutes. That of a metric event, a breach, is within
    /// the last 29 minutes or the next 20 minutes.
    fn add_late_record(&mut self, resource: Resource, now: i64) {
        let is_breach = resource == Resource::MetricEvents;
        if self.progress.late == self.progress.late_records || !(is_breach || appears_late(resource)) {
            return;
        }
        self.progress.late += 1;
        let mut random =
            Random::new(self.progress.seed, &[resource as u64, u64::from(self.progress.late), 3]);
        let time = if !is_breach {
            // Exports show records that are older than a minute.
            now - random.between(61 * SECOND, 4 * MINUTE)
        } else if random.percent(70) {
            now - random.between(SECOND, 29 * MINUTE)
        } else {
            now + random.between(MINUTE, 20 * MINUTE)
        };
        self.rows_mut(resource).add(seconds(time) * SECOND, is_breach);
    }
}

/// Returns whether records of a resource may appear some minutes after their time. Only exports by time show them.
fn appears_late(resource: Resource) -> bool {
    use Resource::{Organizations, TicketEvents, Tickets, Users};
    matches!(resource, Tickets | TicketEvents | Users | Organizations)
}
