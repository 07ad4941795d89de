//! Each fault does what it says, and a run with all of them ends.

use std::collections::BTreeSet;

use simulator::{Config, Fault, FaultPlan, Resource, Seen, Simulator};

use crate::client::{Answer, get, try_get};
use crate::exports::version;

const TICKETS: &str = "/api/v2/incremental/tickets?start_time=0&per_page=500";
const BY_CURSOR: &str = "/api/v2/incremental/tickets/cursor?start_time=0&per_page=20";

/// A simulator where this is wrong with every request that it fits, for ever.
async fn always(fault: Fault) -> Simulator {
    let plan = FaultPlan::only(fault).probability(1.0).consecutive(u32::MAX).decisions(u32::MAX);
    Simulator::start(Config::default().tickets(200).empty_pages(false).faults(plan)).await
}

async fn faulty(fault: Fault, path: &str) -> (Simulator, Answer) {
    let simulator = always(fault).await;
    let answer = get(&simulator, path).await;
    assert_eq!(simulator.requests()[0].fault, Some(fault));
    (simulator, answer)
}

#[tokio::test]
async fn refusals_come_with_delays_of_every_kind() {
    for (fault, delay) in [
        (Fault::TooManyRequests, Some("1")),
        (Fault::TooManyRequestsWithoutDelay, None),
        (Fault::TooManyRequestsNonsense, Some("a while")),
    ] {
        let (_, answer) = faulty(fault, TICKETS).await;
        assert_eq!((answer.status, answer.header("retry-after")), (429, delay));
    }
    let (_, answer) = faulty(Fault::TooManyRequestsUntilDate, TICKETS).await;
    assert!(answer.header("retry-after").unwrap().ends_with(" GMT"));
}

#[tokio::test]
async fn servers_fail_with_bodies_of_every_kind() {
    for (fault, status, start) in [
        (Fault::InternalError, 500, "{\"status\":500,"),
        (Fault::BadGateway, 502, "<html>"),
        (Fault::Unavailable, 503, ""),
        (Fault::UnavailableWithDelay, 503, "<html>"),
        (Fault::GatewayTimeout, 504, "upstream request timeout"),
        (Fault::UnknownError, 520, "<html>"),
    ] {
        let (_, answer) = faulty(fault, TICKETS).await;
        assert_eq!(answer.status, status);
        assert!(answer.text().starts_with(start), "{}", answer.text());
        assert_eq!(answer.header("retry-after").is_some(), fault == Fault::UnavailableWithDelay);
    }
}

#[tokio::test]
async fn a_gateway_times_out_on_large_pages_only() {
    let simulator = always(Fault::GatewayTimeout).await;
    for (size, status) in [(101, 504), (100, 200)] {
        let path = format!("/api/v2/incremental/tickets?start_time=0&per_page={size}");
        assert_eq!(get(&simulator, &path).await.status, status);
    }
    assert_eq!(get(&simulator, "/api/v2/incremental/tickets?start_time=0").await.status, 504);
    assert_eq!(get(&simulator, "/api/v2/routing/attributes").await.status, 200);
}

#[tokio::test]
async fn connections_break_before_and_in_the_body() {
    for (fault, status) in
        [(Fault::ResetBeforeResponse, None), (Fault::ResetInBody, Some(200)), (Fault::ShortBody, Some(200))]
    {
        let simulator = always(fault).await;
        assert!(try_get(&simulator, TICKETS).await.is_err(), "{fault:?}");
        let Seen { status: seen, fault: noted, .. } = simulator.requests().remove(0);
        assert_eq!((seen, noted), (status, Some(fault)));
    }
}

#[tokio::test]
async fn json_is_cut_with_the_right_length() {
    let (_, answer) = faulty(Fault::CutJson, TICKETS).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-length"), Some(answer.body.len().to_string().as_str()));
    assert!(serde_json::from_slice::<serde_json::Value>(&answer.body).unwrap_err().is_eof());
}

#[tokio::test]
async fn a_slow_body_is_whole_in_the_end() {
    let (simulator, answer) = faulty(Fault::SlowBody, TICKETS).await;
    assert_eq!(answer.json()["tickets"].as_array().unwrap().len(), 200);
    assert_eq!(simulator.problems(), Vec::<String>::new());
}

