//! The index of a resource: the time of each record's last change. The records are generated on demand.

use std::collections::BTreeSet;
use std::ops::Bound;

use crate::time::{SECOND, seconds};

/// The state of one record.
#[derive(Clone, Copy)]
pub(crate) struct Row {
    /// The position among the records of its resource. Ids grow with it.
    pub(crate) index: u32,
    /// The time that the export is ordered by, in microseconds.
    pub(crate) change: i64,
    /// The time of creation in microseconds.
    pub(crate) created: i64,
    /// The time of the last change that users see, in microseconds; never after `change`.
    pub(crate) updated: i64,
    /// The number of changes.
    pub(crate) revision: u16,
    /// Whether it has been deleted.
    pub(crate) deleted: bool,
    /// Whether exports show it at once, regardless of its time.
    pub(crate) announced: bool,
}

impl Row {
    /// Creates the row of a record that is new at `change`.
    pub(crate) fn new(index: u32, change: i64) -> Self {
        Self {
            index,
            change,
            created: change,
            updated: change,
            revision: 0,
            deleted: false,
            announced: false,
        }
    }

    /// Returns the second of its last change.
    pub(crate) fn second(&self) -> i64 {
        seconds(self.change)
    }
}

/// All rows of a resource, by index and by time.
#[derive(Default)]
pub(crate) struct Rows {
    by_index: Vec<Row>,
    order: BTreeSet<(i64, u32)>,
    /// Old versions: index and time.
    past: Vec<(u32, i64)>,
}

impl Rows {
    /// Creates an index of these rows, which must be sorted by index.
    pub(crate) fn new(rows: Vec<Row>) -> Self {
        let order = rows.iter().map(|row| (row.change, row.index)).collect();
        Self { by_index: rows, order, past: Vec::new() }
    }

    /// Returns the number of records.
    pub(crate) fn len(&self) -> u32 {
        u32::try_from(self.by_index.len()).unwrap_or(u32::MAX)
    }

    /// Returns the row at an index.
    pub(crate) fn get(&self, index: u32) -> Option<Row> {
        self.by_index.get(index as usize).copied()
    }

    /// Returns all rows, by index.
    pub(crate) fn all(&self) -> impl Iterator<Item = Row> + '_ {
        self.by_index.iter().copied()
    }

    /// Returns the rows that changed at `time` or later, by time and then by index.
    pub(crate) fn from(&self, time: i64) -> impl Iterator<Item = Row> + '_ {
        self.range(Bound::Included((time, 0)))
    }

    /// Returns the rows after a time and index, by time and then by index.
    pub(crate) fn after(&self, time: i64, index: u32) -> impl Iterator<Item = Row> + '_ {
        self.range(Bound::Excluded((time, index)))
    }

    fn range(&self, start: Bound<(i64, u32)>) -> impl Iterator<Item = Row> + '_ {
        self.order.range((start, Bound::Unbounded)).filter_map(|(_, index)| self.get(*index))
    }

    /// Returns the rows of one second.
    pub(crate) fn of_second(&self, second: i64) -> impl Iterator<Item = Row> + '_ {
        self.from(second * SECOND).take_while(move |row| row.second() == second)
    }

    /// Returns the old versions: index and time.
    pub(crate) fn past(&self) -> &[(u32, i64)] {
        &self.past
    }

    /// Replaces the current version of a record.
    pub(crate) fn replace(&mut self, row: Row) {
        if let Some(slot) = self.by_index.get_mut(row.index as usize) {
            let old = std::mem::replace(slot, row);
            self.order.remove(&(old.change, old.index));
            self.order.insert((row.change, row.index));
            self.past.push((old.index, old.change));
        }
    }

    /// Adds a record with the next index.
    pub(crate) fn add(&mut self, change: i64, announced: bool) -> Row {
        let row = Row { announced, ..Row::new(self.len(), change) };
        self.by_index.push(row);
        self.order.insert((row.change, row.index));
        row
    }
}
