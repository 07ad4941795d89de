//! Exports by time that stall at a second.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use simulator::{Fault, Resource};
use zendesk_client::{ExportErrorKind, ExportEvent, incremental_export};

use super::scripted_server::{ScriptedResponse, ScriptedServer};
use super::{always, at, config, export_kind, once, parameter, remaining, stop_reason};
use crate::export::{ExportResult, TestServer};

/// The page size that the caller sets.
const SIZE: i64 = 120;

#[tokio::test]
async fn a_permanent_stall_is_an_error_after_one_retry_with_the_largest_page() {
    let server = TestServer::start(config().faults(always(Fault::Stall))).await;
    let mut pages = export_kind("tickets by time").export(&server.client(), SIZE).pages();
    let (_, error) = remaining(&mut pages).await;
    let error = error.unwrap();
    let &ExportErrorKind::Stalled { second } = stop_reason(&error) else { panic!("{error}") };
    let text = error.to_string();
    // The page is not full.
    assert!(text.contains("of up to 1000, although the server reports more"), "{text}");
    for part in ["IncrementalTicketExportTime", &second.to_string(), "by cursor", "`step_over_stalls(true)`"]
    {
        assert!(text.contains(part), "{text}");
    }
    let sizes = |server: &TestServer| -> Vec<String> {
        let seen = server.simulator.requests();
        let queries = seen.iter().map(|seen| seen.query.as_str());
        let stuck = queries.filter(|query| parameter(query, "start_time") == Some(&second.to_string()));
        stuck.map(|query| parameter(query, "per_page").unwrap().to_owned()).collect()
    };
    assert_eq!(sizes(&server), ["120", "1000"]);
    // Trying again sends one more request, and fails the same way.
    assert_eq!(stop_reason(&pages.next().await.unwrap().unwrap_err()), &ExportErrorKind::Stalled { second });
    assert_eq!(sizes(&server), ["120", "1000", "1000"]);
}

#[tokio::test]
async fn the_additional_records_of_the_largest_page_are_returned_first() {
    let small = r#"{"tickets": [{"id": 1}, {"id": 2}], "end_time": 100, "end_of_stream": false}"#;
    let large = r#"{"tickets": [{"id": 1}, {"id": 2}, {"id": 3}], "end_time": 100, "end_of_stream": false}"#;
    let server = ScriptedServer::pages([small, large]);
    let export = server.client().export(incremental_export::tickets_by_time(at(100)).per_page(2)).raw();
    let (records, error) = remaining(&mut export.pages()).await;
    let records: Vec<_> = records.iter().map(ToString::to_string).collect();
    assert_eq!(records, [r#"{"id": 1}"#, r#"{"id": 2}"#, r#"{"id": 3}"#]);
    assert_eq!(stop_reason(&error.unwrap()), &ExportErrorKind::Stalled { second: 100 });
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_stall_is_stepped_over_if_the_caller_enables_it() {
    let server = TestServer::start(config().faults(always(Fault::Stall))).await;
    let stepped = Arc::new(Mutex::new(Vec::new()));
    let stepped_over = Arc::clone(&stepped);
    let kind = export_kind("tickets by time");
    let export = kind.export(&server.client(), SIZE).step_over_stalls(true).on_event(move |event| {
        if let ExportEvent::SteppedOver { second } = event {
            stepped_over.lock().unwrap().push(*second);
        }
    });
    let (records, error) = remaining(&mut export.pages()).await;
    assert!(error.is_none(), "{error:?}");
    let stepped = stepped.lock().unwrap().clone();
    let stuck: BTreeSet<i64> = server
        .simulator
        .requests()
        .iter()
        .filter(|seen| seen.fault == Some(Fault::Stall))
        .map(|seen| parameter(&seen.query, "start_time").unwrap().parse().unwrap())
        .collect();
    assert!(!stepped.is_empty());
    assert_eq!(stepped, stuck.into_iter().collect::<Vec<_>>(), "each once, in order");
    // No second contains more records than the largest page, so no record is lost here.
    let received: BTreeSet<_> = records.iter().map(|record| kind.version(record)).collect();
    assert_eq!(received.len(), records.len());
    assert_eq!(received, server.simulator.versions(Resource::Tickets));
}

#[tokio::test]
async fn an_export_continues_after_a_temporary_stall() {
    for name in
        ["tickets by time", "ticket events", "users by time", "organizations", "metric events by time"]
    {
        let kind = export_kind(name);
        for end_of_stream in [true, false] {
            let server =
                TestServer::start(config().end_of_stream(end_of_stream).faults(once(Fault::Stall))).await;
            let mut received = ExportResult::default();
            received.run_to_end(&kind, &server.client(), 30).await;
            let stalls = server.simulator.requests().iter().filter(|seen| seen.fault.is_some()).count();
            assert_eq!((stalls, received.errors.len()), (1, 0), "{name}: {:?}", received.errors);
            received.check(&kind, &server.simulator, 11);
        }
    }
}

#[tokio::test]
async fn consecutive_stalls_are_stepped_over_one_by_one() {
    let server = ScriptedServer::start(|_, request| {
        let (_, query) = request.target.split_once('?').unwrap();
        let second: i64 = parameter(query, "start_time").unwrap().parse().unwrap();
        let last = second == 300;
        ScriptedResponse::Json(format!(
            r#"{{"tickets": [{{"id": {second}}}], "end_time": {second}, "end_of_stream": {last}}}"#
        ))
    });
    let client = server.builder().rate_limits(false).build().unwrap();
    let export = client.export(incremental_export::tickets_by_time(at(100))).step_over_stalls(true);
    let ids: Vec<i64> = super::ids(export.raw()).await;
    assert_eq!(ids, (100..=300).collect::<Vec<_>>());
    assert_eq!(server.requests().len(), 200 * 2 + 1);
}

/// It has more records than the server manages, not than the largest page.
#[tokio::test]
async fn a_stall_on_a_page_of_one_record_names_its_size() {
    let server = ScriptedServer::start(|_, request| {
        if parameter(&request.target, "per_page") != Some("1") {
            return ScriptedResponse::Status(504, "upstream request timeout");
        }
        ScriptedResponse::Json(
            r#"{"tickets": [{"id": 1, "generated_timestamp": 100}], "end_time": 100, "end_of_stream": false}"#
                .to_owned(),
        )
    });
    let export = server.client().export(incremental_export::tickets_by_time(at(50))).raw();
    let (records, error) = remaining(&mut export.pages()).await;
    let error = error.unwrap();
    assert_eq!((records.len(), stop_reason(&error)), (1, &ExportErrorKind::Stalled { second: 100 }));
    let text = error.to_string();
    assert!(
        text.contains("ends again with 1 record of up to 1000") && !text.contains("largest page"),
        "{text}"
    );
}
