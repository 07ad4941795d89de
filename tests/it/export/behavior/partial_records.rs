//! Exports that decode only some fields of each record.

use serde_json::{Value, json};
use zendesk_client::models::{Ticket, TicketCursorPage, TicketStatus};
use zendesk_client::{
    Client, ErrorKind, Export, ExportErrorKind, ExportEvent, PartialRecord, encode, incremental_export,
};

use super::scripted_server::ScriptedServer;
use super::{at, config, read, stop_reason};
use crate::export::TestServer;

const FIELDS: [&str; 6] = ["status", "subject", "tags", "via", "satisfaction_rating", "due_at"];

fn export(client: &Client) -> Export<Ticket> {
    client.export(incremental_export::tickets_by_cursor().start_time(at(5)))
}

async fn partial(client: &Client, fields: &[&str]) -> Vec<PartialRecord<Ticket>> {
    let mut records = Vec::new();
    let mut pages = export(client).fields(fields.iter().copied()).pages();
    while let Some(page) = pages.next().await {
        records.extend(page.unwrap().records);
    }
    records
}

/// Returns a JSON object with only these fields of another one.
fn only(record: &Value, fields: &[&str]) -> Value {
    let selected = record.as_object().unwrap().iter().filter(|(key, _)| fields.contains(&key.as_str()));
    selected.map(|(key, value)| (key.clone(), value.clone())).collect()
}

