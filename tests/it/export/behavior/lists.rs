//! Lists: exports that end.

use std::collections::BTreeSet;
use std::time::Duration;

use simulator::{Fault, FaultPlan};
use zendesk_client::models::{RoutingAttributeSideload, SetAttributeValuesRequest};
use zendesk_client::{Checkpoint, Error, Export, ExportErrorKind, RawRecord, incremental_export, routing};

use super::{at, config, remaining, stop_reason};
use crate::export::{TestServer, read};

/// Returns the lists of the API.
async fn lists(server: &TestServer) -> Vec<(&'static str, Export<RawRecord>)> {
    let client = server.client();
    let attributes = client.send(routing::list_attributes()).await.unwrap().attributes;
    vec![
        ("attributes", client.export(routing::list_attributes()).raw()),
        ("values", client.export(routing::list_attribute_values(&attributes[0].id)).raw()),
        ("of an agent", client.export(routing::list_agent_attribute_values(224)).raw()),
        ("of a ticket", client.export(routing::list_ticket_attribute_values(1)).raw()),
        ("of agents", client.export(routing::list_many_agents_attribute_values(224..284)).raw()),
        (
            "of agents, sized",
            client.export(routing::list_many_agents_attribute_values(224..284).page_size(3)).raw(),
        ),
    ]
}

/// Returns all records as strings, and the size of each page.
async fn all(export: Export<RawRecord>) -> (Vec<String>, Vec<usize>) {
    let mut pages = export.pages();
    let (mut texts, mut sizes) = (Vec::new(), Vec::new());
    while let Some(page) = pages.next().await {
        let page = page.unwrap();
        sizes.push(page.records.len());
        texts.extend(page.records.iter().map(ToString::to_string));
    }
    (texts, sizes)
}

#[tokio::test]
async fn lists_are_complete_with_any_page_size() {
    let whole = TestServer::start(config().list_page_size(100_000)).await;
    let small = TestServer::start(config().list_page_size(2)).await;
    let mut several = 0;
    for ((name, whole), (_, small)) in lists(&whole).await.into_iter().zip(lists(&small).await) {
        let (expected, _) = all(whole).await;
        let (found, sizes) = all(small).await;
        assert!(!expected.is_empty(), "{name}");
        assert_eq!(found.len(), expected.len(), "{name}");
        let ids = |texts: &[String]| -> Vec<_> {
            texts
                .iter()
                .map(|text| serde_json::from_str::<serde_json::Value>(text).unwrap()["id"].clone())
                .collect()
        };
        assert_eq!(ids(&found), ids(&expected), "{name}");
        several += usize::from(sizes.len() > 2);
    }
    assert!(several > 3, "only {several} lists have several pages");
}

#[tokio::test]
async fn a_page_that_a_list_repeats_is_returned_once() {
    let faults = FaultPlan::only(Fault::RepeatedPage).probability(0.5);
    let server = TestServer::start(config().list_page_size(2).faults(faults)).await;
    let whole = TestServer::start(config().list_page_size(100_000)).await;
    for ((name, expected), (_, repeated)) in lists(&whole).await.into_iter().zip(lists(&server).await) {
        let ((expected, _), (found, _)) = (all(expected).await, all(repeated).await);
        assert_eq!(found.len(), expected.len(), "{name}");
    }
    assert!(server.simulator.requests().iter().any(|request| request.fault.is_some()));
}

#[tokio::test]
async fn a_sideload_is_requested_for_each_page() {
    let server = TestServer::start(config().list_page_size(2)).await;
    let request = routing::list_attributes().include([RoutingAttributeSideload::AttributeValues]);
    let mut pages = server.client().export(request).pages();
    let mut values = 0;
    while let Some(page) = pages.next().await {
        let envelope: serde_json::Value = serde_json::from_str(&page.unwrap().envelope_json()).unwrap();
        assert_eq!(envelope["attributes"], serde_json::json!([]));
        values += envelope["attribute_values"].as_array().map_or(0, Vec::len);
    }
    assert!(values > 0 && server.requests() > 1);
}

#[tokio::test]
async fn a_list_resumes_at_each_checkpoint_and_the_last_is_the_end() {
    let server = TestServer::start(config().list_page_size(2)).await;
    let export =
        |from: Option<Checkpoint>| server.client().export(routing::list_attributes()).resume(from).raw();
    let (expected, _) = all(export(None)).await;
    let mut pages = export(None).pages();
    let mut seen = 0;
    let mut last = None;
    while let Some(page) = pages.next().await {
        let page = page.unwrap();
        seen += page.records.len();
        let (rest, _) = all(export(Some(page.checkpoint.clone()))).await;
        assert_eq!(rest, expected[seen..]);
        last = Some(page.checkpoint);
    }
    let before = server.requests();
    let last = last.unwrap();
    assert!(last.is_caught_up());
    assert!(export(Some(last)).pages().next().await.is_none());
    assert_eq!(server.requests(), before);
}

#[tokio::test]
async fn lists_cannot_be_followed() {
    let server = TestServer::start(config()).await;
    let lists = lists(&server).await;
    let before = server.requests();
    for (name, export) in lists.into_iter().take(4) {
        let mut pages = export.follow(Duration::from_mins(1)).pages();
        let error = pages.next().await.unwrap().unwrap_err();
        assert_eq!(stop_reason(&error), &ExportErrorKind::NotFollowable, "{name}");
        assert!(error.to_string().contains("leave out `follow`"), "{error}");
        assert!(pages.next().await.is_none() && pages.progress().is_none());
    }
    assert_eq!(server.requests(), before);
}

#[tokio::test]
async fn an_operation_without_pagination_is_rejected_without_a_request() {
    // Their responses have the array of a page, but the operations have no pagination.
    let server = TestServer::start(config()).await;
    let client = server.client();
    let body = SetAttributeValuesRequest::default();
    let errors: [Option<Error>; 3] = [
        remaining(&mut client.export(incremental_export::sample_tickets(at(5))).raw().pages()).await.1,
        remaining(&mut client.export(incremental_export::sample_users(at(5))).raw().pages()).await.1,
        remaining(&mut client.export(routing::set_agent_attribute_values(224, &body)).raw().pages()).await.1,
    ];
    for error in errors {
        let error = error.unwrap();
        assert_eq!(stop_reason(&error), &ExportErrorKind::NotPaged);
        assert!(error.to_string().contains("use `send`"), "{error}");
    }
    assert_eq!(server.requests(), 0);
}

#[tokio::test]
async fn typed_and_raw_records_are_the_same() {
    let server = TestServer::start(config().list_page_size(2)).await;
    let (records, _) = remaining(&mut server.client().export(routing::list_attributes()).raw().pages()).await;
    let raw: BTreeSet<_> =
        records.iter().map(|record| read(record)["id"].as_str().unwrap().to_owned()).collect();
    let mut typed = BTreeSet::new();
    let mut records = server.client().export(routing::list_attributes()).records();
    while let Some(record) = records.next().await {
        typed.insert(record.unwrap().id);
    }
    assert_eq!(raw, typed);
}
