//! Exports that follow new records.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use simulator::{Changes, Fault};
use zendesk_client::{ExportEvent, WaitReason, incremental_export};

use super::scripted_server::{ScriptedResponse, ScriptedServer};
use super::{at, config, export_kind, once};
use crate::export::TestServer;

const END: &str = r#"{"tickets": [], "after_cursor": "a", "end_of_stream": true}"#;

#[tokio::test]
async fn waits_between_polls_are_events() {
    let server = ScriptedServer::pages([END]);
    let events = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&events);
    let export = server.client().export(incremental_export::tickets_by_cursor().start_time(at(100)));
    let interval = Duration::from_mins(10);
    let export = export.follow(interval).on_event(move |event| {
        log.lock().unwrap().push(match event {
            ExportEvent::Waiting(wait) => (Some(wait.reason), wait.duration, false),
            ExportEvent::Page(progress) => (None, progress.waited, progress.caught_up),
            other => panic!("{other:?}"),
        });
    });
    let mut pages = export.pages();
    for _ in 0..3 {
        let page = pages.next().await.unwrap().unwrap();
        assert!(page.is_caught_up() && page.checkpoint.is_caught_up() && pages.progress().unwrap().caught_up);
    }
    let wait = (Some(WaitReason::Poll), interval, false);
    let page = |waited| (None, interval * waited, true);
    assert_eq!(*events.lock().unwrap(), [page(0), wait, page(1), wait, page(2)]);
    assert_eq!(server.requests().len(), 3, "one request for each poll");
}

#[tokio::test]
async fn retries_and_their_waits_are_events() {
    let server = ScriptedServer::start(|number, _| match number {
        0 => ScriptedResponse::Status(503, "Busy"),
        _ => ScriptedResponse::Json(END.to_owned()),
    });
    let events = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&events);
    let export = server.client().export(incremental_export::tickets_by_cursor().start_time(at(100)));
    let export = export.on_event(move |event| {
        log.lock().unwrap().push(match event {
            ExportEvent::Retrying(error) => (error.status(), None),
            ExportEvent::Waiting(wait) => {
                assert_eq!(wait.reason, WaitReason::Retry);
                (None, Some(wait.duration))
            }
            ExportEvent::Page(progress) => (Some(200), Some(progress.waited)),
            other => panic!("{other:?}"),
        });
    });
    export.pages().next().await.unwrap().unwrap();
    let events = events.lock().unwrap();
    let waited = events.iter().find_map(|(_, waited)| *waited);
    assert!(waited.is_some(), "{events:?}");
    assert_eq!(*events, [(None, waited), (Some(503), None), (Some(200), waited)]);
}

#[tokio::test]
async fn an_interval_of_zero_lets_other_tasks_run() {
    let server = ScriptedServer::pages([END]);
    let client = server.builder().rate_limits(false).build().unwrap();
    let others = Arc::new(AtomicU32::new(0));
    let count = Arc::clone(&others);
    tokio::spawn(async move {
        loop {
            count.fetch_add(1, Ordering::Relaxed);
            tokio::task::yield_now().await;
        }
    });
    let export = client.export(incremental_export::tickets_by_cursor().start_time(at(100)));
    let mut pages = export.follow(Duration::ZERO).pages();
    for number in 1..=20 {
        let before = others.load(Ordering::Relaxed);
        assert!(pages.next().await.unwrap().unwrap().is_caught_up());
        assert!(others.load(Ordering::Relaxed) > before, "others wait while it polls");
        assert_eq!(server.requests().len(), number, "one request for each poll");
    }
}

#[tokio::test]
async fn the_longest_interval_does_not_overflow() {
    let server = ScriptedServer::pages([END]);
    let export = || server.client().export(incremental_export::tickets_by_cursor().start_time(at(100)));
    let mut pages = export().follow(Duration::MAX).pages();
    for _ in 0..3 {
        assert!(pages.next().await.unwrap().unwrap().is_caught_up());
    }
}

#[tokio::test]
async fn an_export_is_caught_up_only_between_polls() {
    let changes = Changes { per_request: 9, total: 200 };
    let server = TestServer::start(config().changes(changes)).await;
    let mut pages =
        export_kind("tickets by time").export(&server.client(), 10).follow(Duration::from_mins(10)).pages();
    let mut states = Vec::new();
    while states.len() < 120 {
        let page = pages.next().await.unwrap().unwrap();
        assert_eq!(page.is_caught_up(), page.checkpoint.is_caught_up());
        states.push(page.is_caught_up());
    }
    let edges = states.windows(2).filter(|pair| pair[0] != pair[1]).count();
    assert!(edges > 4, "it catches up and falls behind: {states:?}");
}

#[tokio::test]
async fn an_error_does_not_end_a_following_export() {
    let server = TestServer::start(config().tickets(20).faults(once(Fault::MissingCursor))).await;
    let mut pages =
        export_kind("tickets by cursor").export(&server.client(), 5).follow(Duration::from_mins(10)).pages();
    assert!(pages.next().await.unwrap().is_err());
    for _ in 0..12 {
        assert!(pages.next().await.unwrap().is_ok());
    }
}

#[tokio::test]
async fn a_failed_poll_is_repeated() {
    let server = ScriptedServer::start(|number, _| {
        if number == 1 {
            ScriptedResponse::Status(403, "Forbidden")
        } else {
            ScriptedResponse::Json(END.to_owned())
        }
    });
    let mut pages = {
        let export = server.client().export(incremental_export::tickets_by_cursor().start_time(at(100)));
        export.follow(Duration::from_mins(10)).pages()
    };
    let mut outcomes = Vec::new();
    for _ in 0..3 {
        outcomes.push(pages.next().await.unwrap().is_ok());
    }
    assert_eq!(outcomes, [true, false, true]);
    let cursor = "/api/v2/incremental/tickets/cursor?cursor=a";
    assert_eq!(server.targets()[1..], [cursor, cursor]);
}
