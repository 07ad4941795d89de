//! Records that don't match the declared type, and records with undeclared properties.

use serde_json::{Value, json};
use zendesk_client::models::Ticket;
use zendesk_client::{Client, Error, encode, incremental_export};

use super::at;
use super::read;
use super::scripted_server::ScriptedServer;

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
        super::scripted_server::ScriptedResponse::Json(page.clone())
    })
}

fn export(client: &Client) -> zendesk_client::Export<Ticket> {
    client.export(incremental_export::tickets_by_cursor().start_time(at(5)))
}

fn check(error: &Error) {
    let decode = error.decode_error().unwrap();
    assert_eq!(decode.path(), "/tickets/17/tags/0");
    assert!(error.to_string().contains("/tickets/17/tags/0: expected a"), "{error}");
    assert!(!format!("{error} {error:?}").contains("pr1vate"), "{error:?}");
}

#[tokio::test]
async fn the_other_records_of_a_page_are_returned() {
    let server = scripted_server();
    let mut records = export(&server.client()).records();
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
async fn a_page_with_an_invalid_record_is_not_skipped() {
    let server = scripted_server();
    let mut pages = export(&server.client()).pages();
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
