//! The contents of a page: raw records byte for byte, and the fields around them.

use std::fmt::Write as _;

use serde_json::{Value, json};
use zendesk_client::incremental_export;
use zendesk_client::models::{TicketCursorPage, TicketSideload};

use super::scripted_server::{ScriptedResponse, ScriptedServer};
use super::{at, config, remaining};
use crate::export::TestServer;

#[tokio::test]
async fn raw_records_are_the_bytes_that_the_server_sent() {
    let records = [
        "{ \"id\" :\t1 ,\n\"subject\": \"a \\u00e9\\n\\\"]}\\ud83d\\ude00 \\/\" }",
        "{\"id\":2,\"id\":2,\"x\":1.0,\"y\":1e-7,\"z\":123456789012345678901234567890,\"w\":-0.0}",
        "{\"id\": 3, \"subject\": \"ü → 😀\", \"tags\": [ ],\"via\":{ } }",
        "{\"\\u0069d\": 4, \"custom_fields\": [{\"id\": 1, \"value\": \"[{\"}]}",
        "{\"id\": 5, \"broken\": \"\\ud83d\"}",
        "[ 6 ]",
        "null",
        "\"seven\"",
        "-8.50",
    ];
    let list = records.join(" \r\n,\t");
    let body = format!(
        "\n {{ \"users\" : [ {{\"id\" : 9 }} ], \"ti\\u0063kets\" :\n[ {list} ] , \"users\":[1], \
         \"after_cursor\":\"b\\u003d\", \"end_of_stream\" : true }} \r\n"
    );
    let server = ScriptedServer::pages([&body]);
    let export = server.client().export(incremental_export::tickets_by_cursor().start_time(at(5))).raw();
    let mut pages = export.pages();
    let page = pages.next().await.unwrap().unwrap();
    let found: Vec<&str> = page.records.iter().map(AsRef::as_ref).collect();
    assert_eq!(found, records);
    for record in &page.records {
        assert_eq!(record.as_bytes(), record.to_string().as_bytes());
        assert_eq!(serde_json::to_string(record).unwrap(), record.as_str());
        assert_eq!(record.to_raw_value().unwrap().get(), record.as_str());
    }
    assert_eq!(
        page.envelope_json(),
        r#"{"tickets":[],"users":[ {"id" : 9 } ],"users":[1],"after_cursor":"b\u003d","end_of_stream":true}"#
    );
    assert!(page.checkpoint.to_string().contains(r#"{"cursor":"b="}"#));
}

#[tokio::test]
async fn sideloads_are_in_the_envelope() {
    let server = TestServer::start(config()).await;
    let request = incremental_export::tickets_by_cursor()
        .start_time(at(crate::export::export_kinds::START))
        .per_page(50)
        .include([TicketSideload::Users]);
    let mut pages = server.client().export(request).pages();
    let mut found = 0;
    while let Some(page) = pages.next().await {
        let page = page.unwrap();
        let envelope: TicketCursorPage = page.envelope().unwrap();
        assert!(envelope.tickets.is_empty());
        assert_eq!(envelope.end_of_stream, Some(page.is_caught_up()));
        let users = envelope.extra.get("users").and_then(Value::as_array).unwrap();
        let json: Value = serde_json::from_str(&page.envelope_json()).unwrap();
        assert_eq!((&json["users"], &json["tickets"]), (&json!(users), &json!([])));
        assert!(users.iter().all(|user| user["id"].is_i64()));
        found += users.len();
    }
    assert!(found > 0);
    let requests = server.simulator.requests();
    assert!(requests.len() > 1 && requests.iter().all(|seen| seen.query.contains("include=users")));
}

#[tokio::test]
async fn a_page_may_have_more_records_than_requested() {
    let mut rows = String::from("{\"id\":0}");
    for id in 1..100_000 {
        write!(rows, ",{{\"id\":{id}}}").unwrap();
    }
    let page = format!(r#"{{"tickets": [{rows}], "end_time": 200, "end_of_stream": false}}"#);
    let end = format!(r#"{{"tickets": [{rows}, {{"id":100000}}], "end_time": 200, "end_of_stream": true}}"#);
    let server = ScriptedServer::pages([&page, &end]);
    let export = server.client().export(incremental_export::tickets_by_time(at(100)).per_page(1)).raw();
    let mut pages = export.pages();
    let first = pages.next().await.unwrap().unwrap();
    assert_eq!(first.records.len(), 100_000);
    let again = first.checkpoint.to_string();
    assert_eq!(again.parse(), Ok(first.checkpoint));
    let (records, error) = remaining(&mut pages).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(records.iter().map(ToString::to_string).collect::<Vec<_>>(), ["{\"id\":100000}"]);
}

#[tokio::test]
async fn empty_pages_are_returned_and_the_export_continues() {
    let server = ScriptedServer::start(|number, _| {
        let last = number == 200;
        ScriptedResponse::Json(format!(
            r#"{{"tickets": [], "after_cursor": "{number}", "end_of_stream": {last}}}"#
        ))
    });
    let client = server.builder().rate_limits(false).build().unwrap();
    let export = || client.export(incremental_export::tickets_by_cursor().start_time(at(5))).raw();
    let mut pages = export().pages();
    // A caller can stop at each empty page.
    for number in 1..=20 {
        let page = pages.next().await.unwrap().unwrap();
        assert!(page.records.is_empty() && !page.is_caught_up());
        assert_eq!(page.checkpoint.pages(), number);
    }
    let mut records = export().records();
    assert!(records.next().await.is_none());
    assert_eq!(records.progress().unwrap().pages, 201 - 20);
}

#[tokio::test]
async fn an_invalid_page_is_an_error_with_its_pointer() {
    for (body, expected) in [
        (r#"{"users": []}"#, "missing field `tickets` of the page"),
        (r#"{"tickets": {"secret": 1}}"#, "/tickets: expected an array, found an object"),
        (r#"{"tickets": [], "tickets": [{"secret": 1}]}"#, "/tickets: expected one array, found two"),
        ("[]", "expected an object, found an array"),
        ("<html>busy</html>", "found a text with markup, which begins with \"<html>busy</html>\""),
    ] {
        let server = ScriptedServer::pages([body]);
        let export = server.client().export(incremental_export::tickets_by_cursor().start_time(at(5)));
        let error = export.pages().next().await.unwrap().unwrap_err();
        assert!(error.is_decode() && error.to_string().contains(expected), "{error}");
        assert!(!format!("{error} {error:?}").contains("secret"), "{error:?}");
        assert_eq!(server.requests().len(), 6, "{body}");
    }
}
