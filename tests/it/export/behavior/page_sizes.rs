//! Page sizes after timeouts.

use std::time::Duration;

use simulator::Fault;
use zendesk_client::{
    Checkpoint, ErrorKind, RetryPolicy, chat_export, incremental_export, ticket_metric_events,
};

use super::scripted_server::{ScriptedResponse, ScriptedServer};
use super::{always, at, config, export_kind, ids, parameter, remaining};
use crate::export::{ExportResult, TestServer};

/// Returns the requested page sizes, and whether the request succeeded.
fn sizes(server: &TestServer) -> Vec<(u32, bool)> {
    let seen = server.simulator.requests();
    let size = |query| parameter(query, "per_page").or(parameter(query, "limit")).unwrap().parse().unwrap();
    seen.iter().map(|seen| (size(&seen.query), seen.status == Some(200))).collect()
}

#[tokio::test]
async fn page_sizes_are_halved_until_a_page_succeeds_and_grow_again() {
    for name in ["tickets by cursor", "tickets by time", "users by cursor", "chats"] {
        let faults = always(Fault::GatewayTimeout).large_page(60);
        let server = TestServer::start(config().tickets(1_500).faults(faults)).await;
        let kind = export_kind(name);
        let mut pages = kind.export(&server.client(), 400).pages();
        let mut expected = 400;
        let mut received = ExportResult::default();
        while let Some(page) = pages.next().await {
            let page = page.unwrap();
            let sizes = sizes(&server);
            let (first, _) =
                sizes[sizes.len() - 1 - sizes.iter().rev().skip(1).take_while(|(_, well)| !well).count()];
            assert_eq!(first, expected, "{name}: the announced size is requested");
            expected = page.progress.page_size;
            received.versions.extend(page.records.iter().map(|record| kind.version(record)));
        }
        received.check(&kind, &server.simulator, 11);
        let sizes = sizes(&server);
        for pair in sizes.windows(2) {
            let ((before, well), (after, _)) = (pair[0], pair[1]);
            let expected = if well { before..=before + before / 10 + 1 } else { before / 2..=before / 2 };
            assert!(expected.contains(&after), "{name}: {sizes:?}");
        }
        assert!(
            sizes.starts_with(&[
                (400, false),
                (200, false),
                (100, false),
                (50, true),
                (55, true),
                (60, true),
                (66, false)
            ]),
            "{sizes:?}"
        );
    }
}

#[tokio::test]
async fn page_sizes_grow_up_to_the_size_of_the_caller() {
    let server = ScriptedServer::start(|number, _| match number {
        0 => ScriptedResponse::Status(504, "upstream request timeout"),
        _ => ScriptedResponse::Json(format!(
            r#"{{"tickets": [], "after_cursor": "{number}", "end_of_stream": {}}}"#,
            number == 8
        )),
    });
    let request = incremental_export::tickets_by_cursor().start_time(at(5)).per_page(30);
    let mut pages = server.client().export(request).pages();
    let mut announced = Vec::new();
    while let Some(page) = pages.next().await {
        announced.push(page.unwrap().progress.page_size);
    }
    let targets = server.targets();
    let requested: Vec<&str> = targets.iter().map(|target| parameter(target, "per_page").unwrap()).collect();
    assert_eq!(requested, ["30", "15", "16", "18", "19", "21", "23", "26", "28"]);
    assert_eq!(announced, [16, 18, 19, 21, 23, 26, 28, 30]);
}

