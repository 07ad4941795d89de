//! Exports that continue in another process: what the checkpoint keeps, so that no record is repeated.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};
use zendesk_client::{
    Checkpoint, Client, Clock, Export, RawRecord, chat_export, incremental_export, ticket_metric_events,
};

use super::scripted_server::{NOW, ScriptedResponse, ScriptedServer};
use super::{at, parameter};
use crate::export::read;

/// Returns the ids of all records of an export, and its last checkpoint as another process reads it.
async fn run(export: Export<RawRecord>) -> (Vec<i64>, Checkpoint) {
    let (mut ids, mut checkpoint) = (Vec::new(), None);
    let mut pages = export.pages();
    while let Some(page) = pages.next().await {
        let page = page.unwrap();
        ids.extend(page.records.iter().map(|record| read(record)["id"].as_i64().unwrap()));
        checkpoint = Some(page.checkpoint.to_string().parse().unwrap());
    }
    (ids, checkpoint.unwrap())
}

fn tickets_by_cursor(client: &Client) -> Export<RawRecord> {
    client.export(incremental_export::tickets_by_cursor().start_time(at(5))).raw()
}

fn chats(client: &Client) -> Export<RawRecord> {
    client.export(chat_export::chats().start_time(at(5))).raw()
}

fn tickets_by_time(client: &Client, start: i64) -> Export<RawRecord> {
    client.export(incremental_export::tickets_by_time(at(start))).raw()
}

fn metric_events(client: &Client) -> Export<RawRecord> {
    client.export(ticket_metric_events::metric_events(at(5)).page_size(9)).raw()
}

