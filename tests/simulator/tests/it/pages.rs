//! Rules of pagination that a full export does not show.

use std::time::Duration;

use serde_json::Value;
use simulator::{Config, Simulator};

use crate::client::get;

async fn start(config: Config) -> Simulator {
    Simulator::start(config.time_scale(0.0)).await
}

async fn page(simulator: &Simulator, path: &str) -> Value {
    let response = get(simulator, path).await;
    assert_eq!(response.status, 200, "{}", response.text());
    response.json()
}

fn seconds(page: &Value) -> Vec<i64> {
    let tickets = page["tickets"].as_array().unwrap();
    tickets.iter().map(|ticket| ticket["generated_timestamp"].as_i64().unwrap()).collect()
}

#[tokio::test]
async fn the_first_second_exceeds_a_page_and_is_not_ordered_by_id() {
    let simulator = start(Config::default()).await;
    let first = page(&simulator, "/api/v2/incremental/tickets?start_time=0").await;
    let seconds = seconds(&first);
    assert!(seconds.len() > 1_000, "{}", seconds.len());
    assert!(seconds.iter().all(|second| *second == seconds[0]));
    assert_eq!(first["count"], seconds.len());
    assert_eq!(first["end_time"], seconds[0] + 1);
    assert_eq!(first["end_of_stream"], false);
    let ids: Vec<i64> =
        first["tickets"].as_array().unwrap().iter().map(|ticket| ticket["id"].as_i64().unwrap()).collect();
    assert!(!ids.is_sorted());
}

#[tokio::test]
async fn a_later_second_is_split_and_repeated() {
    let simulator = start(Config::default()).await;
    let first = page(&simulator, "/api/v2/incremental/tickets?start_time=0&per_page=300").await;
    let mut start = first["end_time"].as_i64().unwrap();
    loop {
        let next =
            page(&simulator, &format!("/api/v2/incremental/tickets?start_time={start}&per_page=300")).await;
        assert_eq!(next["end_of_stream"], false, "the second in the middle has more records than a page");
        let seconds = seconds(&next);
        let end = next["end_time"].as_i64().unwrap();
        if seconds[0] != seconds[seconds.len() - 1] {
            assert_eq!((seconds.len(), end), (300, seconds[299]));
        }
        if seconds.len() > 300 {
            assert_eq!(seconds[0], start, "it was split on the previous page");
            assert_eq!(end, start + 1);
            return;
        }
        start = end;
    }
}

#[tokio::test]
async fn the_next_page_of_the_last_page_is_itself() {
    let simulator = start(Config::default().tickets(100)).await;
    let last = page(&simulator, "/api/v2/incremental/tickets?start_time=0&per_page=1000").await;
    assert_eq!(last["end_of_stream"], true);
    let next = last["next_page"].as_str().unwrap();
    let again = page(&simulator, next).await;
    assert!(again["count"].as_i64().unwrap() >= 1);
    assert_eq!(again["next_page"], next);
    assert_eq!(again["end_of_stream"], true);
}

#[tokio::test]
async fn an_empty_page_has_no_end_time() {
    let simulator = start(Config::default().tickets(100)).await;
    let path = format!("/api/v2/incremental/tickets?start_time={}", simulator.now() - 100);
    let empty = page(&simulator, &path).await;
    assert_eq!((&empty["count"], &empty["end_time"]), (&0.into(), &Value::Null));
    assert!(empty["next_page"].is_string());
}

#[tokio::test]
async fn an_old_account_has_no_end_of_stream() {
    let simulator = start(Config::default().tickets(10).end_of_stream(false)).await;
    for (name, expected) in [("ticket_events", false), ("ticket_metric_events", false), ("users", true)] {
        let page = page(&simulator, &format!("/api/v2/incremental/{name}?start_time=0")).await;
        assert_eq!(page.get("end_of_stream").is_some(), expected, "{name}");
    }
}

#[tokio::test]
async fn samples_have_at_most_fifty_records() {
    let simulator = start(Config::default()).await;
    for name in ["tickets", "ticket_events", "users", "organizations"] {
        let sample = page(&simulator, &format!("/api/v2/incremental/{name}/sample?start_time=0")).await;
        assert_eq!((sample[name].as_array().unwrap().len(), &sample["count"]), (50, &50.into()));
    }
    assert_eq!(simulator.problems(), Vec::<String>::new());
}

