//! Each fault has its documented effect, and an export with all faults ends.

use std::collections::BTreeSet;

use simulator::{Config, Fault, FaultPlan, LoggedRequest, Resource, Simulator};

use crate::client::{Response, get, try_get};
use crate::exports::version;

const TICKETS: &str = "/api/v2/incremental/tickets?start_time=0&per_page=500";
const BY_CURSOR: &str = "/api/v2/incremental/tickets/cursor?start_time=0&per_page=20";

/// Starts a simulator that injects this fault into every request that it applies to.
async fn always(fault: Fault) -> Simulator {
    let fault_plan = FaultPlan::only(fault).probability(1.0).consecutive(u32::MAX).decisions(u32::MAX);
    Simulator::start(Config::default().tickets(200).empty_pages(false).faults(fault_plan)).await
}

async fn faulty(fault: Fault, path: &str) -> (Simulator, Response) {
    let simulator = always(fault).await;
    let response = get(&simulator, path).await;
    assert_eq!(simulator.requests()[0].fault, Some(fault));
    (simulator, response)
}

#[tokio::test]
async fn too_many_requests_responses_have_every_kind_of_retry_after() {
    for (fault, delay) in [
        (Fault::TooManyRequests, Some("1")),
        (Fault::TooManyRequestsWithoutDelay, None),
        (Fault::TooManyRequestsNonsense, Some("a while")),
    ] {
        let (_, response) = faulty(fault, TICKETS).await;
        assert_eq!((response.status, response.header("retry-after")), (429, delay));
    }
    let (_, response) = faulty(Fault::TooManyRequestsUntilDate, TICKETS).await;
    assert!(response.header("retry-after").unwrap().ends_with(" GMT"));
}

#[tokio::test]
async fn server_errors_have_every_kind_of_body() {
    for (fault, status, start) in [
        (Fault::InternalError, 500, "{\"status\":500,"),
        (Fault::BadGateway, 502, "<html>"),
        (Fault::Unavailable, 503, ""),
        (Fault::UnavailableWithDelay, 503, "<html>"),
        (Fault::GatewayTimeout, 504, "upstream request timeout"),
        (Fault::UnknownError, 520, "<html>"),
    ] {
        let (_, response) = faulty(fault, TICKETS).await;
        assert_eq!(response.status, status);
        assert!(response.text().starts_with(start), "{}", response.text());
        assert_eq!(response.header("retry-after").is_some(), fault == Fault::UnavailableWithDelay);
    }
}

#[tokio::test]
async fn a_gateway_times_out_only_for_large_pages() {
    let simulator = always(Fault::GatewayTimeout).await;
    for (size, status) in [(101, 504), (100, 200)] {
        let path = format!("/api/v2/incremental/tickets?start_time=0&per_page={size}");
        assert_eq!(get(&simulator, &path).await.status, status);
    }
    assert_eq!(get(&simulator, "/api/v2/incremental/tickets?start_time=0").await.status, 504);
    assert_eq!(get(&simulator, "/api/v2/routing/attributes").await.status, 200);
}

#[tokio::test]
async fn connections_are_reset_before_and_within_the_body() {
    for (fault, status) in
        [(Fault::ResetBeforeResponse, None), (Fault::ResetInBody, Some(200)), (Fault::ShortBody, Some(200))]
    {
        let simulator = always(fault).await;
        assert!(try_get(&simulator, TICKETS).await.is_err(), "{fault:?}");
        let LoggedRequest { status: logged, fault: injected, .. } = simulator.requests().remove(0);
        assert_eq!((logged, injected), (status, Some(fault)));
    }
}

#[tokio::test]
async fn truncated_json_has_a_matching_content_length() {
    let (_, response) = faulty(Fault::TruncatedJson, TICKETS).await;
    assert_eq!(response.status, 200);
    assert_eq!(response.header("content-length"), Some(response.body.len().to_string().as_str()));
    assert!(serde_json::from_slice::<serde_json::Value>(&response.body).unwrap_err().is_eof());
}

