//! The contents of checkpoints, and exports that resume at each of them.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::{Config as Cases, TestRunner};
use serde_json::{Value, json};
use zendesk_client::{Checkpoint, ExportErrorKind, chat_export, incremental_export, ticket_metric_events};

use super::{at, config, export_kind, remaining, stop_reason};
use crate::export::TestServer;
use crate::export::export_kinds::{ExportKind, export_kinds};

/// Returns the checkpoint after each page, and the versions of its records.
async fn run(
    kind: &ExportKind,
    server: &TestServer,
    size: i64,
    from: Option<Checkpoint>,
) -> Vec<(Checkpoint, Vec<simulator::Version>)> {
    let mut pages = kind.export(&server.client(), size).resume(from).pages();
    let mut found = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page.unwrap();
        found.push((page.checkpoint, page.records.iter().map(|record| kind.version(record)).collect()));
    }
    found
}

/// Returns checkpoints of all exports.
async fn all() -> Vec<Checkpoint> {
    let server = TestServer::start(config().tickets(120)).await;
    let mut found = Vec::new();
    for kind in export_kinds() {
        found.extend(run(&kind, &server, 30, None).await.into_iter().map(|(checkpoint, _)| checkpoint));
    }
    found
}

#[tokio::test]
async fn an_export_resumes_at_each_checkpoint_with_any_page_size() {
    for kind in export_kinds() {
        let server = TestServer::start(config()).await;
        let pages = run(&kind, &server, 25, None).await;
        assert!(pages.len() > 1 || kind.name.starts_with("attribute"), "{}: one page", kind.name);
        for number in 0..pages.len() {
            let mut expected: Vec<_> =
                pages[number + 1..].iter().flat_map(|(_, versions)| versions).collect();
            expected.sort();
            for size in [7, 25, 100] {
                let again = run(&kind, &server, size, Some(pages[number].0.clone())).await;
                let mut versions: Vec<_> = again.iter().flat_map(|(_, versions)| versions).collect();
                versions.sort();
                assert_eq!(versions, expected, "{}, page {number}, {size} to a page", kind.name);
                let (checkpoint, _) = again.last().unwrap();
                let total: usize = pages.iter().map(|(_, versions)| versions.len()).sum();
                assert_eq!(checkpoint.records(), total as u64, "{}, page {number}", kind.name);
                assert_eq!(checkpoint.pages(), (number + 1 + again.len()) as u64);
            }
        }
    }
}

#[tokio::test]
async fn checkpoints_round_trip_as_strings_and_with_serde() {
    for checkpoint in all().await {
        let text = checkpoint.to_string();
        assert_eq!(text.parse(), Ok(checkpoint.clone()));
        let json: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(json["operation"], checkpoint.operation());
        assert_eq!(json["caught_up"], checkpoint.is_caught_up());
        assert_eq!(
            (&json["pages"], &json["records"]),
            (&json!(checkpoint.pages()), &json!(checkpoint.records()))
        );
        // As part of a value of the caller's.
        let kept = BTreeMap::from([("tickets", (7, Some(&checkpoint)))]);
        let json = serde_json::to_string_pretty(&kept).unwrap();
        let read: BTreeMap<String, (u32, Option<Checkpoint>)> = serde_json::from_str(&json).unwrap();
        assert_eq!(read["tickets"], (7, Some(checkpoint.clone())));
        assert_eq!(serde_json::from_reader::<_, Checkpoint>(text.as_bytes()).unwrap(), checkpoint);
        assert_eq!(serde_json::to_string(&checkpoint).unwrap(), text);
    }
}

#[tokio::test]
async fn checkpoints_are_small_and_contain_no_credentials() {
    let server = TestServer::start(config().tickets(3_000)).await;
    let token = server.simulator.credentials().access_token;
    let mut largest = (0, "");
    for kind in export_kinds() {
        let mut pages = kind.export(&server.client(), 1_000).pages();
        let (mut before, mut last_page) = (0, 0);
        while let Some(page) = pages.next().await {
            let page = page.unwrap();
            let held = page.records.len() + usize::try_from(page.progress.repeats - before).unwrap();
            before = page.progress.repeats;
            let text = page.checkpoint.to_string();
            let value: Value = serde_json::from_str(&text).unwrap();
            let lists = value["seen"].as_object().into_iter().flat_map(|seen| seen.values());
            let seen: usize = lists.map(|keys| keys.as_array().unwrap().len()).sum();
            // A checkpoint only contains the keys of the last page with new records or, where records may be late, of
            // the last half hour.
            last_page = if page.records.is_empty() { last_page.max(held) } else { held };
            assert!(seen <= last_page || kind.looks_back, "{}: {seen}", kind.name);
            assert!(text.len() <= 512 + 64 * seen, "{}: {} bytes, {seen} seen", kind.name, text.len());
            assert!(!text.contains(&token), "{}", kind.name);
            largest = largest.max((text.len(), kind.name));
        }
    }
    println!("the largest checkpoint, of {}, has {} bytes", largest.1, largest.0);
}