#[tokio::test]
async fn cursor_exports_have_empty_pages_before_the_last_one() {
    let simulator = start(Config::default()).await;
    let mut address = "/api/v2/incremental/users/cursor?start_time=0&per_page=10".to_owned();
    let mut empty = 0;
    loop {
        let page = page(&simulator, &address).await;
        if page["end_of_stream"] == true {
            break;
        }
        empty += usize::from(page["users"].as_array().unwrap().is_empty());
        page["after_url"].as_str().unwrap().clone_into(&mut address);
    }
    assert!(empty > 2, "{empty}");
}

#[tokio::test]
async fn metric_events_are_paginated_by_cursor_forwards_and_backwards() {
    let simulator = start(Config::default().tickets(250)).await;
    let path = "/api/v2/incremental/ticket_metric_events?start_time=0&page[size]=100";
    let first = page(&simulator, path).await;
    assert_eq!(first["meta"]["has_more"], true);
    assert_eq!((first.get("count"), first.get("end_time")), (None, None));
    let second = page(&simulator, first["links"]["next"].as_str().unwrap()).await;
    let third = page(&simulator, second["links"]["next"].as_str().unwrap()).await;
    assert_eq!((&third["meta"]["has_more"], &third["links"]["next"]), (&false.into(), &Value::Null));
    assert_eq!(third["ticket_metric_events"].as_array().unwrap().len(), 50);
    let back = page(&simulator, second["links"]["prev"].as_str().unwrap()).await;
    assert_eq!(back["ticket_metric_events"], first["ticket_metric_events"]);
    assert_eq!(simulator.problems(), Vec::<String>::new());
}

#[tokio::test]
async fn metric_events_have_short_pages_before_the_last_one() {
    let simulator = start(Config::default().metric_page_size(60)).await;
    let (mut start, mut short) = (0, 0);
    loop {
        let path = format!("/api/v2/incremental/ticket_metric_events?start_time={start}");
        let page = page(&simulator, &path).await;
        if page["end_of_stream"] == true {
            break;
        }
        short += usize::from(page["count"].as_i64().unwrap() < 60);
        start = page["end_time"].as_i64().unwrap();
    }
    assert!(short > 2, "{short}");
}

#[tokio::test]
async fn deleted_records_can_be_excluded() {
    let simulator = start(Config::default().tickets(300)).await;
    for path in ["tickets?start_time=0", "tickets/cursor?start_time=0"] {
        let deleted = |page: &Value| {
            let tickets = page["tickets"].as_array().unwrap();
            tickets.iter().filter(|ticket| ticket["status"] == "deleted").count()
        };
        let all = page(&simulator, &format!("/api/v2/incremental/{path}")).await;
        let living = page(&simulator, &format!("/api/v2/incremental/{path}&exclude_deleted=true")).await;
        assert!(deleted(&all) > 5);
        assert_eq!(deleted(&living), 0);
        let count = |page: &Value| page["tickets"].as_array().unwrap().len();
        assert_eq!(count(&living), count(&all) - deleted(&all));
    }
}

#[tokio::test]
async fn deleted_breaches_can_be_excluded() {
    let simulator = start(Config::default().tickets(900)).await;
    let deleted = |page: &Value| {
        let events = page["ticket_metric_events"].as_array().unwrap();
        events.iter().filter(|event| event["deleted"] == true).count()
    };
    let path = "/api/v2/incremental/ticket_metric_events?start_time=0";
    assert!(deleted(&page(&simulator, path).await) > 2);
    assert_eq!(deleted(&page(&simulator, &format!("{path}&exclude_deleted=true")).await), 0);
}

#[tokio::test]
async fn sideloads_are_next_to_and_inside_the_records() {
    let simulator = start(Config::default().tickets(100)).await;
    let tickets =
        page(&simulator, "/api/v2/incremental/tickets/cursor?start_time=0&include=users,metric_sets").await;
    assert!(!tickets["users"].as_array().unwrap().is_empty());
    assert!(tickets["tickets"][0]["metric_set"]["ticket_id"].is_number());
    let events =
        page(&simulator, "/api/v2/incremental/ticket_events?start_time=0&include=comment_events").await;
    let events = events["ticket_events"].as_array().unwrap();
    assert!(events.iter().any(|event| event["child_events"][0]["body"].is_string()));
    assert_eq!(simulator.problems(), Vec::<String>::new());
}

