//! Checkpoints: what they hold, and that an export goes on at each of them.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::{Config as Cases, TestRunner};
use serde_json::{Value, json};
use zendesk_client::{Checkpoint, ExportErrorKind, chat_export, incremental_export, ticket_metric_events};

use super::{at, config, kind, rest, stopped};
use crate::export::World;
use crate::export::kinds::{Kind, kinds};

/// The checkpoint behind each page, and the versions on it.
async fn run(
    kind: &Kind,
    world: &World,
    size: i64,
    from: Option<Checkpoint>,
) -> Vec<(Checkpoint, Vec<simulator::Version>)> {
    let mut pages = kind.export(&world.client(), size).resume(from).pages();
    let mut found = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page.unwrap();
        found.push((page.checkpoint, page.records.iter().map(|record| kind.version(record)).collect()));
    }
    found
}

/// Checkpoints of all kinds of exports.
async fn all() -> Vec<Checkpoint> {
    let world = World::start(config().tickets(120)).await;
    let mut found = Vec::new();
    for kind in kinds() {
        found.extend(run(&kind, &world, 30, None).await.into_iter().map(|(checkpoint, _)| checkpoint));
    }
    found
}

#[tokio::test]
async fn each_page_of_a_run_is_a_place_to_go_on_at_with_any_size() {
    for kind in kinds() {
        let world = World::start(config()).await;
        let pages = run(&kind, &world, 25, None).await;
        assert!(pages.len() > 1 || kind.name.starts_with("attribute"), "{}: one page", kind.name);
        for number in 0..pages.len() {
            let mut expected: Vec<_> =
                pages[number + 1..].iter().flat_map(|(_, versions)| versions).collect();
            expected.sort();
            for size in [7, 25, 100] {
                let again = run(&kind, &world, size, Some(pages[number].0.clone())).await;
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
async fn they_are_the_same_as_text_and_through_serde() {
    for checkpoint in all().await {
        let text = checkpoint.to_string();
        assert_eq!(text.parse(), Ok(checkpoint.clone()));
        // As a part of what a caller keeps.
        let kept = BTreeMap::from([("tickets", (7, Some(&checkpoint)))]);
        let json = serde_json::to_string_pretty(&kept).unwrap();
        let read: BTreeMap<String, (u32, Option<Checkpoint>)> = serde_json::from_str(&json).unwrap();
        assert_eq!(read["tickets"], (7, Some(checkpoint.clone())));
        assert_eq!(serde_json::from_reader::<_, Checkpoint>(text.as_bytes()).unwrap(), checkpoint);
        assert_eq!(serde_json::to_string(&checkpoint).unwrap(), text);
    }
}

#[tokio::test]
async fn they_are_small_and_hold_no_credentials() {
    let world = World::start(config().tickets(3_000)).await;
    let token = world.simulator.credentials().access_token;
    let mut largest = (0, "");
    for kind in kinds() {
        let mut pages = kind.export(&world.client(), 1_000).pages();
        let mut before = 0;
        while let Some(page) = pages.next().await {
            let page = page.unwrap();
            let held = page.records.len() + usize::try_from(page.progress.repeats - before).unwrap();
            before = page.progress.repeats;
            let text = page.checkpoint.to_string();
            let value: Value = serde_json::from_str(&text).unwrap();
            let lists = value["seen"].as_object().into_iter().flat_map(|seen| seen.values());
            let seen: usize = lists.map(|keys| keys.as_array().unwrap().len()).sum();
            // None is kept but those of the last page, and where they may be late, of half an hour.
            assert!(seen <= held || kind.looks_back, "{}: {seen}", kind.name);
            assert!(text.len() <= 512 + 64 * seen, "{}: {} bytes, {seen} seen", kind.name, text.len());
            assert!(!text.contains(&token), "{}", kind.name);
            largest = largest.max((text.len(), kind.name));
        }
    }
    println!("the largest checkpoint, of {}, has {} bytes", largest.1, largest.0);
}

#[tokio::test]
async fn damaged_ones_are_errors_and_never_panic() {
    let checkpoints: Vec<String> = all().await.iter().map(ToString::to_string).collect();
    for text in &checkpoints {
        for end in 0..text.len() {
            assert!(text[..end].parse::<Checkpoint>().is_err(), "{}", &text[..end]);
        }
    }
    let damage = (0..checkpoints.len(), any::<prop::sample::Index>(), any::<char>(), 0..3_u8);
    TestRunner::new(Cases { failure_persistence: None, cases: 2_000, ..Cases::default() })
        .run(&damage, |(number, place, character, how)| {
            let mut text: Vec<char> = checkpoints[number].chars().collect();
            let place = place.index(text.len());
            match how {
                0 => text[place] = character,
                1 => text.insert(place, character),
                _ => drop(text.remove(place)),
            }
            // What can still be read can be written, and read again.
            if let Ok(checkpoint) = text.iter().collect::<String>().parse::<Checkpoint>() {
                prop_assert_eq!(checkpoint.to_string().parse::<Checkpoint>(), Ok(checkpoint));
            }
            Ok(())
        })
        .unwrap();
}

#[test]
fn what_is_wrong_with_one_is_told_with_what_to_do() {
    let good = json!({"version": 1, "operation": "IncrementalTicketExportTime", "next": {"start_time": 5}});
    assert!(serde_json::from_value::<Checkpoint>(good.clone()).is_ok());
    for (field, value, told) in [
        ("version", json!(2), "has the version 2, and this crate reads 1: update the crate"),
        ("version", json!("1"), "`version` is missing or damaged"),
        ("operation", Value::Null, "`operation` is missing or damaged"),
        ("next", json!({"start_time": 5, "cursor": "x"}), "`next` is missing or damaged"),
        ("next", json!({"start_time": 5.5}), "`next` is missing or damaged"),
        ("next", json!({"target": "https://evil.test/"}), "`next` is missing or damaged"),
        ("seen", json!({"5": "x"}), "`seen` is missing or damaged"),
        ("seen", json!([]), "`seen` is missing or damaged"),
        ("caught_up", json!(1), "`caught_up` is missing or damaged"),
        ("reached", json!("yesterday"), "`reached` is missing or damaged"),
        ("records", json!(-1), "`records` is missing or damaged"),
    ] {
        let mut damaged = good.clone();
        damaged[field] = value;
        let error = damaged.to_string().parse::<Checkpoint>().unwrap_err().to_string();
        assert!(error.contains(told), "{error}");
    }
    assert!("[]".parse::<Checkpoint>().is_err() && "".parse::<Checkpoint>().is_err());
}

#[tokio::test]
async fn one_of_another_export_is_refused_before_anything_is_asked() {
    let world = World::start(config()).await;
    let client = world.client();
    let of = async |name| run(&kind(name), &world, 100, None).await.swap_remove(0).0;
    let (tickets, by_time, by_cursor) =
        (of("tickets by time").await, of("metric events by time").await, of("metric events by cursor").await);
    let before = world.requests();

    let export = client.export(incremental_export::tickets_by_cursor().start_time(at(5))).resume(tickets);
    let (_, error) = rest(&mut export.raw().pages()).await;
    let error = error.unwrap();
    assert_eq!(
        stopped(&error),
        &ExportErrorKind::OtherOperation { found: "IncrementalTicketExportTime".to_owned() }
    );
    assert!(error.to_string().starts_with("IncrementalTicketExportCursor: "), "{error}");

    // The same operation, paged in another way: the place would not be understood, or start anew.
    let events = || ticket_metric_events::metric_events(at(crate::export::kinds::START));
    for export in
        [client.export(events().page_size(50)).resume(by_time), client.export(events()).resume(by_cursor)]
    {
        let (_, error) = rest(&mut export.raw().pages()).await;
        assert_eq!(stopped(&error.unwrap()), &ExportErrorKind::OtherPaging);
    }
    let end: Checkpoint =
        r#"{"version":1,"operation":"IncrementalChatExport","next":"end"}"#.parse().unwrap();
    let (_, error) = rest(&mut client.export(chat_export::chats()).resume(end).raw().pages()).await;
    assert_eq!(stopped(&error.unwrap()), &ExportErrorKind::OtherPaging);
    assert_eq!(world.requests(), before);
}

#[tokio::test]
async fn extremes_in_one_are_survived() {
    let world = World::start(config()).await;
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
        let mut pages = kind("tickets by time").export(&world.client(), 100).resume(checkpoint).pages();
        let (_, error) = rest(&mut pages).await;
        assert!(error.is_none(), "{error:?}");
        let progress = pages.progress().unwrap();
        assert_eq!((progress.pages, progress.records), (u64::MAX, u64::MAX));
    }
}
