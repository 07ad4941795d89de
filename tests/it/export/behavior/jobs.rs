//! Waiting for background work.

use std::sync::Arc;
use std::time::Duration;

use simulator::Fault;
use zendesk_client::models::{
    AgentAttributeValuesAction, AgentAttributeValuesJob, AgentAttributeValuesJobRequest,
    AgentAttributeValuesSelection, JobResults, JobState, JobStatusResponse,
};
use zendesk_client::{Clock, ExportErrorKind, IntoRequest, incremental_export, job_statuses, routing};

use super::scripted_server::{ScriptedResponse, ScriptedServer, SteppingClock};
use super::{at, config, once, stop_reason};
use crate::export::TestServer;

/// Creates a job that sets the skills of agents.
fn job(agents: &[i64]) -> impl IntoRequest<Output = JobStatusResponse> {
    let attributes = AgentAttributeValuesSelection { attribute_values: Vec::new() };
    let action = AgentAttributeValuesAction::Upsert;
    let job = AgentAttributeValuesJob { action, attributes, items: agents.to_vec() };
    routing::bulk_set_agent_attribute_values_job(&AgentAttributeValuesJobRequest { job })
}

fn state(response: &JobStatusResponse) -> &JobState {
    response.job_status.status.as_ref().unwrap()
}

