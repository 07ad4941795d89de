//! Servers and checkpoints that are not to be trusted.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use simulator::{Fault, Resource};
use zendesk_client::{
    Auth, Checkpoint, Client, ErrorKind, ExportErrorKind, ExportEvent, chat_export, incremental_export,
};

use super::scripted_server::{NOW, ScriptedResponse, ScriptedServer};
use super::{always, at, config, export_kind, ids, once, parameter, remaining, stop_reason};
use crate::export::{ExportResult, TestServer};

#[tokio::test]
async fn fresh_cursors_with_empty_pages_end_with_an_error() {
    for name in ["tickets by cursor", "users by cursor"] {
        let server = TestServer::start(config().faults(always(Fault::EmptyPage))).await;
        let mut pages = export_kind(name).export(&server.client(), 10).pages();
        let (records, error) = remaining(&mut pages).await;
        let error = error.unwrap();
        assert_eq!(stop_reason(&error), &ExportErrorKind::NoProgress { pages: 250 });
        assert!(error.to_string().contains("the last 250 had no new records"), "{error}");
        assert!(records.is_empty());
        assert_eq!(server.requests(), 251);
    }
}

#[tokio::test]
async fn pages_without_new_records_end_with_an_error() {
    // New positions for ever: by time, by page number, and with the same records each time.
    let by_time = ScriptedServer::start(|number, _| {
        ScriptedResponse::Json(format!(
            r#"{{"tickets": [], "end_time": {}, "end_of_stream": false}}"#,
            200 + number
        ))
    });
    let repeated = ScriptedServer::start(|number, _| {
        ScriptedResponse::Json(format!(
            r#"{{"tickets": [{{"id": 1, "generated_timestamp": 7}}], "after_cursor": "{number}", "end_of_stream": false}}"#
        ))
    });
    let by_number = ScriptedServer::start(|number, _| {
        ScriptedResponse::Json(format!(
            r#"{{"chats": [{{"id": "a", "update_timestamp": "2026-01-01T00:00:00Z"}}], "count": 1,
               "next_page": "HOST/api/v2/chat/incremental/chats?page={number}"}}"#
        ))
    });
    for (server, export) in [
        (&by_time, by_time.client().export(incremental_export::tickets_by_time(at(100))).raw()),
        (
            &repeated,
            repeated.client().export(incremental_export::tickets_by_cursor().start_time(at(5))).raw(),
        ),
        (&by_number, by_number.client().export(chat_export::chats().start_time(at(5))).raw()),
    ] {
        let (_, error) = remaining(&mut export.pages()).await;
        assert!(matches!(stop_reason(&error.unwrap()), ExportErrorKind::NoProgress { .. }));
        assert!((250..=253).contains(&server.requests().len()), "{}", server.requests().len());
    }
}

#[tokio::test]
async fn a_date_of_1970_moves_no_checkpoint_back() {
    for name in ["metric events by time", "tickets by time", "ticket events", "organizations"] {
        let kind = export_kind(name);
        let server = TestServer::start(config().faults(always(Fault::EpochDate))).await;
        let mut received = ExportResult::default();
        let mut before = 0;
        for _ in 0..4 {
            let requests = server.requests();
            received.run_to_end(&kind, &server.client(), 40).await;
            let state = serde_json::to_value(received.checkpoint.as_ref().unwrap()).unwrap();
            let next = state["next"]["start_time"].as_i64().unwrap();
            assert!(next >= before, "{name}: {state}");
            before = next;
            assert!(requests == 0 || server.requests() - requests < 20, "{name}");
            server.simulator.advance(Duration::from_hours(1));
        }
        received.check(&kind, &server.simulator, 11);
        assert!(before > 1_700_000_000, "{name}: {before}");
    }
}

