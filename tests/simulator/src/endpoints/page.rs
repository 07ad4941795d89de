//! Which records a page holds: pure decisions on rows, without time or request.

use crate::time::seconds;
use crate::world::Row;

/// A page of an export by time.
pub(crate) struct TimePage {
    pub(crate) rows: Vec<Row>,
    /// The second to go on at; `None` on an empty page.
    pub(crate) end: Option<i64>,
    /// Whether this is all there is for now.
    pub(crate) last: bool,
}

/// The next page of an export by time, out of all rows from the start on.
///
/// Where the limit falls into a later second than the page's first, the page is cut there, and that second
/// comes again. Where it falls into the first second, all of that second comes, and the next page starts one
/// second on. Inside a second, `shuffle` decides the order.
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

/// A page of a stream in strict order.
pub(crate) struct StreamPage {
    pub(crate) rows: Vec<Row>,
    /// Whether this is all there is for now.
    pub(crate) last: bool,
}

/// The first rows of those that are left.
pub(crate) fn in_order(rows: impl Iterator<Item = Row>, limit: usize) -> StreamPage {
    let mut rows = rows;
    let page = rows.by_ref().take(limit).collect();
    StreamPage { rows: page, last: rows.next().is_none() }
}

/// The second that the last row lies in.
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
    fn a_limit_inside_a_later_second_cuts_the_page_there() {
        assert_eq!(page(&[1, 2, 2, 2, 3], 3), (vec![0, 3, 2], Some(2), false));
    }

    #[test]
    fn a_limit_inside_the_first_second_brings_all_of_it_and_goes_on_one_second_later() {
        assert_eq!(page(&[2, 2, 2, 3], 2), (vec![2, 1, 0], Some(3), false));
        assert_eq!(page(&[2, 2, 3], 2), (vec![1, 0], Some(3), false));
        assert_eq!(page(&[2, 2, 2], 2), (vec![2, 1, 0], Some(3), false));
    }

    #[test]
    fn a_page_that_takes_all_is_the_last() {
        assert_eq!(page(&[1, 2], 2), (vec![0, 1], Some(2), true));
        assert_eq!(page(&[2, 2], 2), (vec![1, 0], Some(2), true));
        assert_eq!(page(&[], 2), (vec![], None, true));
    }

    #[test]
    fn a_limit_between_seconds_repeats_the_second_before() {
        assert_eq!(page(&[1, 2, 3], 2), (vec![0, 1], Some(2), false));
    }
}
