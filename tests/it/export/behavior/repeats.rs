//! Records that the server sends twice.

use simulator::Fault;
use zendesk_client::{Export, RawRecord, chat_export, incremental_export, incremental_routing};

use super::scripted_server::ScriptedServer;
use super::{always, at, config, remaining};
use crate::export::export_kinds::export_kinds;
use crate::export::{ExportResult, TestServer};

async fn texts(export: Export<RawRecord>) -> Vec<String> {
    let mut pages = export.pages();
    let (records, error) = remaining(&mut pages).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(pages.progress().unwrap().records, records.len() as u64);
    records.iter().map(ToString::to_string).collect()
}

#[tokio::test]
async fn a_record_that_appears_twice_in_a_page_is_returned_once() {
    for kind in export_kinds() {
        let server = TestServer::start(config().tickets(90).faults(always(Fault::RepeatedRecord))).await;
        let mut received = ExportResult::default();
        received.run_to_end(&kind, &server.client(), 20).await;
        let repeated = server
            .simulator
            .requests()
            .iter()
            .filter(|seen| seen.fault == Some(Fault::RepeatedRecord))
            .count();
        assert!(repeated > 0, "{}", kind.name);
        received.check(&kind, &server.simulator, 11);
        assert!(received.errors.is_empty(), "{}", kind.name);
    }
}

#[tokio::test]
async fn versions_of_a_record_in_a_page_are_distinguished_by_their_key() {
    // In any order, and with differences outside of the key.
    let page = r#"{"tickets": [{"id": 1, "generated_timestamp": 9, "x": 1}, {"id": 2, "generated_timestamp": 5},
        {"id": 1, "generated_timestamp": 8}, {"generated_timestamp": 9, "id": 1, "x": 2}, {"id": 2,
        "generated_timestamp": 5}, {"id": 1}, {"id": 1}, {"generated_timestamp": 9}, {"generated_timestamp": 9}, 5, 5],
        "after_cursor": "a", "end_of_stream": true}"#;
    let export = |server: &ScriptedServer| {
        server.client().export(incremental_export::tickets_by_cursor().start_time(at(5))).raw()
    };
    let found = texts(export(&ScriptedServer::pages([page]))).await;
    assert_eq!(found.len(), 9, "{found:?}");
    assert_eq!(found[0], r#"{"id": 1, "generated_timestamp": 9, "x": 1}"#);
    assert_eq!(found[2], r#"{"id": 1, "generated_timestamp": 8}"#);
}

#[tokio::test]
async fn records_without_a_key_are_repeats_only_if_they_are_the_same() {
    let records =
        r#"[{"id": 1}, {"id": 1, "a": 2}, {"id": 1}, 5, 5, {"name": "x"}, {"name": "x"}, null, null]"#;
    let server = ScriptedServer::pages([
        &format!(
            r#"{{"attributes": {records}, "count": 9, "next_page": "HOST/api/v2/incremental/routing/attributes?cursor=b"}}"#
        ),
        r#"{"attributes": [], "count": 0, "next_page": null}"#,
    ]);
    let found = texts(server.client().export(incremental_routing::attributes()).raw()).await;
    assert_eq!(found.len(), 8, "{found:?}");
}

#[tokio::test]
async fn a_chat_export_follows_pages_that_are_shorter_than_requested() {
    for kind in export_kinds().into_iter().filter(|kind| kind.operation.contains("IncrementalChat")) {
        let server = TestServer::start(config().chat_page_size(7)).await;
        let mut received = ExportResult::default();
        // Once to the end is enough.
        received.run_to_end(&kind, &server.client(), 1_000).await;
        received.check(&kind, &server.simulator, 11);
        assert!(received.errors.is_empty());
        let pages = received.versions.len().div_ceil(7);
        assert!(server.requests() <= pages + 2, "{}: {} requests", kind.name, server.requests());
    }
}

#[tokio::test]
async fn a_poll_of_a_chat_export_costs_one_request() {
    let empty = r#"{"chats": [], "count": 0, "end_time": null, "next_page": "HOST/api/v2/chat/incremental/chats?start_time=9"}"#;
    let server = ScriptedServer::pages([empty]);
    assert!(texts(server.client().export(chat_export::chats().start_time(at(9))).raw()).await.is_empty());
    assert_eq!(server.requests().len(), 1);
}