#[tokio::test]
async fn other_hosts_are_named_and_note_who_comes() {
    let (simulator, answer) = faulty(Fault::ForeignNextPage, BY_CURSOR).await;
    let page = answer.json();
    let foreign = page["after_url"].as_str().unwrap().to_owned();
    assert!(!foreign.starts_with(simulator.url()));
    assert!(foreign.contains("/api/v2/incremental/tickets/cursor.json?"));
    assert_eq!(simulator.foreign_requests().len(), 0);
    get(&simulator, &foreign).await;
    let came = simulator.foreign_requests().remove(0);
    assert!(foreign.ends_with(&came.target));
    assert!(came.headers.iter().any(|(name, _)| name == "authorization"));

    let (simulator, answer) = faulty(Fault::ForeignRedirect, BY_CURSOR).await;
    assert_eq!(answer.status, 302);
    let target = answer.header("location").unwrap();
    assert!(!target.starts_with(simulator.url()) && target.ends_with(BY_CURSOR), "{target}");
}

#[tokio::test]
async fn cursors_are_repeated_or_missing_before_the_end_only() {
    let simulator = always(Fault::RepeatedCursor).await;
    let first = get(&simulator, BY_CURSOR).await.json();
    let cursor = first["after_cursor"].as_str().unwrap().replace('=', "%3D");
    let path = format!("/api/v2/incremental/tickets/cursor?per_page=20&cursor={cursor}");
    let second = get(&simulator, &path).await.json();
    assert_eq!(second["after_cursor"], first["after_cursor"]);
    assert_eq!((&second["end_of_stream"], second["tickets"].as_array().unwrap().len()), (&false.into(), 20));

    let simulator = always(Fault::MissingCursor).await;
    let page = get(&simulator, BY_CURSOR).await.json();
    assert!(page["after_cursor"].is_null() && page["after_url"].is_null());
    let whole = get(&simulator, "/api/v2/incremental/tickets/cursor?start_time=0").await.json();
    assert_eq!(whole["end_of_stream"], true);
    assert!(whole["after_cursor"].is_string());
    assert_eq!(simulator.requests()[1].fault, None);
}

#[tokio::test]
async fn a_stall_ends_where_it_began_and_loses_nothing_once_it_is_over() {
    let plan = FaultPlan::only(Fault::Stall).probability(1.0).consecutive(u32::MAX).decisions(1);
    let simulator = Simulator::start(Config::default().tickets(200).faults(plan)).await;
    let page = |start: i64| {
        let simulator = &simulator;
        async move {
            let path = format!("/api/v2/incremental/tickets?start_time={start}&per_page=100");
            get(simulator, &path).await.json()
        }
    };
    let first = page(0).await;
    let end = first["end_time"].as_i64().unwrap();
    assert_eq!(simulator.requests()[0].fault, None, "there is nothing at the very start");
    let stalled = page(end).await;
    assert_eq!((stalled["end_time"].as_i64(), &stalled["end_of_stream"]), (Some(end), &false.into()));
    assert!(!stalled["tickets"].as_array().unwrap().is_empty());
    let faults: Vec<_> = simulator.requests().iter().filter_map(|seen| seen.fault).collect();
    assert_eq!(faults, [Fault::Stall]);
    assert_ne!(page(end).await["end_time"].as_i64(), Some(end));
}

#[tokio::test]
async fn a_skewed_clock_shows_in_the_date() {
    let config = Config::default().tickets(10).time_scale(0.0);
    let right = Simulator::start(config.clone()).await;
    let skewed = Simulator::start(config.faults(FaultPlan::only(Fault::ClockSkew))).await;
    assert!((120..=600).contains(&(right.now() - skewed.now()).abs()));
    let date = |answer: Answer| answer.header("date").unwrap().to_owned();
    assert_ne!(date(get(&right, TICKETS).await), date(get(&skewed, TICKETS).await));
}

#[tokio::test]
async fn a_stubborn_client_gets_through_all_of_it() {
    let config = Config::default().seed(3).tickets(400).faults(FaultPlan::all().probability(0.7));
    let simulator = Simulator::start(config).await;
    let mut got = BTreeSet::new();
    let mut address = "/api/v2/incremental/tickets/cursor?start_time=0&per_page=5".to_owned();
    loop {
        let Ok(answer) = try_get(&simulator, &address).await else { continue };
        let Ok(page) = serde_json::from_slice::<serde_json::Value>(&answer.body) else { continue };
        let Some(records) = page["tickets"].as_array() else { continue };
        got.extend(records.iter().map(|record| version(Resource::Tickets, record)));
        if page["end_of_stream"] == true {
            break;
        }
        // A missing cursor, or the same again: ask once more.
        if let Some(cursor) = page["after_cursor"].as_str() {
            let cursor = cursor.replace('=', "%3D");
            address = format!("/api/v2/incremental/tickets/cursor?per_page=5&cursor={cursor}");
        }
    }
    assert_eq!(got, simulator.versions(Resource::Tickets));
    assert_eq!(simulator.problems(), Vec::<String>::new());
    let seen: BTreeSet<Fault> = simulator.requests().iter().filter_map(|seen| seen.fault).collect();
    assert!(seen.len() > 10, "{seen:?}");
}
