//! Records that don't match the declared type, and records with undeclared properties.

use std::sync::{Arc, Mutex};

use futures_util::StreamExt as _;
use serde_json::{Value, json};
use zendesk_client::models::{Ticket, TicketCursorPage};
use zendesk_client::{Client, Error, Export, ExportEvent, Lenient, Mismatch, encode, incremental_export};

use super::at;
use super::read;
use super::scripted_server::{ScriptedResponse, ScriptedServer};

/// Starts a server with a page of twenty tickets, one of which is invalid, and a last page with one ticket.
fn scripted_server() -> ScriptedServer {
    let ticket = |id: i64| match id {
        17 => json!({"id": 17, "tags": [1], "subject": "pr1vate"}),
        _ => json!({"id": id}),
    };
    let tickets: Vec<Value> = (0..20).map(ticket).collect();
    let first = json!({"tickets": tickets, "after_cursor": "a", "end_of_stream": false}).to_string();
    let last = json!({"tickets": [{"id": 20}], "after_cursor": "b", "end_of_stream": true}).to_string();
    ScriptedServer::start(move |_, request| {
        let page = if request.target.contains("cursor=a") { &last } else { &first };
        ScriptedResponse::Json(page.clone())
    })
}

fn export(client: &Client) -> Export<Ticket> {
    client.export(incremental_export::tickets_by_cursor().start_time(at(5)))
}

fn check(error: &Error) {
    let decode = error.decode_error().unwrap();
    assert_eq!(decode.path(), "/tickets/17/tags/0");
    assert!(error.to_string().contains("/tickets/17/tags/0: expected a"), "{error}");
    assert!(!format!("{error} {error:?}").contains("pr1vate"), "{error:?}");
}

/// Collects the events of an export about records that don't match: the key, and the locations.
fn with_log(export: Export<Ticket>) -> (Export<Ticket>, Arc<Mutex<Vec<String>>>) {
    let log = Arc::new(Mutex::new(Vec::new()));
    let events = Arc::clone(&log);
    let export = export.on_event(move |event| {
        let line = match event {
            ExportEvent::Mismatch { key, mismatches } => {
                format!("{} {mismatches}", key.unwrap_or_default())
            }
            ExportEvent::Unreadable(record) => format!("unreadable {:?}: {}", record.key, record.error),
            _ => return,
        };
        events.lock().unwrap().push(line);
    });
    (export, log)
}