#[tokio::test]
async fn an_end_in_the_future_skips_no_records() {
    // 100 records, ten to a page; the second response says that its page ends in 2100.
    let first = i64::try_from(NOW).unwrap() - 100_000;
    let serve = move |lies: fn(usize) -> bool, list: &'static str| {
        ScriptedServer::start(move |number, request| {
            let start: i64 = parameter(&request.target, "start_time").unwrap().parse().unwrap();
            if start > i64::try_from(NOW).unwrap() {
                return ScriptedResponse::Status(422, "Too recent start_time.");
            }
            let from = (start - first).max(0);
            let records: Vec<_> = (from..(from + 10).min(100))
                .map(|number| format!(r#"{{"id": {number}, "generated_timestamp": {}}}"#, first + number))
                .collect();
            let end = if lies(number) { 4_102_444_800 } else { first + (from + 9).min(99) };
            let last = from + 10 >= 100;
            let records = records.join(",");
            ScriptedResponse::Json(format!(
                r#"{{"{list}": [{records}], "end_time": {end}, "end_of_stream": {last}}}"#
            ))
        })
    };
    for list in ["tickets", "organizations"] {
        let export = |server: &ScriptedServer| match list {
            "tickets" => server.client().export(incremental_export::tickets_by_time(at(first))).raw(),
            _ => server.client().export(incremental_export::organizations(at(first))).raw(),
        };
        let (records, error) = remaining(&mut export(&serve(|number| number == 1, list)).pages()).await;
        assert!(error.is_none() && records.len() == 100, "{list}: {}, {error:?}", records.len());
        // If the server always says so, that is an error, and nothing is skipped.
        let (records, error) = remaining(&mut export(&serve(|number| number > 0, list)).pages()).await;
        assert!(matches!(stop_reason(&error.unwrap()), ExportErrorKind::Stalled { .. }), "{list}");
        assert!(records.len() < 20, "{list}");
    }
}

#[tokio::test]
async fn a_host_that_repeats_a_credential_is_not_shown() {
    // The token of the server's client.
    let pages = ["https://S3cret-token.evil.test/x", "https://s3cret-token.evil.test/x"];
    for url in pages {
        let server = ScriptedServer::pages([&format!(
            r#"{{"chats": [{{"id": "1"}}], "count": 1, "next_page": "{url}"}}"#
        )]);
        let export = server.client().export(chat_export::chats().start_time(at(1))).raw();
        let error = remaining(&mut export.pages()).await.1.unwrap();
        assert_eq!(error.rejected_host(), Some("***.evil.test"));
        assert!(!format!("{error} {error:?}").contains("cret-token"), "{error:?}");
    }
}

#[tokio::test]
async fn a_tampered_checkpoint_stays_below_the_base_url() {
    let server = ScriptedServer::pages([r#"{"chats": [], "count": 0, "next_page": null}"#]);
    let client = Client::builder()
        .base_url(format!("{}/proxy/", server.url))
        .auth(Auth::bearer("s3cret"))
        .build()
        .unwrap();
    let checkpoint = |target: &str| {
        format!(r#"{{"version": 1, "operation": "IncrementalChatExport", "next": {{"target": "{target}"}}}}"#)
            .parse::<Checkpoint>()
    };
    for target in ["/../admin", "/%2e%2E/admin", "/a/../../admin", "//../admin", "/.\\t./admin"] {
        assert!(checkpoint(target).unwrap_err().to_string().contains("`next`"), "{target}");
    }
    for target in ["/chats?start_time=1", "//evil.test/chats", "/@evil.test/", "/:80/"] {
        let export = client.export(chat_export::chats()).resume(checkpoint(target).unwrap()).raw();
        remaining(&mut export.pages()).await;
        let sent = server.targets().pop().unwrap();
        assert!(sent.starts_with("/proxy/"), "{target}: {sent}");
    }
}

#[tokio::test]
async fn a_rejected_cursor_is_explained() {
    let kind = export_kind("tickets by cursor");
    let server = TestServer::start(config().faults(once(Fault::RejectedCursor))).await;
    let mut pages = kind.export(&server.client(), 40).pages();
    let (records, error) = remaining(&mut pages).await;
    let error = error.unwrap();
    assert!(error.is_rejected_cursor() && error.kind() == ErrorKind::Status, "{error}");
    assert_eq!((error.status(), error.attempts()), (Some(400), 1));
    let reached = pages.progress().unwrap().reached.unwrap();
    let text = error.to_string();
    for part in [
        "cursor is invalid",
        "no longer accepts the cursor",
        "start without the checkpoint, from the time reached",
        &reached.to_string(),
        "`restart_rejected_cursor(true)`",
    ] {
        assert!(text.contains(part), "{text}");
    }
    assert!(!records.is_empty());
    // A cursor of the caller is not that of a checkpoint.
    let server = TestServer::start(config().faults(always(Fault::RejectedCursor))).await;
    let request = incremental_export::tickets_by_cursor().cursor("x");
    let error = server.client().export(request).pages().next().await.unwrap().unwrap_err();
    assert!(!error.is_rejected_cursor() && error.status() == Some(400), "{error}");
}

#[tokio::test]
async fn an_export_without_a_time_reached_restarts_at_the_start_if_the_caller_enables_it() {
    for name in
        ["users by cursor", "attributes", "attribute values", "instance values", "metric events by cursor"]
    {
        let kind = export_kind(name);
        let config = || config().routing_page_size(3).faults(once(Fault::RejectedCursor));
        let server = TestServer::start(config()).await;
        let error = remaining(&mut kind.export(&server.client(), 20).pages()).await.1.unwrap();
        assert!(error.is_rejected_cursor(), "{name}: {error}");
        let expected = "start without the checkpoint, or let the export do that with `restart_rejected_cursor(true)`; \
                        records are then repeated";
        assert!(error.to_string().contains(expected), "{error}");

        let server = TestServer::start(config()).await;
        let restarts = Arc::new(Mutex::new(Vec::new()));
        let noted = Arc::clone(&restarts);
        let export = kind.export(&server.client(), 20).restart_rejected_cursor(true).on_event(move |event| {
            if let ExportEvent::Restarted { second } = event {
                noted.lock().unwrap().push(*second);
            }
        });
        let (records, error) = remaining(&mut export.pages()).await;
        assert!(error.is_none(), "{name}: {error:?}");
        assert_eq!(*restarts.lock().unwrap(), [None], "{name}");
        let versions: BTreeSet<_> = records.iter().map(|record| kind.version(record)).collect();
        assert_eq!(versions, server.simulator.versions(kind.resource), "{name}");
    }
}

#[tokio::test]
async fn an_export_whose_records_have_no_time_restarts_before_it_last_caught_up() {
    let kind = export_kind("users by cursor");
    let server = TestServer::start(config()).await;
    let mut pages = kind.export(&server.client(), 20).pages();
    let mut checkpoint = None;
    while let Some(page) = pages.next().await {
        checkpoint = Some(page.unwrap().checkpoint);
    }
    let checkpoint = checkpoint.unwrap();
    let reached = checkpoint.reached().unwrap().as_seconds();
    let now = server.simulator.now();
    assert!((now - 700..=now - 600).contains(&reached), "{reached} at {now}");
    let rejecting = ScriptedServer::start(move |_, request| {
        if parameter(&request.target, "cursor").is_some() {
            return ScriptedResponse::Status(422, "cursor has expired");
        }
        assert_eq!(parameter(&request.target, "start_time"), Some(reached.to_string().as_str()));
        ScriptedResponse::Json(
            r#"{"users": [{"id": 1}], "after_cursor": "b", "end_of_stream": true}"#.to_owned(),
        )
    });
    let export = kind.export(&rejecting.client(), 20).restart_rejected_cursor(true).resume(checkpoint);
    let (records, error) = remaining(&mut export.pages()).await;
    assert!(error.is_none() && records.len() == 1, "{error:?}");
    assert_eq!(rejecting.requests().len(), 2);
}

#[tokio::test]
async fn an_export_restarts_at_the_time_reached_if_the_caller_enables_it() {
    let kind = export_kind("tickets by cursor");
    let mut restarts = 0;
    for size in [20, 40, 60] {
        let faults = always(Fault::RejectedCursor).probability(0.3);
        let server = TestServer::start(config().faults(faults)).await;
        let client = server.client();
        let (mut versions, mut checkpoint) = (Vec::new(), None::<Checkpoint>);
        // Each page in another process.
        for _ in 0..1_000 {
            let seconds = Arc::new(Mutex::new(Vec::new()));
            let noted = Arc::clone(&seconds);
            let export = kind.export(&client, size).restart_rejected_cursor(true).on_event(move |event| {
                if let ExportEvent::Restarted { second } = event {
                    noted.lock().unwrap().push(*second);
                }
            });
            let Some(page) = export.resume(checkpoint.take()).pages().next().await else { break };
            let page = page.unwrap();
            restarts += seconds.lock().unwrap().len();
            versions.extend(page.records.iter().map(|record| kind.version(record)));
            let is_last = page.is_caught_up();
            checkpoint = Some(page.checkpoint.to_string().parse().unwrap());
            if is_last {
                break;
            }
        }
        let received = ExportResult { versions, ..ExportResult::default() };
        received.check(&kind, &server.simulator, 11);
        assert_eq!(received.versions.len(), server.simulator.versions(Resource::Tickets).len());
    }
    assert!(restarts > 0, "no cursor was rejected, so this test shows nothing");
}

#[tokio::test]
async fn a_permanent_rejection_ends_the_export_after_a_restart() {
    let server = ScriptedServer::start(|_, request| {
        if parameter(&request.target, "cursor").is_some() {
            return ScriptedResponse::Status(422, "cursor has expired");
        }
        ScriptedResponse::Json(
            r#"{"tickets": [{"id": 1, "generated_timestamp": 50}], "after_cursor": "b", "end_of_stream": false}"#
                .to_owned(),
        )
    });
    let request = incremental_export::tickets_by_cursor().start_time(at(5));
    let export = server.client().export(request).restart_rejected_cursor(true).raw();
    let (records, error) = remaining(&mut export.pages()).await;
    assert!(error.as_ref().unwrap().is_rejected_cursor(), "{error:?}");
    assert!(error.unwrap().to_string().contains("cursor has expired"));
    assert_eq!(records.len(), 1);
    let path = "/api/v2/incremental/tickets/cursor";
    let (start, rejected) = (|second| format!("{path}?start_time={second}"), format!("{path}?cursor=b"));
    assert_eq!(server.targets(), [start(5), rejected.clone(), start(50), rejected]);
}

#[tokio::test]
async fn an_export_restarts_again_after_progress_and_repeats_no_record() {
    let ticket = |id: i64, time: i64| format!(r#"{{"id": {id}, "generated_timestamp": {time}}}"#);
    let server = ScriptedServer::start(move |_, request| {
        let start = parameter(&request.target, "start_time").map(|start| start.parse().unwrap());
        let (records, next) = match (start, parameter(&request.target, "cursor")) {
            (Some(5), _) => (ticket(1, 50), "b"),
            // An empty page forgets no record of the second where the export restarts.
            (_, Some("b")) => (String::new(), "c"),
            (Some(50), _) => ([ticket(1, 50), ticket(2, 50), ticket(3, 90)].join(","), "d"),
            (Some(90), _) => ([ticket(3, 90), ticket(4, 90)].join(","), "e"),
            (_, Some("c" | "d")) => return ScriptedResponse::Status(422, "cursor has expired"),
            _ => panic!("{}", request.target),
        };
        let last = next == "e";
        ScriptedResponse::Json(format!(
            r#"{{"tickets": [{records}], "after_cursor": "{next}", "end_of_stream": {last}}}"#
        ))
    });
    let request = incremental_export::tickets_by_cursor().start_time(at(5));
    assert_eq!(ids(server.client().export(request).restart_rejected_cursor(true).raw()).await, [1, 2, 3, 4]);
    assert_eq!(server.requests().len(), 6);
}

#[tokio::test]
async fn an_export_whose_requests_have_no_start_time_restarts_at_the_start() {
    let server = ScriptedServer::start(|number, request| {
        if number == 2 {
            return ScriptedResponse::Status(422, "cursor has expired");
        }
        let (records, cursor) = match parameter(&request.target, "cursor") {
            None => (r#"{"id": "a"}"#, "b"),
            Some(_) => ("", "b"),
        };
        let next = format!("HOST/api/v2/incremental/routing/attributes?cursor={cursor}");
        ScriptedResponse::Json(format!(r#"{{"attributes": [{records}], "count": 1, "next_page": "{next}"}}"#))
    });
    let export = export_kind("attributes").export(&server.client(), 20);
    let mut pages = export.restart_rejected_cursor(true).follow(Duration::from_mins(5)).pages();
    for _ in 0..3 {
        let page = pages.next().await.unwrap().unwrap();
        assert_eq!(page.checkpoint.reached(), None);
    }
    let path = "/api/v2/incremental/routing/attributes";
    let next = format!("{path}?cursor=b");
    assert_eq!(server.targets(), [path, &next, &next, path]);
}

#[tokio::test]
async fn an_export_continues_if_the_page_after_many_empty_ones_has_a_record() {
    let server = ScriptedServer::start(|number, _| {
        let records = if number % 251 == 250 { format!(r#"{{"id": {number}}}"#) } else { String::new() };
        let last = number == 752;
        ScriptedResponse::Json(format!(
            r#"{{"users": [{records}], "after_cursor": "c{number}", "end_of_stream": {last}}}"#
        ))
    });
    let export = server.client().export(incremental_export::users_by_cursor().start_time(at(5)));
    assert_eq!(ids(export.raw()).await, [250, 501, 752]);
}