#[tokio::test]
async fn page_sizes_are_halved_down_to_one_record() {
    let server = TestServer::start(config().faults(always(Fault::GatewayTimeout).large_page(0))).await;
    let mut pages = export_kind("tickets by time").export(&server.client(), 50).pages();
    let error = pages.next().await.unwrap().unwrap_err();
    // Only the attempts for the smallest page are counted.
    assert!(error.is_timeout() && error.attempts() == 6, "{error}");
    let text = error.to_string();
    for part in ["504", "a page of 1 record failed", "resume from the last checkpoint later", "6 attempts"] {
        assert!(text.contains(part), "{text}");
    }
    assert!(pages.next().await.unwrap().is_err());
    let requested: Vec<u32> = sizes(&server).into_iter().map(|(size, _)| size).collect();
    assert_eq!(requested, [50, 25, 12, 6, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
}

#[tokio::test]
async fn a_client_without_retries_requests_smaller_pages_too() {
    let server = TestServer::start(config().faults(always(Fault::GatewayTimeout).large_page(5))).await;
    let client = server.builder().retry(RetryPolicy::none()).build().unwrap();
    let kind = export_kind("tickets by cursor");
    let mut pages = kind.export(&client, 40).pages();
    assert!(pages.next().await.unwrap().is_ok());
    let requested: Vec<u32> = sizes(&server).into_iter().map(|(size, _)| size).collect();
    assert_eq!(requested, [40, 20, 10, 5]);
}

#[tokio::test]
async fn servers_that_manage_few_records_per_page_are_exported_completely() {
    for manages in [1, 5, 20] {
        for name in ["tickets by cursor", "tickets by time", "ticket events", "chats"] {
            let faults = always(Fault::GatewayTimeout).large_page(manages);
            let server = TestServer::start(config().tickets(100).empty_pages(false).faults(faults)).await;
            let kind = export_kind(name);
            let mut received = ExportResult::default();
            received.run_to_end(&kind, &server.client(), 1_000).await;
            assert!(received.errors.is_empty(), "{name}: {:?}", received.errors);
            received.check(&kind, &server.simulator, 11);
            let sizes = sizes(&server);
            let failed = sizes.iter().filter(|(_, well)| !well).count();
            // The first halvings, and then less than a third of the requests.
            assert!(failed <= 10 + sizes.len() / 3, "{name}, {manages}: {sizes:?}");
            assert!(sizes.len() <= 10 + 3 * received.versions.len(), "{name}, {manages}: {}", sizes.len());
        }
    }
}

#[tokio::test]
async fn the_page_size_that_worked_is_kept_between_processes() {
    let faults = always(Fault::GatewayTimeout).large_page(5);
    let server = TestServer::start(config().empty_pages(false).faults(faults)).await;
    let kind = export_kind("tickets by cursor");
    let client = server.client();
    let mut pages = kind.export(&client, 1_000).pages();
    let page = pages.next().await.unwrap().unwrap();
    let text = page.checkpoint.to_string();
    assert!(text.contains(r#""page_size":3"#), "{text}");
    let before = sizes(&server).len();
    let checkpoint: Checkpoint = text.parse().unwrap();
    kind.export(&client, 1_000).resume(checkpoint.clone()).pages().next().await.unwrap().unwrap();
    assert_eq!(sizes(&server)[before..], [(3, true)]);
    // A smaller size of the caller is used.
    kind.export(&client, 2).resume(checkpoint).pages().next().await.unwrap().unwrap();
    assert_eq!(sizes(&server).last(), Some(&(2, true)));
    // A checkpoint with the full size has none, and one without it resumes with the size of the caller.
    let server = TestServer::start(config()).await;
    let page = kind.export(&server.client(), 7).pages().next().await.unwrap().unwrap();
    assert!(!page.checkpoint.to_string().contains("page_size"), "{}", page.checkpoint);
    for size in ["0", "-1", "1e99", "\"x\"", "null"] {
        let text = text.replace(r#""page_size":3"#, &format!(r#""page_size":{size}"#));
        let checkpoint: Checkpoint = text.parse().unwrap();
        kind.export(&server.client(), 7).resume(checkpoint).pages().next().await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn timeouts_of_the_client_halve_page_sizes_too() {
    let server = ScriptedServer::start(|_, request| {
        let size: u32 = parameter(&request.target, "per_page").map_or(1_000, |size| size.parse().unwrap());
        if size > 300 {
            return ScriptedResponse::Silence;
        }
        ScriptedResponse::Json(r#"{"tickets": [], "end_time": null, "end_of_stream": true}"#.to_owned())
    });
    let client = server.builder().read_timeout(Duration::from_millis(50)).build().unwrap();
    let mut pages = client.export(incremental_export::tickets_by_time(at(100))).pages();
    let page = pages.next().await.unwrap().unwrap();
    assert_eq!(page.progress.page_size, 275, "it grows by a tenth of the size that worked");
    assert!(pages.next().await.is_none());
    let path = "/api/v2/incremental/tickets?start_time=100";
    let sized = |size| format!("{path}&per_page={size}");
    assert_eq!(server.targets(), [path.to_owned(), sized(500), sized(250)]);
}

#[tokio::test]
async fn a_page_size_without_a_parameter_does_not_change() {
    // 300 events of one second, repeated twice: the page is not full, so this is the end.
    let events: Vec<String> =
        (0..300).map(|id| format!(r#"{{"id": {id}, "time": "1970-01-01T00:03:20Z"}}"#)).collect();
    let body =
        format!(r#"{{"ticket_metric_events": [{}], "count": 300, "end_time": 200}}"#, events.join(","));
    let server = ScriptedServer::start(move |number, _| {
        if number < 3 {
            ScriptedResponse::Status(504, "upstream request timeout")
        } else {
            ScriptedResponse::Json(body.clone())
        }
    });
    let export =
        server.client().export(ticket_metric_events::metric_events(at(100))).allowed_lateness(Duration::ZERO);
    let mut pages = export.raw().pages();
    let page = pages.next().await.unwrap().unwrap();
    assert_eq!((page.records.len(), page.progress.page_size), (300, 1_000));
    let (records, error) = remaining(&mut pages).await;
    assert!(records.is_empty() && error.is_none(), "{error:?}");
    assert_eq!(server.requests().len(), 6);
    // The error names no size, either.
    let server = ScriptedServer::start(|_, _| ScriptedResponse::Status(504, "upstream request timeout"));
    let mut pages = server.client().export(ticket_metric_events::metric_events(at(100))).pages();
    let error = pages.next().await.unwrap().unwrap_err();
    assert!(error.is_timeout() && !error.to_string().contains("a page of"), "{error}");
}

#[tokio::test]
async fn truncated_pages_halve_page_sizes_too() {
    // Some servers state the length of what they send, although it is a part of the page.
    let server = ScriptedServer::start(|_, request| {
        let size: u32 = parameter(&request.target, "per_page").map_or(1_000, |size| size.parse().unwrap());
        let page = r#"{"tickets": [], "end_time": null, "end_of_stream": true}"#;
        ScriptedResponse::Json(if size > 300 { &page[..20] } else { page }.to_owned())
    });
    let mut pages = server.client().export(incremental_export::tickets_by_time(at(100))).pages();
    pages.next().await.unwrap().unwrap();
    let targets = server.targets();
    let sizes: Vec<_> = targets.iter().map(|target| parameter(target, "per_page")).collect();
    assert_eq!(sizes, [None, Some("500"), Some("250")]);
    // The error is not about the JSON.
    let server = ScriptedServer::pages([r#"{"tickets": [{"id": 1"#]);
    let mut pages = server.client().export(incremental_export::tickets_by_time(at(100))).pages();
    let error = pages.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Incomplete, "{error}");
}

#[tokio::test]
async fn a_full_page_of_chats_of_one_time_is_requested_with_the_largest_size() {
    const NEXT: &str = r#""next_page": "HOST/api/v2/chat/incremental/chats?start_time=9""#;
    let server = ScriptedServer::start(|_, request| {
        let limit = parameter(&request.target, "limit").map_or(1_000, |limit| limit.parse().unwrap());
        let chats: Vec<_> = (1..=3)
            .take(limit)
            .map(|id| format!(r#"{{"id": {id}, "update_timestamp": "1970-01-01T00:00:09Z"}}"#))
            .collect();
        let count = chats.len();
        ScriptedResponse::Json(format!(r#"{{"chats": [{}], "count": {count}, {NEXT}}}"#, chats.join(",")))
    });
    assert_eq!(ids(server.client().export(chat_export::chats().limit(2)).raw()).await, [1, 2, 3]);
    let targets = server.targets();
    let limits: Vec<_> = targets.iter().map(|target| parameter(target, "limit")).collect();
    assert_eq!(limits, [Some("2"), Some("2"), None, None]);
    // No page is larger, and a count may be too high.
    let chat = r#"{"id": 1, "update_timestamp": "1970-01-01T00:00:09Z"}"#;
    let server = ScriptedServer::pages([&format!(r#"{{"chats": [{chat}], "count": 1000, {NEXT}}}"#)]);
    assert_eq!(ids(server.client().export(chat_export::chats()).raw()).await, [1]);
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn page_sizes_are_limited_to_the_maximum_and_invalid_ones_are_sent() {
    for (requested, sent) in
        [(5_000, "1000"), (1_000, "1000"), (1, "1"), (-5, "-5"), (i64::MAX, "9223372036854775807")]
    {
        let server = ScriptedServer::pages([r#"{"tickets": [], "end_of_stream": true, "end_time": null}"#]);
        let client = server.builder().retry(RetryPolicy::none()).build().unwrap();
        let mut pages =
            client.export(incremental_export::tickets_by_time(at(100)).per_page(requested)).pages();
        pages.next().await.unwrap().unwrap();
        let target = &server.targets()[0];
        assert_eq!(parameter(target, "per_page"), Some(sent), "{requested}");
    }
}