/// A page of tickets, the last one.
fn page(tickets: &str) -> String {
    format!(r#"{{"tickets":[{tickets}],"after_cursor":"b","end_of_stream":true}}"#)
}

#[tokio::test]
async fn an_export_returns_records_without_the_values_that_do_not_match() {
    let server = scripted_server();
    let (export, log) = with_log(export(&server.client()));
    let mut pages = export.pages();
    let (mut tickets, mut progress) = (Vec::new(), None);
    while let Some(page) = pages.next().await {
        let page = page.unwrap();
        assert!(page.unreadable.is_empty());
        tickets.extend(page.records);
        progress = Some(page.progress);
    }
    assert_eq!(tickets.iter().map(|ticket| ticket.id).collect::<Vec<_>>(), (0..=20).collect::<Vec<_>>());
    let ticket = &tickets[17];
    assert_eq!((ticket.tags.as_deref(), ticket.subject.as_deref()), (Some(&[][..]), Some("pr1vate")));
    assert_eq!(ticket.extra.left_out().collect::<Vec<_>>(), [("/tags/0".to_owned(), "1")]);
    let written: Value = serde_json::from_slice(&encode(ticket).unwrap()).unwrap();
    assert_eq!(written, json!({"id": 17, "tags": [1], "subject": "pr1vate"}));
    let progress = progress.unwrap();
    assert_eq!((progress.records, progress.mismatches, progress.unreadable), (21, 1, 0));
    let log = log.lock().unwrap();
    assert_eq!(log.len(), 1);
    assert!(log[0].starts_with("17 /tickets/17/tags/0: expected a string, found an integer"), "{log:?}");
}

#[tokio::test]
async fn an_unpaired_surrogate_does_not_stop_an_export() {
    let tickets = [r#"{"id":1,"subject":"a\ud800","new":"\udc00"}"#, r#"{"id":2,"subject":"\ud83d\ude00"}"#];
    let server = ScriptedServer::pages([&page(&tickets.join(","))]);
    let (typed, log) = with_log(export(&server.client()));
    let mut records = typed.records();
    let mut found = Vec::new();
    while let Some(record) = records.next().await {
        found.push(record.unwrap());
    }
    assert!(records.checkpoint().unwrap().is_caught_up());
    assert_eq!((found[0].subject.as_deref(), found[1].subject.as_deref()), (None, Some("😀")));
    // What is written is what the server sent.
    assert_eq!(String::from_utf8(encode(&found[0]).unwrap()).unwrap(), tickets[0]);
    let line = log.lock().unwrap().concat();
    assert!(
        line.contains("/tickets/0/subject: expected Unicode text, found an unpaired surrogate"),
        "{line}"
    );
    assert!(line.contains("/tickets/0/new: "), "{line}");

    let mut raw = export(&server.client()).raw().records();
    let record = raw.next().await.unwrap().unwrap();
    assert_eq!((record.as_str(), serde_json::to_string(&record).unwrap().as_str()), (tickets[0], tickets[0]));
    let lenient: Lenient<Ticket> = record.decode_lenient().unwrap();
    assert_eq!((lenient.value.id, lenient.mismatches.total()), (1, 2));
    assert_eq!(record.decode::<Ticket>().unwrap_err().path(), "/subject");

    let strict = export(&server.client()).lenient(false).pages().next().await.unwrap().unwrap_err();
    assert_eq!(strict.decode_error().unwrap().path(), "/tickets/0/subject");
    assert_eq!(strict.decode_error().unwrap().mismatches().total(), 2);
}

#[tokio::test]
async fn bytes_that_are_not_utf8_do_not_stop_an_export() {
    let body = [
        b"{\"tickets\":[{\"id\":1,\"subject\":\"caf\xe9\"},{\"id\":2}]".as_slice(),
        &page("").into_bytes()[13..],
    ];
    let body = body.concat();
    let server = ScriptedServer::start(move |_, _| ScriptedResponse::Bytes(body.clone()));
    let (typed, log) = with_log(export(&server.client()));
    let mut pages = typed.pages();
    let page = pages.next().await.unwrap().unwrap();
    assert_eq!((page.records[0].subject.as_deref(), page.records[1].id), (None, 2));
    assert_eq!(encode(&page.records[0]).unwrap(), br#"{"id":1,"subject":"caf\udce9"}"#);
    assert!(pages.next().await.is_none());
    assert_eq!(log.lock().unwrap().len(), 1);
    let log = Arc::new(Mutex::new(Vec::new()));
    let events = Arc::clone(&log);
    let raw = export(&server.client()).raw().on_event(move |event| {
        if let ExportEvent::Mismatch { key: None, mismatches } = event {
            events.lock().unwrap().push(mismatches.to_string());
        }
    });
    let page = raw.pages().next().await.unwrap().unwrap();
    assert_eq!(page.records[0].as_str(), r#"{"id":1,"subject":"caf\udce9"}"#);
    assert_eq!(
        *log.lock().unwrap(),
        ["/tickets/0/subject: expected UTF-8, found other bytes (line 1, column 35)"]
    );
    let strict = export(&server.client()).lenient(false).raw();
    let error = strict.pages().next().await.unwrap().unwrap_err();
    assert!(error.is_decode() && error.to_string().contains("UTF-8"), "{error}");
}

/// Starts a server with three tickets, one of which has no ID.
fn server_of_unreadable() -> ScriptedServer {
    ScriptedServer::pages([&page(r#"{"id":1},{"subject":"pr1vate"},{"id":3}"#)])
}

#[tokio::test]
async fn a_page_contains_the_records_that_cannot_be_decoded() {
    let server = server_of_unreadable();
    let (export, log) = with_log(export(&server.client()));
    let mut pages = export.pages();
    let page = pages.next().await.unwrap().unwrap();
    assert_eq!(page.records.iter().map(|ticket| ticket.id).collect::<Vec<_>>(), [1, 3]);
    let unreadable = &page.unreadable[0];
    assert_eq!((unreadable.key.as_deref(), unreadable.record.as_str()), (None, r#"{"subject":"pr1vate"}"#));
    assert_eq!(
        (unreadable.error.path(), unreadable.error.missing_fields()),
        ("/tickets/1", ["id"].as_slice())
    );
    assert_eq!((page.progress.records, page.progress.unreadable), (3, 1));
    assert!(page.is_caught_up() && pages.next().await.is_none());
    assert!(log.lock().unwrap()[0].starts_with("unreadable None: /tickets/1: missing field `id` of Ticket"));
    assert!(!format!("{unreadable:?}").contains("pr1vate"));
}

#[tokio::test]
async fn records_and_streams_continue_after_one_that_cannot_be_decoded() {
    let server = server_of_unreadable();
    let ids = |records: Vec<Result<Ticket, Error>>| {
        records.into_iter().map(|record| record.map(|ticket| ticket.id).ok()).collect::<Vec<_>>()
    };
    let stream = export(&server.client()).records().into_stream();
    assert_eq!(ids(stream.collect().await), [Some(1), None, Some(3)]);
    let strict = export(&server.client()).lenient(false).records().into_stream();
    assert_eq!(ids(strict.collect().await), [Some(1), None]);
    let client = server.builder().build_blocking();
    let blocking = std::thread::spawn(move || {
        let client = client.unwrap();
        let request = || incremental_export::tickets_by_cursor().start_time(at(5));
        (
            client.export(request()).records().collect(),
            client.export(request()).lenient(false).records().collect(),
        )
    });
    let (lenient, strict): (Vec<_>, Vec<_>) = blocking.join().unwrap();
    assert_eq!((ids(lenient), ids(strict)), (vec![Some(1), None, Some(3)], vec![Some(1), None]));
}

#[tokio::test]
async fn in_strict_mode_the_other_records_of_a_page_are_returned() {
    let server = scripted_server();
    let mut records = export(&server.client()).lenient(false).records();
    let (mut ids, mut errors) = (Vec::new(), Vec::new());
    while let Some(record) = records.next().await {
        match record {
            Ok(ticket) => ids.push(ticket.id),
            Err(error) => errors.push(error),
        }
    }
    assert_eq!(ids, (0..=20).filter(|id| *id != 17).collect::<Vec<_>>());
    assert_eq!(errors.len(), 1);
    check(&errors[0]);
    assert!(records.checkpoint().unwrap().is_caught_up());
}

#[tokio::test]
async fn in_strict_mode_a_page_with_an_invalid_record_is_not_skipped() {
    let server = scripted_server();
    let mut pages = export(&server.client()).lenient(false).pages();
    for requests in 1..=3 {
        check(&pages.next().await.unwrap().unwrap_err());
        let progress = pages.progress().unwrap();
        assert_eq!((progress.pages, progress.records), (0, 0), "no record was returned");
        assert_eq!(server.requests().len(), requests, "it requests the same page");
    }
    assert!(server.targets().iter().all(|target| target.contains("start_time=5")));
}

#[tokio::test]
async fn a_raw_export_returns_the_invalid_record() {
    let server = scripted_server();
    let mut records = export(&server.client()).raw().records();
    let mut found = Vec::new();
    while let Some(record) = records.next().await {
        found.push(record.unwrap());
    }
    assert_eq!(found.len(), 21);
    assert_eq!(read(&found[17]), json!({"id": 17, "tags": [1], "subject": "pr1vate"}));
    assert!(found[17].decode::<Ticket>().is_err());
    assert_eq!(found[18].decode::<Ticket>().unwrap().id, 18);
    assert!(!format!("{:?}", found[17]).contains("pr1vate"));
}

#[tokio::test]
async fn undeclared_values_are_kept() {
    let ticket = json!({
        "id": 1, "status": "on_fire", "type": "voice", "priority": null, "new_field": {"deep": [1, null]},
        "custom_fields": [{"id": 2, "value": ["a", 1.5]}], "via": {"channel": "telepathy", "source": {"x": 1}},
    });
    let page = json!({"tickets": [ticket], "after_cursor": "a", "end_of_stream": true, "odd": [1]});
    let server = ScriptedServer::pages([&page.to_string()]);
    let mut pages = export(&server.client()).pages();
    let page = pages.next().await.unwrap().unwrap();
    let written: Value = serde_json::from_slice(&encode(&page.records[0]).unwrap()).unwrap();
    assert_eq!(written, ticket);
    assert_eq!(page.records[0].extra.get("new_field"), Some(&json!({"deep": [1, null]})));
    let status = format!("{:?}", page.records[0].status);
    assert!(status.contains("on_fire"), "{status}");
}

#[tokio::test]
async fn the_error_of_a_call_hands_out_the_lenient_value() {
    let server = ScriptedServer::pages([&page(r#"{"id":1,"subject":5,"tags":["a",2]}"#)]);
    let request = || incremental_export::tickets_by_cursor().start_time(at(5));
    let error = server.client().send(request()).await.unwrap_err();
    let paths: Vec<_> = error.decode_error().unwrap().mismatches().iter().map(Mismatch::path).collect();
    assert_eq!(paths, ["/tickets/0/subject", "/tickets/0/tags/1"]);
    let page: Lenient<TicketCursorPage> = error.decode_lenient().unwrap();
    assert_eq!(page.value.tickets[0].tags.as_deref(), Some(&["a".to_owned()][..]));
    let client = server.builder().lenient(true).build().unwrap();
    assert_eq!(client.send(request()).await.unwrap(), page.value);
    assert_eq!(server.client().send_lenient(request()).await.unwrap(), page);
}
