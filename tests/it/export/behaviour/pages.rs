//! What a page holds: records to the letter, and what stands around them.

use std::fmt::Write as _;

use serde_json::{Value, json};
use zendesk_client::models::{TicketCursorPage, TicketSideload};
use zendesk_client::{Error, incremental_export};

use super::script::{Reply, Script};
use super::{at, config, rest};
use crate::export::World;

#[tokio::test]
async fn raw_records_are_what_the_server_sent_to_the_letter() {
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
    let script = Script::pages([&body]);
    let export = script.client().export(incremental_export::tickets_by_cursor().start_time(at(5))).raw();
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
async fn what_was_included_is_in_the_envelope() {
    let world = World::start(config()).await;
    let request = incremental_export::tickets_by_cursor()
        .start_time(at(crate::export::kinds::START))
        .per_page(50)
        .include([TicketSideload::Users]);
    let mut pages = world.client().export(request).pages();
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
    let asked = world.simulator.requests();
    assert!(asked.len() > 1 && asked.iter().all(|seen| seen.query.contains("include=users")));
}

#[tokio::test]
async fn a_page_may_hold_far_more_than_was_asked_for() {
    let mut rows = String::from("{\"id\":0}");
    for id in 1..100_000 {
        write!(rows, ",{{\"id\":{id}}}").unwrap();
    }
    let page = format!(r#"{{"tickets": [{rows}], "end_time": 200, "end_of_stream": false}}"#);
    let end = format!(r#"{{"tickets": [{rows}, {{"id":100000}}], "end_time": 200, "end_of_stream": true}}"#);
    let script = Script::pages([&page, &end]);
    let export = script.client().export(incremental_export::tickets_by_time(at(100)).per_page(1)).raw();
    let mut pages = export.pages();
    let first = pages.next().await.unwrap().unwrap();
    assert_eq!(first.records.len(), 100_000);
    let again = first.checkpoint.to_string();
    assert_eq!(again.parse(), Ok(first.checkpoint));
    let (records, error) = rest(&mut pages).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(records.iter().map(ToString::to_string).collect::<Vec<_>>(), ["{\"id\":100000}"]);
}

#[tokio::test]
async fn empty_pages_lead_on_and_are_shown() {
    let script = Script::start(|number, _| {
        let last = number == 200;
        Reply::Json(format!(r#"{{"tickets": [], "after_cursor": "{number}", "end_of_stream": {last}}}"#))
    });
    let client = script.builder().rate_limits(false).build().unwrap();
    let export = || client.export(incremental_export::tickets_by_cursor().start_time(at(5))).raw();
    let mut pages = export().pages();
    // Whoever thinks that it is enough can stop at any of them.
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
async fn what_is_no_page_is_told_with_its_place() {
    for (body, told) in [
        (r#"{"users": []}"#, "field `tickets` of the page is missing"),
        (r#"{"tickets": {"secret": 1}}"#, "/tickets: expected an array, found an object"),
        (r#"{"tickets": [], "tickets": [{"secret": 1}]}"#, "/tickets: expected one array, found two"),
        ("[]", "expected an object, found an array"),
        ("<html>secret</html>", "this is not JSON"),
    ] {
        let script = Script::pages([body]);
        let export = script.client().export(incremental_export::tickets_by_cursor().start_time(at(5)));
        let error = export.pages().next().await.unwrap().unwrap_err();
        assert!(matches!(error, Error::Decode(_)) && error.to_string().contains(told), "{error}");
        assert!(!format!("{error} {error:?}").contains("secret"), "{error:?}");
        assert_eq!(script.seen().len(), 1, "{body}");
    }
}
