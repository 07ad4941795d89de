//! Tests of the next step for each pagination style.

use bytes::Bytes;

use super::{NextStep, PageContext, PagingError, next_step};
use crate::error::Error;
use crate::error::{ExportError, ExportErrorKind};
use crate::export::position::Position;
use crate::export::scan;
use crate::operation::PaginationStyle::{self, Chat, Cursor, NextPage, PageCursor, RoutingCursor, Time};

const HOST: &str = "https://api.test";

/// The state of an export when it receives a page.
struct Case {
    style: PaginationStyle,
    requested: Position,
    size: u32,
    new_records: usize,
    stalls: u32,
    step_over: bool,
}

impl Case {
    fn new(style: PaginationStyle, requested: Position) -> Self {
        Self { style, requested, size: 2, new_records: 2, stalls: 0, step_over: false }
    }

    fn new_records(self, new_records: usize) -> Self {
        Self { new_records, ..self }
    }

    fn stalls(self, stalls: u32) -> Self {
        Self { stalls, ..self }
    }

    /// Returns a summary of the next step after a page.
    fn step(&self, page: &str) -> String {
        let page = scan::scan_page(&Bytes::copy_from_slice(page.as_bytes()), "rows", None, false).unwrap();
        let second = match self.requested {
            Position::Time(second) => Some(second),
            _ => None,
        };
        let context = PageContext {
            requested: &self.requested,
            size_parameter: Some("limit"),
            second,
            latest_end: 1_000,
            size: self.size,
            is_below_largest: self.size < 9,
            page: &page,
            new_records: self.new_records,
            stalls: self.stalls,
            step_over: self.step_over,
            visited: &|position| position == &Position::Cursor("old".into()),
            local_target: &local_target,
        };
        match next_step(self.style, &context) {
            Ok(NextStep::More(position)) => format!("more {}", position.to_json()),
            Ok(NextStep::CaughtUp(position)) => format!("caught up {}", position.to_json()),
            Ok(NextStep::StepOver(position)) => format!("step over {}", position.to_json()),
            Ok(NextStep::FetchAgain) => "fetch again".to_owned(),
            Err(PagingError::Export(kind)) => format!("{kind:?}"),
            Err(PagingError::Other(error)) => format!("{error}"),
        }
    }
}

/// Replaces the client's check of the host; the kind of error doesn't matter.
fn local_target(url: &str) -> Result<String, Error> {
    let other_host = || ExportError::new("another host", ExportErrorKind::NotPaged);
    url.strip_prefix(HOST).map(str::to_owned).ok_or_else(|| other_host().into())
}