/// Returns a page of chats from the milliseconds of their times, which are also their ids.
fn chat_page(times: &[u64]) -> String {
    let chat = |time: &u64| {
        format!(
            r#"{{"id": {time}, "update_timestamp": "1970-01-01T00:00:{:02}.{:03}Z"}}"#,
            time / 1000,
            time % 1000
        )
    };
    let chats: Vec<_> = times.iter().map(chat).collect();
    let next = "HOST/api/v2/chat/incremental/chats?start_time=9";
    format!(r#"{{"chats": [{}], "count": {}, "next_page": "{next}"}}"#, chats.join(","), times.len())
}

#[tokio::test]
async fn a_page_that_is_requested_again_gives_only_its_new_records() {
    // No cursor, or one that leads to the same page.
    let tickets =
        |list: &str| format!(r#"{{"tickets": [{list}], "after_cursor": null, "end_of_stream": true}}"#);
    let first = r#"{"id": 1, "generated_timestamp": 100}, {"id": 2, "generated_timestamp": 200}"#;
    let third = format!(r#"{first}, {{"id": 3, "generated_timestamp": 200}}"#);
    for (export, pages, more, new) in [
        (tickets_by_cursor as fn(&Client) -> _, [tickets(first), tickets(first)], tickets(&third), 3),
        (
            chats,
            [chat_page(&[1000]), chat_page(&[1000, 5000, 9000])],
            chat_page(&[1000, 5000, 9000, 9001]),
            9001,
        ),
    ] {
        let [one, two] = &pages;
        let (ids, checkpoint) = run(export(&ScriptedServer::pages([one, two]).client())).await;
        let server = ScriptedServer::pages([&more]);
        let (again, _) = run(export(&server.client()).resume(checkpoint.clone())).await;
        assert_eq!(again, [new], "{ids:?}, {checkpoint}");
    }
}

#[tokio::test]
async fn a_restarted_export_without_a_cursor_gives_each_record_once() {
    let tickets = |list: &str, cursor: &str| {
        format!(r#"{{"tickets": [{list}], "after_cursor": {cursor}, "end_of_stream": {}}}"#, cursor == "null")
    };
    let ticket = |id, time| format!(r#"{{"id": {id}, "generated_timestamp": {time}}}"#);
    let (start, restarted) = (ticket(1, 100), [ticket(1, 100), ticket(2, 150), ticket(3, 200)].join(","));
    let more = format!("{restarted}, {}", ticket(4, 200));
    let server = ScriptedServer::start(move |number, request| {
        let page = match (parameter(&request.target, "start_time"), number) {
            (Some("5"), _) => tickets(&start, "\"b\""),
            (Some("100"), ..3) => tickets(&restarted, "null"),
            (Some("100"), _) => tickets(&more, "null"),
            _ => return ScriptedResponse::Status(422, "cursor has expired"),
        };
        ScriptedResponse::Json(page)
    });
    let export = || tickets_by_cursor(&server.client()).restart_rejected_cursor(true);
    let (ids, checkpoint) = run(export()).await;
    assert_eq!(ids, [1, 2, 3]);
    let (ids, _) = run(export().resume(checkpoint.clone())).await;
    assert_eq!(ids, [4], "{checkpoint}");
}

#[tokio::test]
async fn the_records_that_the_next_page_may_repeat_are_kept() {
    // A chat export continues at a second, and the server may drop the fraction of its own.
    let server = ScriptedServer::pages([&chat_page(&[1000, 8900, 9200]), &chat_page(&[])]);
    let (_, checkpoint) = run(chats(&server.client())).await;
    let server = ScriptedServer::pages([&chat_page(&[8900, 9200, 9300])]);
    assert_eq!(run(chats(&server.client()).resume(checkpoint)).await.0, [9300]);
    // An export by cursor may restart at its last second, and by page cursor it repeats nothing.
    let tickets = r#"{"tickets": [{"id": 1, "generated_timestamp": 49}, {"id": 2, "generated_timestamp": 50}],
        "after_cursor": "a", "end_of_stream": true}"#;
    let events = r#"{"ticket_metric_events": [{"id": 1, "time": "2026-01-01T00:00:00Z"}],
        "meta": {"has_more": false, "after_cursor": "a"}}"#;
    for (export, page, seen) in [
        (tickets_by_cursor as fn(&Client) -> Export<RawRecord>, tickets, json!({"50": ["2@50"]})),
        (metric_events, events, Value::Null),
    ] {
        let (_, checkpoint) = run(export(&ScriptedServer::pages([page]).client())).await;
        assert_eq!(serde_json::to_value(&checkpoint).unwrap()["seen"], seen, "{checkpoint}");
    }
}

#[tokio::test]
async fn late_records_without_a_time_are_as_late_as_their_page() {
    let now = i64::try_from(NOW).unwrap();
    let page = |ids: &[i64], end: i64, last: bool| {
        let records: Vec<_> = ids.iter().map(|id| format!(r#"{{"id": {id}, "name": "n"}}"#)).collect();
        let records = records.join(",");
        format!(r#"{{"organizations": [{records}], "end_time": {end}, "end_of_stream": {last}}}"#)
    };
    let export = |server: &ScriptedServer| {
        server.client().export(incremental_export::organizations(at(now - 9_000))).raw()
    };
    let server = ScriptedServer::pages([&page(&[1], now - 200, false), &page(&[2], now - 100, true)]);
    let (ids, checkpoint) = run(export(&server)).await;
    assert_eq!(ids, [1, 2]);
    // The time reached is the end of the last page.
    assert_eq!(checkpoint.reached().unwrap().as_seconds(), now - 100);
    // The next process looks back before both pages.
    let server = ScriptedServer::pages([&page(&[1, 2, 3], now - 90, true)]);
    assert_eq!(run(export(&server).resume(checkpoint)).await.0, [3]);
}

/// Starts a server of tickets with these times, which are also their ids: at most `size` to a page.
fn tickets_at(times: Vec<i64>, size: usize) -> ScriptedServer {
    ScriptedServer::start(move |_, request| {
        let start: i64 = parameter(&request.target, "start_time").unwrap().parse().unwrap();
        let found: Vec<_> = times.iter().filter(|time| **time >= start).collect();
        let records: Vec<_> = found
            .iter()
            .take(size)
            .map(|time| format!(r#"{{"id": {time}, "generated_timestamp": {time}}}"#))
            .collect();
        let end = found.iter().take(size).next_back().map_or(start, |time| **time + 1);
        ScriptedResponse::Json(format!(
            r#"{{"tickets": [{}], "end_time": {end}, "end_of_stream": {}}}"#,
            records.join(","),
            found.len() <= size
        ))
    })
}

#[tokio::test]
async fn an_export_that_reads_many_pages_again_makes_progress() {
    let first = i64::try_from(NOW).unwrap() - 3_000;
    let times: Vec<_> = (0..300).map(|number| first + 2 * number).collect();
    let server = tickets_at(times.clone(), 1);
    let client = server.builder().rate_limits(false).build().unwrap();
    let export = || tickets_by_time(&client, first).allowed_lateness(Duration::from_hours(1));
    let (ids, checkpoint) = run(export()).await;
    assert_eq!(ids, times);
    // It begins at the first page again, and finds nothing new.
    let (ids, _) = run(export().resume(checkpoint)).await;
    assert_eq!((ids, server.requests().len()), (Vec::new(), 600));
}

/// A clock that a person can set back.
#[derive(Debug)]
struct AdjustedClock(AtomicU64);

impl Clock for AdjustedClock {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(self.0.load(Ordering::Relaxed))
    }

    fn monotonic(&self) -> Duration {
        Duration::from_mins(1)
    }

    fn sleep(&self, _: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(tokio::task::yield_now())
    }
}

#[tokio::test]
async fn a_clock_that_is_set_back_moves_no_checkpoint_back() {
    let now = i64::try_from(NOW).unwrap();
    let times = [-1_000, -100, -50].map(|before| now + before);
    let server = tickets_at(times.to_vec(), 2);
    let clock = Arc::new(AdjustedClock(AtomicU64::new(NOW)));
    let client = server.builder().clock(Arc::clone(&clock) as Arc<dyn Clock>).build().unwrap();
    let mut pages = tickets_by_time(&client, now - 9_000).pages();
    let first = pages.next().await.unwrap().unwrap();
    clock.0.store(NOW - 900, Ordering::Relaxed);
    let second = pages.next().await.unwrap().unwrap();
    assert_eq!((first.records.len(), second.records.len()), (2, 1));
    let next =
        |checkpoint: &Checkpoint| serde_json::to_value(checkpoint).unwrap()["next"]["start_time"].clone();
    assert_eq!(next(&first.checkpoint), now - 300);
    assert_eq!(next(&second.checkpoint), now - 300);
    let (ids, _) = run(tickets_by_time(&client, now - 9_000).resume(second.checkpoint)).await;
    assert_eq!(ids, [0; 0]);
}
