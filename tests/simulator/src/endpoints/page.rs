//! Selects the rows of a page: functions of rows only, without time or request.

use crate::account::Row;
use crate::time::seconds;

/// A page of an export by time.
pub(crate) struct TimePage {
    pub(crate) rows: Vec<Row>,
    /// The second to continue at; `None` for an empty page.
    pub(crate) end: Option<i64>,
    /// Whether there are no more rows.
    pub(crate) last: bool,
}

/// Returns the next page of an export by time, given all rows from the start on.
///
/// If the limit is reached within a second after the page's first one, the page ends there, and the next page repeats
/// this second. If it is reached within the first second, the page contains all rows of that second, and the next page
/// starts one second later. Within a second, rows are sorted by `shuffle`.
pub(crate) fn by_time(
    rows: impl Iterator<Item = Row>,
    limit: usize,
    shuffle: impl Fn(&Row) -> u64,
) -> TimePage {
    let mut rows = rows.peekable();
    let mut page: Vec<Row> = Vec::new();
    while let Some(first) = rows.next() {
        let second = first.second();
        let mut group = vec![first];
        while let Some(row) = rows.next_if(|row| row.second() == second) {
            group.push(row);
        }
        group.sort_by_key(|row| (shuffle(row), row.index));
        if page.is_empty() && group.len() >= limit {
            let last = group.len() == limit && rows.peek().is_none();
            return TimePage { rows: group, end: Some(second + i64::from(!last)), last };
        }
        let room = limit - page.len();
        let cut = group.len() > room;
        page.extend(group.into_iter().take(room));
        if cut {
            let end = page.last().map(Row::second);
            return TimePage { rows: page, end, last: false };
        }
    }
    let end = page.last().map(Row::second);
    TimePage { rows: page, end, last: true }
}

/// A page of an export in strict order.
pub(crate) struct StreamPage {
    pub(crate) rows: Vec<Row>,
    /// Whether there are no more rows.
    pub(crate) last: bool,
}

/// Returns the first rows as a page.
pub(crate) fn in_order(rows: impl Iterator<Item = Row>, limit: usize) -> StreamPage {
    let mut rows = rows;
    let page = rows.by_ref().take(limit).collect();
    StreamPage { rows: page, last: rows.next().is_none() }
}

/// Returns the second of the last row.
pub(crate) fn end(rows: &[Row]) -> Option<i64> {
    rows.last().map(|row| seconds(row.change))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::SECOND;

    fn page(seconds: &[i64], limit: usize) -> (Vec<u32>, Option<i64>, bool) {
        let rows = seconds.iter().zip(0..).map(|(second, index)| Row::new(index, second * SECOND));
        let page = by_time(rows, limit, |row| u64::MAX - u64::from(row.index));
        (page.rows.iter().map(|row| row.index).collect(), page.end, page.last)
    }

    #[test]
    fn a_limit_within_a_later_second_ends_the_page_there() {
        assert_eq!(page(&[1, 2, 2, 2, 3], 3), (vec![0, 3, 2], Some(2), false));
    }

    #[test]
    fn a_limit_within_the_first_second_gives_all_of_it_and_continues_one_second_later() {
        assert_eq!(page(&[2, 2, 2, 3], 2), (vec![2, 1, 0], Some(3), false));
        assert_eq!(page(&[2, 2, 3], 2), (vec![1, 0], Some(3), false));
        assert_eq!(page(&[2, 2, 2], 2), (vec![2, 1, 0], Some(3), false));
    }

    #[test]
    fn a_page_with_all_remaining_rows_is_the_last() {
        assert_eq!(page(&[1, 2], 2), (vec![0, 1], Some(2), true));
        assert_eq!(page(&[2, 2], 2), (vec![1, 0], Some(2), true));
        assert_eq!(page(&[], 2), (vec![], None, true));
    }

    #[test]
    fn a_limit_between_seconds_repeats_the_previous_second() {
        assert_eq!(page(&[1, 2, 3], 2), (vec![0, 1], Some(2), false));
    }
}