#[tokio::test]
async fn damaged_checkpoints_are_errors_and_never_panic() {
    let checkpoints: Vec<String> = all().await.iter().map(ToString::to_string).collect();
    for text in &checkpoints {
        for end in 0..text.len() {
            assert!(text[..end].parse::<Checkpoint>().is_err(), "{}", &text[..end]);
        }
    }
    let damage = (0..checkpoints.len(), any::<prop::sample::Index>(), any::<char>(), 0..3_u8);
    TestRunner::new(Cases { failure_persistence: None, cases: 2_000, ..Cases::default() })
        .run(&damage, |(number, position, character, damage)| {
            let mut text: Vec<char> = checkpoints[number].chars().collect();
            let position = position.index(text.len());
            match damage {
                0 => text[position] = character,
                1 => text.insert(position, character),
                _ => drop(text.remove(position)),
            }
            // A damaged checkpoint that can be parsed must round-trip.
            if let Ok(checkpoint) = text.iter().collect::<String>().parse::<Checkpoint>() {
                prop_assert_eq!(checkpoint.to_string().parse::<Checkpoint>(), Ok(checkpoint));
            }
            Ok(())
        })
        .unwrap();
}

#[test]
fn the_error_of_a_checkpoint_names_the_field() {
    let good = json!({"version": 1, "operation": "IncrementalTicketExportTime", "next": {"start_time": 5}});
    assert!(serde_json::from_value::<Checkpoint>(good.clone()).is_ok());
    for (field, value, expected) in [
        ("version", json!(2), "has version 2, but this crate supports version 1: update the crate"),
        ("version", json!("1"), "`version` of the checkpoint is missing or invalid"),
        ("operation", Value::Null, "`operation` of the checkpoint is missing or invalid"),
        ("next", json!({"start_time": 5, "cursor": "x"}), "`next` of the checkpoint is missing or invalid"),
        ("next", json!("the end"), "`next` of the checkpoint is missing or invalid"),
        ("next", json!({"start_time": 5.5}), "`next` of the checkpoint is missing or invalid"),
        ("next", json!({"target": "https://evil.test/"}), "`next` of the checkpoint is missing or invalid"),
        ("seen", json!({"5": "x"}), "`seen` of the checkpoint is missing or invalid"),
        ("seen", json!([]), "`seen` of the checkpoint is missing or invalid"),
        ("caught_up", json!(1), "`caught_up` of the checkpoint is missing or invalid"),
        ("reached", json!("yesterday"), "`reached` of the checkpoint is missing or invalid"),
        ("records", json!(-1), "`records` of the checkpoint is missing or invalid"),
    ] {
        let mut damaged = good.clone();
        damaged[field] = value;
        let error = damaged.to_string().parse::<Checkpoint>().unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
    let mut start = good;
    start["next"] = json!("start");
    assert_eq!(
        serde_json::from_value::<Checkpoint>(start.clone()).unwrap().to_string().matches("\"start\"").count(),
        1
    );
    assert!("[]".parse::<Checkpoint>().is_err() && "".parse::<Checkpoint>().is_err());
}

#[tokio::test]
async fn a_checkpoint_of_another_export_is_rejected_without_a_request() {
    let server = TestServer::start(config()).await;
    let client = server.client();
    let of = async |name| run(&export_kind(name), &server, 100, None).await.swap_remove(0).0;
    let (tickets, by_time, by_cursor) =
        (of("tickets by time").await, of("metric events by time").await, of("metric events by cursor").await);
    let before = server.requests();

    let export = client.export(incremental_export::tickets_by_cursor().start_time(at(5))).resume(tickets);
    let (_, error) = remaining(&mut export.raw().pages()).await;
    let error = error.unwrap();
    assert_eq!(
        stop_reason(&error),
        &ExportErrorKind::OtherOperation { found: "IncrementalTicketExportTime".to_owned() }
    );
    assert!(error.to_string().starts_with("IncrementalTicketExportCursor: "), "{error}");

    // The same operation with another pagination style: the position would not be understood, or the export would start
    // again.
    let events = || ticket_metric_events::metric_events(at(crate::export::export_kinds::START));
    for export in
        [client.export(events().page_size(50)).resume(by_time), client.export(events()).resume(by_cursor)]
    {
        let (_, error) = remaining(&mut export.raw().pages()).await;
        assert_eq!(stop_reason(&error.unwrap()), &ExportErrorKind::OtherPaginationStyle);
    }
    let end: Checkpoint =
        r#"{"version":1,"operation":"IncrementalChatExport","next":"end"}"#.parse().unwrap();
    let (_, error) = remaining(&mut client.export(chat_export::chats()).resume(end).raw().pages()).await;
    assert_eq!(stop_reason(&error.unwrap()), &ExportErrorKind::OtherPaginationStyle);
    assert_eq!(server.requests(), before);
}

#[tokio::test]
async fn extreme_values_in_a_checkpoint_are_accepted() {
    let server = TestServer::start(config()).await;
    for next in [
        json!({"start_time": i64::MIN}),
        json!({"start_time": i64::MAX}),
        json!({"start_time": 1_000_000_000}),
    ] {
        let checkpoint: Checkpoint = serde_json::from_value(json!({
            "version": 1, "operation": "IncrementalTicketExportTime", "next": next,
            "seen": {"-9223372036854775808": ["x"], "9223372036854775807": [], "": ["y"]},
            "pages": u64::MAX, "records": u64::MAX, "reached": "9999-12-31T23:59:59Z",
        }))
        .unwrap();
        let mut pages =
            export_kind("tickets by time").export(&server.client(), 100).resume(checkpoint).pages();
        let (_, error) = remaining(&mut pages).await;
        assert!(error.is_none(), "{error:?}");
        let progress = pages.progress().unwrap();
        assert_eq!((progress.pages, progress.records), (u64::MAX, u64::MAX));
    }
}
