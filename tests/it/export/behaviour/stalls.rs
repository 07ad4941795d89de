//! Exports by time that do not get past a second.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use simulator::{Fault, Resource};
use zendesk_client::{Event, ExportErrorKind, incremental_export};

use super::script::Script;
use super::{always, at, config, kind, once, parameter, rest, stopped};
use crate::export::{Received, World};

/// The size that the caller wants.
const SIZE: i64 = 120;

#[tokio::test]
async fn one_without_an_end_is_told_after_one_retry_at_the_largest_page() {
    let world = World::start(config().faults(always(Fault::Stall))).await;
    let mut pages = kind("tickets by time").export(&world.client(), SIZE).pages();
    let (_, error) = rest(&mut pages).await;
    let error = error.unwrap();
    let &ExportErrorKind::Stalled { second } = stopped(&error) else { panic!("{error}") };
    let text = error.to_string();
    for part in ["IncrementalTicketExportTime", &second.to_string(), "by cursor", "`step_over_stalls(true)`"]
    {
        assert!(text.contains(part), "{text}");
    }
    let sizes = |world: &World| -> Vec<String> {
        let seen = world.simulator.requests();
        let queries = seen.iter().map(|seen| seen.query.as_str());
        let stuck = queries.filter(|query| parameter(query, "start_time") == Some(&second.to_string()));
        stuck.map(|query| parameter(query, "per_page").unwrap().to_owned()).collect()
    };
    assert_eq!(sizes(&world), ["120", "1000"]);
    // Whoever tries again gets the same, for one more request.
    assert_eq!(stopped(&pages.next().await.unwrap().unwrap_err()), &ExportErrorKind::Stalled { second });
    assert_eq!(sizes(&world), ["120", "1000", "1000"]);
}

#[tokio::test]
async fn what_the_largest_page_brings_beyond_is_handed_out_first() {
    let small = r#"{"tickets": [{"id": 1}, {"id": 2}], "end_time": 100, "end_of_stream": false}"#;
    let large = r#"{"tickets": [{"id": 1}, {"id": 2}, {"id": 3}], "end_time": 100, "end_of_stream": false}"#;
    let script = Script::pages([small, large]);
    let export = script.client().export(incremental_export::tickets_by_time(at(100)).per_page(2)).raw();
    let (records, error) = rest(&mut export.pages()).await;
    let records: Vec<_> = records.iter().map(ToString::to_string).collect();
    assert_eq!(records, [r#"{"id": 1}"#, r#"{"id": 2}"#, r#"{"id": 3}"#]);
    assert_eq!(stopped(&error.unwrap()), &ExportErrorKind::Stalled { second: 100 });
    assert_eq!(script.seen().len(), 3);
}

#[tokio::test]
async fn it_is_stepped_over_if_the_caller_wants_so() {
    let world = World::start(config().faults(always(Fault::Stall))).await;
    let stepped = Arc::new(Mutex::new(Vec::new()));
    let told = Arc::clone(&stepped);
    let kind = kind("tickets by time");
    let export = kind.export(&world.client(), SIZE).step_over_stalls(true).on_event(move |event| {
        if let Event::SteppedOver { second } = event {
            told.lock().unwrap().push(*second);
        }
    });
    let (records, error) = rest(&mut export.pages()).await;
    assert!(error.is_none(), "{error:?}");
    let stepped = stepped.lock().unwrap().clone();
    let stuck: BTreeSet<i64> = world
        .simulator
        .requests()
        .iter()
        .filter(|seen| seen.fault == Some(Fault::Stall))
        .map(|seen| parameter(&seen.query, "start_time").unwrap().parse().unwrap())
        .collect();
    assert!(!stepped.is_empty());
    assert_eq!(stepped, stuck.into_iter().collect::<Vec<_>>(), "each once, in order");
    // As no second holds more than the largest page, here nothing is lost by it.
    let received: BTreeSet<_> = records.iter().map(|record| kind.version(record)).collect();
    assert_eq!(received.len(), records.len());
    assert_eq!(received, world.simulator.versions(Resource::Tickets));
}

#[tokio::test]
async fn one_that_ends_is_survived() {
    for name in
        ["tickets by time", "ticket events", "users by time", "organizations", "metric events by time"]
    {
        let kind = kind(name);
        for end_of_stream in [true, false] {
            let world = World::start(config().end_of_stream(end_of_stream).faults(once(Fault::Stall))).await;
            let mut received = Received::default();
            received.run_on(&kind, &world.client(), 30).await;
            let stalls = world.simulator.requests().iter().filter(|seen| seen.fault.is_some()).count();
            assert_eq!((stalls, received.errors.len()), (1, 0), "{name}: {:?}", received.errors);
            received.check(&kind, &world.simulator, 11);
        }
    }
}

#[tokio::test]
async fn many_in_a_row_are_stepped_over_one_by_one() {
    let script = Script::start(|_, request| {
        let (_, query) = request.target.split_once('?').unwrap();
        let second: i64 = parameter(query, "start_time").unwrap().parse().unwrap();
        let last = second == 300;
        super::script::Reply::Json(format!(
            r#"{{"tickets": [{{"id": {second}}}], "end_time": {second}, "end_of_stream": {last}}}"#
        ))
    });
    let client = script.builder().rate_limits(false).build().unwrap();
    let export = client.export(incremental_export::tickets_by_time(at(100))).step_over_stalls(true);
    let ids: Vec<i64> = super::ids(export.raw()).await;
    assert_eq!(ids, (100..=300).collect::<Vec<_>>());
    assert_eq!(script.seen().len(), 200 * 2 + 1);
}