#[tokio::test]
async fn a_slow_body_is_complete_at_the_end() {
    let (simulator, response) = faulty(Fault::SlowBody, TICKETS).await;
    assert_eq!(response.json()["tickets"].as_array().unwrap().len(), 200);
    assert_eq!(simulator.problems(), Vec::<String>::new());
}

#[tokio::test]
async fn responses_name_the_other_host_which_logs_its_requests() {
    let (simulator, response) = faulty(Fault::OtherHostNextPage, BY_CURSOR).await;
    let page = response.json();
    let other_host = page["after_url"].as_str().unwrap().to_owned();
    assert!(!other_host.starts_with(simulator.url()));
    assert!(other_host.contains("/api/v2/incremental/tickets/cursor.json?"));
    assert_eq!(simulator.other_host_requests().len(), 0);
    get(&simulator, &other_host).await;
    let received = simulator.other_host_requests().remove(0);
    assert!(other_host.ends_with(&received.target));
    assert!(received.headers.iter().any(|(name, _)| name == "authorization"));

    let (simulator, response) = faulty(Fault::OtherHostRedirect, BY_CURSOR).await;
    assert_eq!(response.status, 302);
    let target = response.header("location").unwrap();
    assert!(!target.starts_with(simulator.url()) && target.ends_with(BY_CURSOR), "{target}");
}

#[tokio::test]
async fn cursors_are_repeated_or_missing_only_before_the_last_page() {
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
async fn a_stalled_page_ends_at_its_start_time_and_a_later_page_continues() {
    let fault_plan = FaultPlan::only(Fault::Stall).probability(1.0).consecutive(u32::MAX).decisions(1);
    let simulator = Simulator::start(Config::default().tickets(200).faults(fault_plan)).await;
    let page = |start: i64| {
        let simulator = &simulator;
        async move {
            let path = format!("/api/v2/incremental/tickets?start_time={start}&per_page=100");
            get(simulator, &path).await.json()
        }
    };
    let first = page(0).await;
    let end = first["end_time"].as_i64().unwrap();
    assert_eq!(simulator.requests()[0].fault, None, "there are no records in the first second");
    let stalled = page(end).await;
    assert_eq!((stalled["end_time"].as_i64(), &stalled["end_of_stream"]), (Some(end), &false.into()));
    assert!(!stalled["tickets"].as_array().unwrap().is_empty());
    let faults: Vec<_> = simulator.requests().iter().filter_map(|seen| seen.fault).collect();
    assert_eq!(faults, [Fault::Stall]);
    assert_ne!(page(end).await["end_time"].as_i64(), Some(end));
}

#[tokio::test]
async fn a_skewed_clock_changes_the_date_header() {
    let config = Config::default().tickets(10).time_scale(0.0);
    let right = Simulator::start(config.clone()).await;
    let skewed = Simulator::start(config.faults(FaultPlan::only(Fault::ClockSkew))).await;
    assert!((120..=600).contains(&(right.now() - skewed.now()).abs()));
    let date = |response: Response| response.header("date").unwrap().to_owned();
    assert_ne!(date(get(&right, TICKETS).await), date(get(&skewed, TICKETS).await));
}

#[tokio::test]
async fn a_client_that_retries_gets_all_records_despite_all_faults() {
    let config = Config::default().seed(3).tickets(400).faults(FaultPlan::all().probability(0.7));
    let simulator = Simulator::start(config).await;
    let mut got = BTreeSet::new();
    let mut address = "/api/v2/incremental/tickets/cursor?start_time=0&per_page=5".to_owned();
    loop {
        let Ok(response) = try_get(&simulator, &address).await else { continue };
        let Ok(page) = serde_json::from_slice::<serde_json::Value>(&response.body) else { continue };
        let Some(records) = page["tickets"].as_array() else { continue };
        got.extend(records.iter().map(|record| version(Resource::Tickets, record)));
        if page["end_of_stream"] == true {
            break;
        }
        // The cursor is missing or repeated: repeat the request.
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
