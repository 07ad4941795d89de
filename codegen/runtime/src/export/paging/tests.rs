//! The decisions after a page, one by one.

use bytes::Bytes;

use super::{Stop, Turn, Verdict, judge};
use crate::error::Error;
use crate::error::{ExportError, ExportErrorKind};
use crate::export::place::Place;
use crate::export::scan;
use crate::operation::PaginationStyle::{self, Chat, Cursor, NextPage, PageCursor, RoutingCursor, Time};

const HOST: &str = "https://api.test";

/// A page, and the circumstances that it came under.
struct Case {
    style: PaginationStyle,
    asked: Place,
    size: u32,
    fresh: usize,
    stalls: u32,
    step_over: bool,
}

impl Case {
    fn new(style: PaginationStyle, asked: Place) -> Self {
        Self { style, asked, size: 2, fresh: 2, stalls: 0, step_over: false }
    }

    fn fresh(self, fresh: usize) -> Self {
        Self { fresh, ..self }
    }

    fn stalls(self, stalls: u32) -> Self {
        Self { stalls, ..self }
    }

    /// What is decided, in short.
    fn decides(&self, page: &str) -> String {
        let page = scan::page(&Bytes::copy_from_slice(page.as_bytes()), "rows", None).unwrap();
        let second = match self.asked {
            Place::Time(second) => Some(second),
            _ => None,
        };
        let turn = Turn {
            asked: &self.asked,
            second,
            size: self.size,
            page: &page,
            fresh: self.fresh,
            stalls: self.stalls,
            step_over: self.step_over,
            visited: &|place| place == &Place::Cursor("old".into()),
            local: &local,
        };
        match judge(self.style, &turn) {
            Ok(Verdict::More(place)) => format!("more {}", place.to_json()),
            Ok(Verdict::CaughtUp(place)) => format!("caught up {}", place.to_json()),
            Ok(Verdict::StepOver(place)) => format!("step over {}", place.to_json()),
            Ok(Verdict::AskAgain) => "ask again".to_owned(),
            Err(Stop::Export(kind)) => format!("{kind:?}"),
            Err(Stop::Other(error)) => format!("{error}"),
        }
    }
}

/// Stands for the client, which knows its own server; any error will do.
fn local(url: &str) -> Result<String, Error> {
    let foreign = || ExportError::new("a foreign address", ExportErrorKind::NotPaged);
    url.strip_prefix(HOST).map(str::to_owned).ok_or_else(|| foreign().into())
}

