//! Responses with the status 200 that are not a page.

use simulator::Fault;
use zendesk_client::{RetryPolicy, incremental_export};

use super::scripted_server::{ScriptedResponse, ScriptedServer};
use super::{always, at, config, export_kind, ids};
use crate::export::TestServer;

const NO_PAGES: [&str; 12] = [
    r#"{"error": "InternalError", "description": "Please try again"}"#,
    "<!DOCTYPE html><html><body>We'll be right back</body></html>",
    "null",
    "[]",
    "OK",
    r#"{"count": 0, "end_of_stream": true}"#,
    r#"{"tickets": null, "end_of_stream": true}"#,
    r#"{"tickets": {}, "end_of_stream": true}"#,
    r#"{"tickets": "", "end_of_stream": true}"#,
    r#"{"tickets": [], "tickets": [], "end_of_stream": true}"#,
    r#"{"tickets": [], "error": "Timeout", "description": "Search again", "end_of_stream": true}"#,
    r#"{"tickets": [], "errors": ["Timeout"]}"#,
];
const PAGE: &str = r#"{"tickets": [{"id": 1}], "end_time": null, "end_of_stream": true}"#;

#[tokio::test]
async fn a_response_that_is_no_page_is_requested_again() {
    for body in NO_PAGES {
        let server = ScriptedServer::pages([body, body, PAGE]);
        let export = server.client().export(incremental_export::tickets_by_time(at(100)));
        assert_eq!(ids(export.raw()).await, [1], "{body}");
        let targets = server.targets();
        assert!(targets.len() == 3 && targets.windows(2).all(|pair| pair[0] == pair[1]), "{targets:?}");
    }
}

#[tokio::test]
async fn the_error_of_a_response_that_is_no_page_shows_the_words_of_the_server() {
    for (body, words) in [
        (NO_PAGES[0], "InternalError: Please try again"),
        (r#"{"error": {"title": "No access", "message": "Ask an admin"}}"#, "No access: Ask an admin"),
        (NO_PAGES[1], "We'll be right back"),
        (NO_PAGES[2], "found null"),
        (NO_PAGES[4], "OK"),
        (NO_PAGES[5], "missing field `tickets` of the page"),
        (NO_PAGES[6], "/tickets: expected an array, found null"),
        (NO_PAGES[10], "expected a page, found an error (line 1, column 1): Timeout: Search again"),
    ] {
        let server = ScriptedServer::pages([body]);
        let export = server.client().export(incremental_export::tickets_by_time(at(100)));
        let error = export.raw().pages().next().await.unwrap().unwrap_err();
        let text = error.to_string();
        assert!(text.contains(words) && text.contains("6 attempts"), "{text}");
        assert!(error.is_decode() && error.attempts() == 6, "{text}");
        assert_eq!(error.received_response().unwrap().text(), body);
        assert_eq!(server.requests().len(), 6);
    }
    // Records are confidential.
    let server = ScriptedServer::pages([r#"{"users": [{"name": "Ann"}]}"#]);
    let client = server.builder().retry(RetryPolicy::none()).build().unwrap();
    let export = client.export(incremental_export::tickets_by_time(at(100)));
    let error = export.raw().pages().next().await.unwrap().unwrap_err();
    assert!(!format!("{error:#} {error:?}").contains("Ann"), "{error}");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_permanent_error_page_ends_the_export() {
    for name in ["tickets by cursor", "organizations", "attributes", "chats", "metric events by cursor"] {
        let server = TestServer::start(config().faults(always(Fault::ErrorPage))).await;
        let mut pages = export_kind(name).export(&server.client(), 10).pages();
        let error = pages.next().await.unwrap().unwrap_err();
        assert!(error.attempts() == 6 && server.requests() == 6, "{name}: {error}");
    }
}

#[tokio::test]
async fn a_single_response_is_not_requested_again() {
    let server = ScriptedServer::start(|_, _| ScriptedResponse::Json(NO_PAGES[2].to_owned()));
    assert!(server.client().send(incremental_export::tickets_by_time(at(100))).await.is_err());
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn an_error_without_a_value_or_beside_records_is_part_of_a_page() {
    for body in [
        r#"{"error": null, "errors": [], "tickets": [], "end_of_stream": true}"#,
        r#"{"error": false, "errors": {}, "fault": "", "tickets": [], "end_of_stream": true}"#,
        r#"{"errors": ["one ticket is missing"], "tickets": [{"id": 1}], "end_of_stream": true}"#,
    ] {
        let server = ScriptedServer::pages([body]);
        ids(server.client().export(incremental_export::tickets_by_time(at(100))).raw()).await;
        assert_eq!(server.requests().len(), 1, "{body}");
    }
}
