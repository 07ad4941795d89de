//! The index of one resource: when each of its records changed last. The records themselves are made when
//! they are asked for.

use std::collections::BTreeSet;
use std::ops::Bound;

use crate::time::{SECOND, seconds};

/// What is known of one record.
#[derive(Clone, Copy)]
pub(crate) struct Row {
    /// Position among the records of its resource; ids grow with it.
    pub(crate) index: u32,
    /// What the export is ordered by, in microseconds.
    pub(crate) change: i64,
    /// When it was made, in microseconds.
    pub(crate) created: i64,
    /// Last change that left a trace for users, in microseconds; never after `change`.
    pub(crate) updated: i64,
    /// How many times it has changed.
    pub(crate) revision: u16,
    /// Whether it has been deleted.
    pub(crate) deleted: bool,
    /// Whether it is shown as soon as it is there, whatever its time.
    pub(crate) announced: bool,
}

impl Row {
    /// A record that is new at `change`.
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

    /// The second of its last change.
    pub(crate) fn second(&self) -> i64 {
        seconds(self.change)
    }
}

/// All rows of a resource, by index and by time.
#[derive(Default)]
pub(crate) struct Rows {
    by_index: Vec<Row>,
    order: BTreeSet<(i64, u32)>,
    /// Versions that are gone: index and time.
    past: Vec<(u32, i64)>,
}

impl Rows {
    /// An index of these rows, which must be in the order of their indexes.
    pub(crate) fn new(rows: Vec<Row>) -> Self {
        let order = rows.iter().map(|row| (row.change, row.index)).collect();
        Self { by_index: rows, order, past: Vec::new() }
    }

    /// How many records there are.
    pub(crate) fn len(&self) -> u32 {
        u32::try_from(self.by_index.len()).unwrap_or(u32::MAX)
    }

    /// The row at an index.
    pub(crate) fn get(&self, index: u32) -> Option<Row> {
        self.by_index.get(index as usize).copied()
    }

    /// All rows, by index.
    pub(crate) fn all(&self) -> impl Iterator<Item = Row> + '_ {
        self.by_index.iter().copied()
    }

    /// The rows that changed at `time` or later, by time and then by index.
    pub(crate) fn from(&self, time: i64) -> impl Iterator<Item = Row> + '_ {
        self.range(Bound::Included((time, 0)))
    }

    /// The rows after a place, by time and then by index.
    pub(crate) fn after(&self, time: i64, index: u32) -> impl Iterator<Item = Row> + '_ {
        self.range(Bound::Excluded((time, index)))
    }

    fn range(&self, start: Bound<(i64, u32)>) -> impl Iterator<Item = Row> + '_ {
        self.order.range((start, Bound::Unbounded)).filter_map(|(_, index)| self.get(*index))
    }

    /// The rows of one second.
    pub(crate) fn of_second(&self, second: i64) -> impl Iterator<Item = Row> + '_ {
        self.from(second * SECOND).take_while(move |row| row.second() == second)
    }

    /// Versions that are gone: index and time.
    pub(crate) fn past(&self) -> &[(u32, i64)] {
        &self.past
    }

    /// Puts another version of a record in place of the one there is.
    pub(crate) fn replace(&mut self, row: Row) {
        if let Some(place) = self.by_index.get_mut(row.index as usize) {
            let old = std::mem::replace(place, row);
            self.order.remove(&(old.change, old.index));
            self.order.insert((row.change, row.index));
            self.past.push((old.index, old.change));
        }
    }

    /// Adds a record and gives it the next index.
    pub(crate) fn add(&mut self, change: i64, announced: bool) -> Row {
        let row = Row { announced, ..Row::new(self.len(), change) };
        self.by_index.push(row);
        self.order.insert((row.change, row.index));
        row
    }
}