fn page(tickets: &[&str]) -> String {
    format!(r#"{{"tickets":[{}],"after_cursor":"b","end_of_stream":true}}"#, tickets.join(","))
}

#[tokio::test]
async fn the_selected_fields_are_those_of_the_whole_record() {
    let server = TestServer::start(config()).await;
    let client = server.client();
    let mut whole = export(&client).records();
    let mut count = 0;
    for record in partial(&client, &FIELDS).await {
        let ticket = whole.next().await.unwrap().unwrap();
        assert_eq!(record.decode().unwrap(), ticket);
        let text = read(record.raw());
        assert_eq!(serde_json::from_slice::<Value>(&encode(&ticket).unwrap()).unwrap(), text);
        // All that the selected fields contain is decoded as in the whole record, with nulls and undeclared parts.
        let fields: Vec<_> = FIELDS.into_iter().chain(["id"]).collect();
        let part: Value = serde_json::from_slice(&encode(&*record).unwrap()).unwrap();
        assert_eq!(part, only(&text, &fields));
        assert_eq!(
            (record.id, &record.status, &record.subject),
            (ticket.id, &ticket.status, &ticket.subject)
        );
        assert_eq!((&record.via, &record.tags, record.due_at), (&ticket.via, &ticket.tags, ticket.due_at));
        assert_eq!(record.satisfaction_rating, ticket.satisfaction_rating);
        assert!(record.url.is_none() && record.custom_fields.is_none() && record.extra.is_empty());
        for (key, value) in text.as_object().unwrap() {
            assert_eq!(read(&record.raw().field(key).unwrap()), *value);
        }
        assert!(record.raw().field("no such field").is_none());
        count += 1;
    }
    assert!(count > 100 && whole.next().await.is_none());
}

#[tokio::test]
async fn nulls_and_unknown_values_are_kept() {
    let text = r#"{"new": [1e400, {"id": 7}], "status": "dreaming", "subject": null, "id": 7, "tags": ["a"], "url": 5}"#;
    let server = ScriptedServer::pages([&page(&[text])]);
    let records = partial(&server.client(), &["status", "subject"]).await;
    let record = &records[0];
    assert_eq!(record.status.as_ref().map(TicketStatus::as_str), Some("dreaming"));
    assert!(record.extra.is_null("subject") && record.extra.get("new").is_none() && record.tags.is_none());
    assert_eq!(record.raw().as_str(), text);
    assert_eq!(record.raw().field("new").unwrap().as_str(), r#"[1e400, {"id": 7}]"#);
    assert_eq!(record.raw().field("tags").unwrap().decode::<Vec<String>>().unwrap(), ["a"]);
    // A field that is not selected is not checked.
    assert_eq!(record.decode().unwrap_err().path(), "/url");
}

#[tokio::test]
async fn a_selected_value_that_does_not_match_has_its_location_in_the_page() {
    let tickets = [r#"{"id": 1, "tags": [1], "subject": 5}"#, r#"{"tags": []}"#, r#"{"id": 3, "id": 4}"#];
    let server = ScriptedServer::pages([&page(&tickets)]);
    let (log, events) = std::sync::mpsc::channel();
    let all = export(&server.client()).fields(["tags"]).on_event(move |event| {
        if let ExportEvent::Mismatch { mismatches, .. } = event {
            log.send(mismatches.to_string()).unwrap();
        }
    });
    let page = all.pages().next().await.unwrap().unwrap();
    assert_eq!((page.records[0].id, page.records[0].tags.as_deref()), (1, Some(&[][..])));
    assert_eq!(page.records[0].extra.left_out().collect::<Vec<_>>(), [("/tags/0".to_owned(), "1")]);
    let mismatches: Vec<_> = events.try_iter().collect();
    assert!(
        mismatches[0].starts_with("/tickets/0/tags/0: expected a string, found an integer"),
        "{mismatches:?}"
    );
    assert!(mismatches[1].contains("/tickets/2/id: duplicate key"), "{mismatches:?}");
    let unreadable = &page.unreadable[0];
    assert!(unreadable.error.to_string().contains("missing field `id` of Ticket"), "{}", unreadable.error);
    assert_eq!((page.records.len(), page.unreadable.len()), (2, 1));

    let strict = export(&server.client()).lenient(false).fields(["tags"]).pages().next().await.unwrap();
    assert_eq!(strict.unwrap_err().decode_error().unwrap().path(), "/tickets/0/tags/0");
    let other = export(&server.client()).lenient(false).fields(["url"]).pages().next().await.unwrap();
    assert!(other.unwrap_err().to_string().contains("missing field `id` of Ticket"));
}

#[tokio::test]
async fn a_field_that_is_not_declared_is_an_error() {
    let server = ScriptedServer::pages([&page(&[])]);
    let mut pages = export(&server.client()).fields(["id", "state"]).pages();
    let error = pages.next().await.unwrap().unwrap_err();
    assert_eq!(stop_reason(&error), &ExportErrorKind::UndeclaredField { name: "state".to_owned() });
    assert!(error.to_string().contains("the records declare no field \"state\""), "{error}");
    assert!(pages.next().await.is_none() && server.targets().is_empty());
}

#[tokio::test]
async fn the_envelope_and_the_checkpoint_do_not_depend_on_the_fields() {
    let server = ScriptedServer::pages([&page(&[r#"{"id": 1, "subject": "x"}"#])]);
    let one = export(&server.client()).fields(["subject"]).pages().next().await.unwrap().unwrap();
    let all = export(&server.client()).pages().next().await.unwrap().unwrap();
    assert_eq!(one.checkpoint.to_string(), all.checkpoint.to_string());
    assert_eq!(one.envelope::<TicketCursorPage>().unwrap(), all.envelope().unwrap());
    assert_eq!(one.records[0].decode().unwrap(), all.records[0]);
}

#[test]
fn a_blocking_client_exports_partial_records() {
    let server = ScriptedServer::pages([&page(&[r#"{"id": 1, "subject": "x", "new": {"a": [1]}}"#])]);
    let client = server.builder().build_blocking().unwrap();
    let export = || client.export(incremental_export::tickets_by_cursor().start_time(at(5)));
    let records: Vec<_> = export().fields(["subject"]).records().map(Result::unwrap).collect();
    assert_eq!((records[0].id, records[0].subject.as_deref()), (1, Some("x")));
    assert_eq!(read(&records[0].raw().field("new").unwrap()), json!({"a": [1]}));
    let error = export().fields([""]).records().next().unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Export);
}