#[test]
fn by_time() {
    let at = || Case::new(Time, Place::Time(100));
    for (case, page, verdict) in [
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
        // Without `end_of_stream`, a page that brings nothing new is the end; if it has records, when asked twice.
        (at().fresh(0), r#"{"rows": [1], "end_time": 100}"#, "ask again"),
        (at().fresh(0).stalls(1), r#"{"rows": [1], "end_time": 100}"#, r#"caught up {"start_time":100}"#),
        (at().fresh(0), r#"{"rows": [], "end_time": null}"#, r#"caught up {"start_time":100}"#),
        (at().fresh(1), r#"{"rows": [1], "end_time": 100}"#, r#"more {"start_time":100}"#),
        // A page that does not get on is asked for once more, and as long as it brings something.
        (at(), r#"{"rows": [1, 2], "end_time": 100}"#, "ask again"),
        (at().fresh(0), r#"{"rows": [1, 2], "end_time": 100, "end_of_stream": false}"#, "ask again"),
        (at().fresh(0), r#"{"rows": [], "end_time": null, "end_of_stream": false}"#, "ask again"),
        (at().stalls(1), r#"{"rows": [1, 2], "end_time": 100, "end_of_stream": false}"#, "ask again"),
        (at().stalls(1).fresh(0), r#"{"rows": [1, 2], "end_time": 100}"#, "Stalled { second: 100 }"),
        (
            Case { step_over: true, ..at().stalls(1).fresh(0) },
            r#"{"rows": [1, 2], "end_time": 100, "end_of_stream": false}"#,
            r#"step over {"start_time":101}"#,
        ),
    ] {
        assert_eq!(case.decides(page), verdict, "{page}");
    }
}

#[test]
fn by_cursor() {
    let at = |cursor: &str| Case::new(Cursor, Place::Cursor(cursor.to_owned()));
    for (case, page, verdict) in [
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
        assert_eq!(case.decides(page), verdict, "{page}");
    }
}

#[test]
fn by_routing_cursor() {
    let next = |cursor: &str| {
        format!(r#"{{"rows": [1], "count": 1, "next_page": "{HOST}/x.json?cursor={cursor}&y=1"}}"#)
    };
    let at = || Case::new(RoutingCursor, Place::Cursor("a b".to_owned()));
    assert_eq!(at().decides(&next("c%3D")), r#"more {"cursor":"c="}"#);
    assert_eq!(at().decides(&next("a+b")), "RepeatedCursor");
    assert_eq!(at().decides(&next("old")), "RepeatedCursor");
    assert_eq!(at().decides(&next("")), "MissingCursor");
    assert_eq!(at().decides(r#"{"rows": [1], "next_page": null}"#), "MissingCursor");
    assert!(at().decides(r#"{"rows": [1], "next_page": "https://evil.test/?cursor=c"}"#).contains("foreign"));
    // Only a page without rows is the end.
    let end = format!(r#"{{"rows": [], "count": 0, "next_page": "{HOST}/?cursor=c"}}"#);
    assert_eq!(at().decides(&end), r#"caught up {"cursor":"a b"}"#);
    assert_eq!(Case::new(RoutingCursor, Place::Start).decides(&end), r#"caught up "start""#);
}

#[test]
fn by_address_that_is_always_there() {
    let page = |rows: &str, count: &str, next: &str| {
        format!(
            r#"{{"rows": {rows}, "count": {count}, "end_time": 1.5, "next_page": "{HOST}/c?start={next}"}}"#
        )
    };
    let at = || Case::new(Chat, Place::Target("/c?start=1.0".to_owned()));
    let more = r#"more {"target":"/c?start=1.5"}"#;
    let end = r#"caught up {"target":"/c?start=1.5"}"#;
    assert_eq!(at().decides(&page("[1, 2]", "2", "1.5")), more);
    assert_eq!(at().decides(&page("[1]", "2", "1.5")), more);
    assert_eq!(at().decides(&page("[1, 2]", "1", "1.5")), more);
    assert_eq!(at().decides(&page("[1]", "1", "1.5")), end);
    assert_eq!(at().decides(&page("[]", "0", "1.5")), end);
    assert_eq!(at().decides(&page("[]", "2", "1.5")), end);
    // What leads back to itself goes on only as long as it brings something.
    let still = r#"caught up {"target":"/c?start=1.0"}"#;
    assert_eq!(at().decides(&page("[1, 2]", "2", "1.0")), "ask again");
    assert_eq!(at().fresh(0).decides(&page("[1, 2]", "2", "1.0")), still);
    assert_eq!(at().decides(r#"{"rows": [1, 2], "count": 2, "next_page": null}"#), "MissingCursor");
    assert_eq!(at().decides(r#"{"rows": [1], "count": 1, "next_page": null}"#), still);
    assert!(at().decides(r#"{"rows": [1], "next_page": "http://api.test/c"}"#).contains("foreign"));
}

#[test]
fn lists() {
    let next = |address: &str| Case::new(NextPage, Place::Start).decides(address);
    assert_eq!(
        next(&format!(r#"{{"rows": [1], "next_page": "{HOST}/l?page=2"}}"#)),
        r#"more {"target":"/l?page=2"}"#
    );
    assert_eq!(next(r#"{"rows": [1], "next_page": null}"#), r#"caught up "end""#);
    assert_eq!(next(r#"{"rows": [1]}"#), r#"caught up "end""#);
    assert!(next(r#"{"rows": [1], "next_page": "https://evil.test/l"}"#).contains("foreign"));

    let after = |page: &str| Case::new(PageCursor, Place::After("a".to_owned())).decides(page);
    let more = r#"more {"page[after]":"b"}"#;
    assert_eq!(after(r#"{"rows": [1], "meta": {"has_more": true, "after_cursor": "b"}}"#), more);
    assert_eq!(after(r#"{"rows": [], "meta": {"after_cursor": "b"}, "links": {"next": "x"}}"#), more);
    assert_eq!(after(r#"{"rows": [1], "meta": {"has_more": true}}"#), "MissingCursor");
    assert_eq!(after(r#"{"rows": [1], "meta": {"has_more": true, "after_cursor": "a"}}"#), "RepeatedCursor");
    let end = r#"caught up {"page[after]":"b"}"#;
    assert_eq!(after(r#"{"rows": [1], "meta": {"has_more": false, "after_cursor": "b"}}"#), end);
    assert_eq!(after(r#"{"rows": [1], "meta": null}"#), r#"caught up {"page[after]":"a"}"#);
}