#[tokio::test]
async fn chat_next_page_urls_keep_the_parameters_and_can_have_fractions() {
    let simulator = start(Config::default()).await;
    let path = "/api/v2/chat/incremental/chats?fields=chats(id,response_time.max)&limit=3";
    let first = page(&simulator, path).await;
    let chat = first["chats"].as_array().unwrap().iter().find(|chat| chat.get("response_time").is_some());
    assert_eq!(chat.unwrap()["response_time"].as_object().unwrap().len(), 1);
    let next = first["next_page"].as_str().unwrap();
    assert!(next.contains("fields=chats%28id%2Cresponse_time.max%29&limit=3&start_time="), "{next}");
    assert!(next.ends_with(&format!("&start_id={}", first["end_id"].as_str().unwrap())), "{next}");

    let bare = page(&simulator, "/api/v2/chat/incremental/chats").await;
    assert_eq!(bare["chats"][0].as_object().unwrap().len(), 1);
    let next = bare["next_page"].as_str().unwrap();
    assert!(!next.contains("limit=") && !next.contains("fields="), "{next}");

    let (mut address, mut fractions) = ("/api/v2/chat/incremental/department_events?limit=9".to_owned(), 0);
    for _ in 0..20 {
        let page = page(&simulator, &address).await;
        page["next_page"].as_str().unwrap().clone_into(&mut address);
        let fraction = address.split("start_time=").nth(1).unwrap().split('&').next().unwrap().contains('.');
        fractions += usize::from(fraction && page["end_time"].is_i64());
    }
    assert!(fractions > 2, "a fraction in the URL, although end_time has none: {fractions}");
    assert_eq!(simulator.problems(), Vec::<String>::new());
}

#[tokio::test]
async fn a_chat_export_ends_with_an_empty_page_whose_next_page_is_itself() {
    let simulator = start(Config::default().tickets(20)).await;
    let last = page(&simulator, "/api/v2/chat/incremental/chats").await;
    let next = last["next_page"].as_str().unwrap();
    let empty = page(&simulator, next).await;
    assert_eq!((&empty["count"], &empty["next_page"]), (&0.into(), &next.into()));
}

#[tokio::test]
async fn the_timeline_has_microseconds_and_repeats_its_last_record() {
    let simulator = start(Config::default().tickets(100)).await;
    let last = page(&simulator, "/api/v2/chat/incremental/agent_timeline").await;
    assert!(last["end_time"].as_i64().unwrap() > 1 << 50);
    assert_eq!((last.get("end_id"), last["agent_timeline"][0].get("id")), (None, None));
    let again = page(&simulator, last["next_page"].as_str().unwrap()).await;
    let records = last["agent_timeline"].as_array().unwrap();
    assert_eq!(again["agent_timeline"].as_array().unwrap().as_slice(), &records[records.len() - 1..]);
}

#[tokio::test]
async fn routing_exports_end_with_an_empty_page_and_are_not_ordered_by_time() {
    let simulator = start(Config::default().tickets(500)).await;
    let log = page(&simulator, "/api/v2/incremental/routing/instance_values").await;
    let times: Vec<&str> =
        log["instance_values"].as_array().unwrap().iter().map(|row| row["time"].as_str().unwrap()).collect();
    assert!(!times.is_sorted());
    let end = page(&simulator, log["next_page"].as_str().unwrap()).await;
    assert_eq!((&end["count"], &end["end_time"]), (&0.into(), &Value::Null));
    assert_eq!(end["next_page"], log["next_page"]);
}

#[tokio::test]
async fn the_same_seed_gives_the_same_responses_and_another_seed_different_ones() {
    let get_all = |seed: u64| async move {
        let simulator = start(Config::default().seed(seed).tickets(300)).await;
        simulator.advance(Duration::from_mins(1));
        let mut bodies = Vec::new();
        for path in [
            "incremental/tickets?start_time=0&per_page=100",
            "incremental/users/cursor?start_time=0",
            "chat/incremental/chats?fields=chats(*)",
            "routing/attributes",
        ] {
            let body = get(&simulator, &format!("/api/v2/{path}")).await.text().to_owned();
            bodies.push(body.replace(simulator.url(), ""));
        }
        bodies
    };
    let first = get_all(5).await;
    assert_eq!(first, get_all(5).await);
    assert!(first.iter().zip(get_all(6).await).all(|(own, other)| *own != other));
}