/// Starts a server whose job never completes.
fn endless() -> ScriptedServer {
    ScriptedServer::pages([r#"{"job_status": {"id": "j", "status": "working"}}"#])
}

#[tokio::test]
async fn a_job_is_polled_until_it_is_completed() {
    for agents in [&[224, 225, 226][..], &[230]] {
        let server = TestServer::start(config()).await;
        let client = server.client();
        let created = client.send(job(agents)).await.unwrap();
        assert_eq!(state(&created), &JobState::Queued);
        let done = client.wait_for(job_statuses::show_job_status(&created.job_status.id)).await.unwrap();
        assert_eq!(state(&done), &JobState::Completed);
        match done.job_status.results.unwrap() {
            JobResults::Array(items) => {
                assert_eq!(items.len(), agents.len());
                assert!(items.iter().all(|item| item.success == Some(true)));
            }
            JobResults::JobOutcome(outcome) => assert!(outcome.success && agents.len() == 1),
            other => panic!("{other:?}"),
        }
        assert!(server.requests() >= 3, "it is working before it is completed");
    }
}

#[tokio::test]
async fn failed_items_are_in_the_response() {
    let server = TestServer::start(config()).await;
    let client = server.client();
    let created = client.send(job(&[224, 999_999])).await.unwrap();
    let done = client.wait_for(job_statuses::show_job_status(&created.job_status.id)).await.unwrap();
    let Some(JobResults::Array(items)) = done.job_status.results else { panic!("{done:?}") };
    let found: Vec<_> = items.iter().map(|item| (item.index, item.success, item.error.as_deref())).collect();
    assert_eq!(found, [(Some(0), Some(true), None), (Some(1), None, Some("AgentNotFound"))]);
}

#[tokio::test]
async fn a_job_is_completed_despite_faults() {
    for fault in [Fault::BadGateway, Fault::TruncatedJson, Fault::TooManyRequests, Fault::ResetInBody] {
        let server = TestServer::start(config().faults(once(fault).consecutive(2))).await;
        let client = server.client();
        // The client doesn't retry a POST request.
        let created = loop {
            if let Ok(created) = client.send(job(&[224])).await {
                break created;
            }
        };
        let done = client.wait_for(job_statuses::show_job_status(&created.job_status.id)).await.unwrap();
        assert_eq!(state(&done), &JobState::Completed, "{fault:?}");
        let requests = server.simulator.requests();
        assert!(requests.iter().any(|seen| seen.method == "GET" && seen.fault == Some(fault)), "{fault:?}");
    }
}

#[tokio::test]
async fn polls_of_a_job_become_less_frequent_until_the_timeout() {
    for (at_most, polls) in [(0, 1), (10, 4), (1_800, 64)] {
        let server = endless();
        let clock = Arc::new(SteppingClock::default());
        let client = server.builder().clock(Arc::clone(&clock) as Arc<dyn Clock>).build().unwrap();
        let began = clock.monotonic();
        let at_most = Duration::from_secs(at_most);
        let waiter = client.wait_for(job_statuses::show_job_status("j")).timeout(at_most);
        let error = waiter.await.unwrap_err();
        assert_eq!(stop_reason(&error), &ExportErrorKind::StillPending);
        assert!(error.to_string().contains("the job has not ended yet"), "{error}");
        // After 0, 1, 3, 7, 15 seconds and so on, and then every half minute.
        assert_eq!(server.requests().len(), polls, "{at_most:?}");
        assert!(clock.monotonic() <= began + at_most);
    }
}

#[tokio::test]
async fn a_job_is_polled_at_the_given_interval() {
    let server = endless();
    let waiter = |every| {
        let client = server.client();
        client.wait_for(job_statuses::show_job_status("j")).interval(every).timeout(Duration::from_mins(1))
    };
    assert!(waiter(Duration::from_secs(20)).await.is_err());
    assert_eq!(server.requests().len(), 4);
    // The interval is longer than the timeout.
    let error = waiter(Duration::MAX).await.unwrap_err();
    assert_eq!(stop_reason(&error), &ExportErrorKind::StillPending);
    assert_eq!(server.requests().len(), 5);
}

#[tokio::test]
async fn the_longest_interval_does_not_overflow() {
    // The time before the first response counts, too.
    let server = ScriptedServer::start(|number, _| match number {
        0 => ScriptedResponse::Status(503, ""),
        _ => ScriptedResponse::Json(r#"{"job_status": {"id": "j", "status": "queued"}}"#.to_owned()),
    });
    let error = server
        .client()
        .wait_for(job_statuses::show_job_status("j"))
        .interval(Duration::MAX)
        .await
        .unwrap_err();
    assert_eq!(stop_reason(&error), &ExportErrorKind::StillPending);
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn any_other_state_ends_the_wait() {
    for state in ["failed", "killed", "completed", "paused"] {
        let page = format!(r#"{{"job_status": {{"id": "j", "status": "{state}"}}}}"#);
        let server = ScriptedServer::pages([&page]);
        let done = server.client().wait_for(job_statuses::show_job_status("j")).await.unwrap();
        assert_eq!(done.job_status.id, "j", "{state}");
        assert_eq!(server.requests().len(), 1, "{state}");
    }
}

#[tokio::test]
async fn an_operation_without_a_status_is_rejected_without_a_request() {
    let server = endless();
    let client = server.client();
    for error in [
        client.wait_for(job(&[224])).await.unwrap_err(),
        client.wait_for(incremental_export::sample_tickets(at(5))).await.unwrap_err(),
    ] {
        assert_eq!(stop_reason(&error), &ExportErrorKind::NotAJob);
        assert!(error.to_string().contains("use `send`"), "{error}");
    }
    assert!(server.requests().is_empty());
}

/// A gateway may show a page with the status code 200 between two polls.
#[tokio::test]
async fn a_poll_without_the_state_is_requested_again() {
    const DONE: &str = r#"{"job_status": {"id": "j", "status": "completed"}}"#;
    for (body, words) in [
        (
            r#"{"error": "InternalError", "description": "Please try again"}"#,
            "InternalError: Please try again",
        ),
        (r#"{"job_status": {"id": "j"}, "error": "Busy"}"#, "missing field `/job_status/status` of the job"),
        ("<!DOCTYPE html><title>Back soon</title>", "which has the title \"Back soon\""),
        ("null", "found null"),
        ("", "found no content"),
        ("OK", "which begins with \"OK\""),
        (r#"{"job_status": {"id": "#, "the response is incomplete"),
    ] {
        let server = ScriptedServer::pages([body, body, DONE]);
        let done = server.client().wait_for(job_statuses::show_job_status("j")).await.unwrap();
        assert_eq!((done.job_status.id.as_str(), server.requests().len()), ("j", 3), "{body}");
        let server = ScriptedServer::pages([body]);
        let error = server.client().wait_for(job_statuses::show_job_status("j")).await.unwrap_err();
        let text = error.to_string();
        assert!(text.contains(words) && text.contains("6 attempts"), "{body}: {text}");
        assert_eq!(server.requests().len(), 6, "{body}");
    }
    // Of a job that has ended, the response may lack a state.
    let server = ScriptedServer::pages([r#"{"job_status": {"id": "j"}}"#]);
    let done = server.client().wait_for(job_statuses::show_job_status("j")).await.unwrap();
    assert_eq!((done.job_status.id.as_str(), server.requests().len()), ("j", 1));
    // A state of a job whose other parts don't match is not requested again: the next response would not match, either.
    let server = ScriptedServer::pages([r#"{"job_status": {"status": "completed"}}"#]);
    let error = server.client().wait_for(job_statuses::show_job_status("j")).await.unwrap_err();
    assert!(error.is_decode() && server.requests().len() == 1, "{error}");
}