#[test]
fn an_export_by_time_continues_at_the_end_time() {
    let at = || Case::new(Time, Position::Time(100));
    for (case, page, step) in [
        (at(), r#"{"rows": [1, 2], "end_time": 200}"#, r#"more {"start_time":200}"#),
        (at(), r#"{"rows": [1, 2], "end_time": 200, "end_of_stream": false}"#, r#"more {"start_time":200}"#),
        (at(), r#"{"rows": [1], "end_time": 200}"#, r#"more {"start_time":200}"#),
        (
            at(),
            r#"{"rows": [1], "end_time": "200", "end_of_stream": true}"#,
            r#"caught up {"start_time":200}"#,
        ),
        (at(), r#"{"rows": [1], "end_time": 100, "end_of_stream": true}"#, r#"caught up {"start_time":100}"#),
        (at(), r#"{"rows": [], "end_time": null, "end_of_stream": true}"#, r#"caught up {"start_time":100}"#),
        (at(), r#"{"rows": [], "end_time": 50, "end_of_stream": true}"#, r#"caught up {"start_time":100}"#),
        // An end that is later than the clocks and all records would skip what comes before it.
        (at(), r#"{"rows": [1], "end_time": 1000, "end_of_stream": false}"#, r#"more {"start_time":1000}"#),
        (at(), r#"{"rows": [1], "end_time": 1001, "end_of_stream": false}"#, "fetch again"),
        (
            at(),
            r#"{"rows": [1], "end_time": 1001, "end_of_stream": true}"#,
            r#"caught up {"start_time":100}"#,
        ),
        // Without `end_of_stream`, a page without new records is the last one; if it has records, the second time.
        (at().new_records(0), r#"{"rows": [1], "end_time": 100}"#, "fetch again"),
        (
            at().new_records(0).stalls(1),
            r#"{"rows": [1], "end_time": 100}"#,
            r#"caught up {"start_time":100}"#,
        ),
        (at().new_records(0), r#"{"rows": [], "end_time": null}"#, r#"caught up {"start_time":100}"#),
        (at().new_records(1), r#"{"rows": [1], "end_time": 100}"#, r#"more {"start_time":100}"#),
        // A page that keeps the position is requested again once, and as long as it has new records.
        (at(), r#"{"rows": [1, 2], "end_time": 100}"#, "fetch again"),
        (at().new_records(0), r#"{"rows": [1, 2], "end_time": 100, "end_of_stream": false}"#, "fetch again"),
        (at().new_records(0), r#"{"rows": [], "end_time": null, "end_of_stream": false}"#, "fetch again"),
        (at().stalls(1), r#"{"rows": [1, 2], "end_time": 100, "end_of_stream": false}"#, "fetch again"),
        (at().stalls(1).new_records(0), r#"{"rows": [1, 2], "end_time": 100}"#, "Stalled { second: 100 }"),
        (
            Case { step_over: true, ..at().stalls(1).new_records(0) },
            r#"{"rows": [1, 2], "end_time": 100, "end_of_stream": false}"#,
            r#"step over {"start_time":101}"#,
        ),
    ] {
        assert_eq!(case.step(page), step, "{page}");
    }
}

#[test]
fn an_export_by_cursor_continues_at_the_cursor() {
    let at = |cursor: &str| Case::new(Cursor, Position::Cursor(cursor.to_owned()));
    for (case, page, step) in [
        (at("a"), r#"{"rows": [1], "after_cursor": "b", "end_of_stream": false}"#, r#"more {"cursor":"b"}"#),
        (at("a"), r#"{"rows": [], "after_cursor": "b=="}"#, r#"more {"cursor":"b=="}"#),
        (
            at("a"),
            r#"{"rows": [1], "after_cursor": "b", "end_of_stream": true}"#,
            r#"caught up {"cursor":"b"}"#,
        ),
        (
            at("a"),
            r#"{"rows": [1], "after_cursor": null, "end_of_stream": true}"#,
            r#"caught up {"cursor":"a"}"#,
        ),
        (
            at("a"),
            r#"{"rows": [1], "after_cursor": "a", "end_of_stream": true}"#,
            r#"caught up {"cursor":"a"}"#,
        ),
        (at("a"), r#"{"rows": [1], "after_cursor": "a", "end_of_stream": false}"#, "RepeatedCursor"),
        (at("a"), r#"{"rows": [1], "after_cursor": "old", "end_of_stream": false}"#, "RepeatedCursor"),
        (at("a"), r#"{"rows": [1], "after_cursor": null, "end_of_stream": false}"#, "MissingCursor"),
        (at("a"), r#"{"rows": [1]}"#, "MissingCursor"),
    ] {
        assert_eq!(case.step(page), step, "{page}");
    }
}

#[test]
fn an_export_by_routing_cursor_ends_at_a_page_without_records() {
    let next = |cursor: &str| {
        format!(r#"{{"rows": [1], "count": 1, "next_page": "{HOST}/x.json?cursor={cursor}&y=1"}}"#)
    };
    let at = || Case::new(RoutingCursor, Position::Cursor("a b".to_owned()));
    assert_eq!(at().step(&next("c%3D")), r#"more {"cursor":"c="}"#);
    assert_eq!(at().step(&next("a+b")), "RepeatedCursor");
    assert_eq!(at().step(&next("old")), "RepeatedCursor");
    assert_eq!(at().step(&next("")), "MissingCursor");
    assert_eq!(at().step(r#"{"rows": [1], "next_page": null}"#), "MissingCursor");
    assert!(
        at().step(r#"{"rows": [1], "next_page": "https://evil.test/?cursor=c"}"#).contains("another host")
    );
    // Only an empty page is the last one.
    let end = format!(r#"{{"rows": [], "count": 0, "next_page": "{HOST}/?cursor=c"}}"#);
    assert_eq!(at().step(&end), r#"caught up {"cursor":"a b"}"#);
    assert_eq!(Case::new(RoutingCursor, Position::Start).step(&end), r#"caught up "start""#);
}

#[test]
fn an_export_with_a_permanent_next_page_ends_at_an_empty_page() {
    let page = |rows: &str, count: &str, next: &str| {
        format!(
            r#"{{"rows": {rows}, "count": {count}, "end_time": 1.5, "next_page": "{HOST}/c?start={next}"}}"#
        )
    };
    let at = || Case::new(Chat, Position::Target("/c?start=1.0".to_owned()));
    let more = r#"more {"target":"/c?start=1.5"}"#;
    let end = r#"caught up {"target":"/c?start=1.5"}"#;
    assert_eq!(at().step(&page("[1, 2]", "2", "1.5")), more);
    assert_eq!(at().step(&page("[1]", "2", "1.5")), more);
    assert_eq!(at().step(&page("[1, 2]", "1", "1.5")), more);
    // The server may return fewer records than requested.
    assert_eq!(at().step(&page("[1]", "1", "1.5")), more);
    assert_eq!(at().step(&page("[]", "0", "1.5")), end);
    assert_eq!(at().step(&page("[]", "2", "1.5")), end);
    // Even if the server counts more records, and leads to the same page.
    assert_eq!(at().new_records(0).step(&page("[]", "2", "1.0")), r#"caught up {"target":"/c?start=1.0"}"#);
    // A page of repeated records is followed by the next one.
    assert_eq!(at().new_records(0).step(&page("[1, 2]", "2", "1.5")), more);
    // A page that leads to itself is requested again only while it has new records.
    let still = r#"caught up {"target":"/c?start=1.0"}"#;
    assert_eq!(at().step(&page("[1, 2]", "2", "1.0")), "fetch again");
    assert_eq!(at().step(&page("[1]", "1", "1.0")), "fetch again");
    // The page size, which changes after a timeout, makes no difference.
    assert_eq!(at().step(&page("[1]", "1", "1.0&limit=7")), "fetch again");
    // A full page may hide others of the same time, unless it is the largest one.
    assert_eq!(at().new_records(0).step(&page("[1, 2]", "2", "1.0")), "fetch again");
    let again = at().new_records(0).stalls(1);
    assert_eq!(again.step(&page("[1, 2]", "2", "1.0")), "NoProgress { pages: 2 }");
    assert_eq!(Case { size: 9, ..again }.step(&page("[1, 2]", "2", "1.0")), still);
    assert_eq!(Case { size: 9, ..at().new_records(0) }.step(&page("[1]", "9", "1.0")), still);
    assert_eq!(at().new_records(0).step(&page("[1]", "1", "1.0")), still);
    assert_eq!(at().new_records(0).step(&page("[]", "2", "1.0")), still);
    assert_eq!(at().step(r#"{"rows": [1, 2], "count": 2, "next_page": null}"#), "MissingCursor");
    assert_eq!(at().step(r#"{"rows": [1], "count": 1, "next_page": null}"#), still);
    assert!(at().step(r#"{"rows": [1], "next_page": "http://api.test/c"}"#).contains("another host"));
}

#[test]
fn a_list_ends_without_a_next_page() {
    let next = |address: &str| Case::new(NextPage, Position::Start).step(address);
    assert_eq!(
        next(&format!(r#"{{"rows": [1], "next_page": "{HOST}/l?page=2"}}"#)),
        r#"more {"target":"/l?page=2"}"#
    );
    assert_eq!(next(r#"{"rows": [1], "next_page": null}"#), r#"caught up "end""#);
    assert_eq!(next(r#"{"rows": [1]}"#), r#"caught up "end""#);
    assert!(next(r#"{"rows": [1], "next_page": "https://evil.test/l"}"#).contains("another host"));

    let after = |page: &str| Case::new(PageCursor, Position::After("a".to_owned())).step(page);
    let more = r#"more {"page[after]":"b"}"#;
    assert_eq!(after(r#"{"rows": [1], "meta": {"has_more": true, "after_cursor": "b"}}"#), more);
    assert_eq!(after(r#"{"rows": [], "meta": {"after_cursor": "b"}, "links": {"next": "x"}}"#), more);
    assert_eq!(after(r#"{"rows": [1], "meta": {"has_more": true}}"#), "MissingCursor");
    assert_eq!(after(r#"{"rows": [1], "meta": {"has_more": true, "after_cursor": "a"}}"#), "RepeatedCursor");
    let end = r#"caught up {"page[after]":"b"}"#;
    assert_eq!(after(r#"{"rows": [1], "meta": {"has_more": false, "after_cursor": "b"}}"#), end);
    assert_eq!(after(r#"{"rows": [1], "meta": null}"#), r#"caught up {"page[after]":"a"}"#);
}
