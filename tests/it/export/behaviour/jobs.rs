//! Waiting for background work.

use std::sync::Arc;
use std::time::Duration;

use simulator::Fault;
use zendesk_client::models::{
    AgentAttributeValuesAction, AgentAttributeValuesJob, AgentAttributeValuesJobRequest,
    AgentAttributeValuesSelection, JobResults, JobState, JobStatusResponse,
};
use zendesk_client::{Clock, ExportErrorKind, IntoRequest, incremental_export, job_statuses, routing};

use super::script::{Reply, Script, Steps};
use super::{at, config, once, stopped};
use crate::export::World;

/// Asks for the skills of some agents to be set.
fn order(agents: &[i64]) -> impl IntoRequest<Output = JobStatusResponse> {
    let attributes = AgentAttributeValuesSelection { attribute_values: Vec::new() };
    let action = AgentAttributeValuesAction::Upsert;
    let job = AgentAttributeValuesJob { action, attributes, items: agents.to_vec() };
    routing::bulk_set_agent_attribute_values_job(&AgentAttributeValuesJobRequest { job })
}

fn state(answer: &JobStatusResponse) -> &JobState {
    answer.job_status.status.as_ref().unwrap()
}

/// A job that is never done.
fn endless() -> Script {
    Script::pages([r#"{"job_status": {"id": "j", "status": "working"}}"#])
}

#[tokio::test]
async fn it_is_waited_for_until_it_is_done() {
    for agents in [&[224, 225, 226][..], &[230]] {
        let world = World::start(config()).await;
        let client = world.client();
        let ordered = client.send(order(agents)).await.unwrap();
        assert_eq!(state(&ordered), &JobState::Queued);
        let done = client.wait_for(job_statuses::show_job_status(&ordered.job_status.id)).await.unwrap();
        assert_eq!(state(&done), &JobState::Completed);
        match done.job_status.results.unwrap() {
            JobResults::Array(items) => {
                assert_eq!(items.len(), agents.len());
                assert!(items.iter().all(|item| item.success == Some(true)));
            }
            JobResults::JobOutcome(outcome) => assert!(outcome.success && agents.len() == 1),
            other => panic!("{other:?}"),
        }
        assert!(world.requests() >= 3, "working, too");
    }
}

#[tokio::test]
async fn items_that_failed_are_told_by_the_answer() {
    let world = World::start(config()).await;
    let client = world.client();
    let ordered = client.send(order(&[224, 999_999])).await.unwrap();
    let done = client.wait_for(job_statuses::show_job_status(&ordered.job_status.id)).await.unwrap();
    let Some(JobResults::Array(items)) = done.job_status.results else { panic!("{done:?}") };
    let found: Vec<_> = items.iter().map(|item| (item.index, item.success, item.error.as_deref())).collect();
    assert_eq!(found, [(Some(0), Some(true), None), (Some(1), None, Some("AgentNotFound"))]);
}

#[tokio::test]
async fn faults_on_the_way_are_survived() {
    for fault in [Fault::BadGateway, Fault::CutJson, Fault::TooManyRequests, Fault::ResetInBody] {
        let world = World::start(config().faults(once(fault).consecutive(2))).await;
        let client = world.client();
        // An order is not sent twice by itself.
        let ordered = loop {
            if let Ok(ordered) = client.send(order(&[224])).await {
                break ordered;
            }
        };
        let done = client.wait_for(job_statuses::show_job_status(&ordered.job_status.id)).await.unwrap();
        assert_eq!(state(&done), &JobState::Completed, "{fault:?}");
        let asked = world.simulator.requests();
        assert!(asked.iter().any(|seen| seen.method == "GET" && seen.fault == Some(fault)), "{fault:?}");
    }
}

#[tokio::test]
async fn looks_become_rarer_until_it_is_given_up() {
    for (at_most, looks) in [(0, 1), (10, 4), (1_800, 64)] {
        let script = endless();
        let clock = Arc::new(Steps::default());
        let client = script.builder().clock(Arc::clone(&clock) as Arc<dyn Clock>).build().unwrap();
        let began = clock.monotonic();
        let at_most = Duration::from_secs(at_most);
        let waiter = client.wait_for(job_statuses::show_job_status("j")).at_most(at_most);
        let error = waiter.await.unwrap_err();
        assert_eq!(stopped(&error), &ExportErrorKind::StillPending);
        assert!(error.to_string().contains("the work is not over yet"), "{error}");
        // After 0, 1, 3, 7, 15 seconds and so on, then each half a minute.
        assert_eq!(script.seen().len(), looks, "{at_most:?}");
        assert!(clock.monotonic() <= began + at_most);
    }
}

#[tokio::test]
async fn an_interval_is_kept() {
    let script = endless();
    let waiter = |every| {
        let client = script.client();
        client.wait_for(job_statuses::show_job_status("j")).every(every).at_most(Duration::from_mins(1))
    };
    assert!(waiter(Duration::from_secs(20)).await.is_err());
    assert_eq!(script.seen().len(), 4);
    // Longer than there is time.
    let error = waiter(Duration::MAX).await.unwrap_err();
    assert_eq!(stopped(&error), &ExportErrorKind::StillPending);
    assert_eq!(script.seen().len(), 5);
}

#[tokio::test]
async fn the_longest_interval_is_no_overflow() {
    // The time before the first look counts, too.
    let script = Script::start(|number, _| match number {
        0 => Reply::Status(503, ""),
        _ => Reply::Json(r#"{"job_status": {"id": "j", "status": "queued"}}"#.to_owned()),
    });
    let error =
        script.client().wait_for(job_statuses::show_job_status("j")).every(Duration::MAX).await.unwrap_err();
    assert_eq!(stopped(&error), &ExportErrorKind::StillPending);
    assert_eq!(script.seen().len(), 2);
}

#[tokio::test]
async fn any_other_state_is_the_end() {
    for state in ["failed", "killed", "completed", "paused"] {
        let page = format!(r#"{{"job_status": {{"id": "j", "status": "{state}"}}}}"#);
        let script = Script::pages([&page]);
        let done = script.client().wait_for(job_statuses::show_job_status("j")).await.unwrap();
        assert_eq!(done.job_status.id, "j", "{state}");
        assert_eq!(script.seen().len(), 1, "{state}");
    }
}

#[tokio::test]
async fn what_is_no_work_is_refused_before_anything_is_asked() {
    let script = endless();
    let client = script.client();
    for error in [
        client.wait_for(order(&[224])).await.unwrap_err(),
        client.wait_for(incremental_export::sample_tickets(at(5))).await.unwrap_err(),
    ] {
        assert_eq!(stopped(&error), &ExportErrorKind::NeverPending);
        assert!(error.to_string().contains("use `send`"), "{error}");
    }
    assert!(script.seen().is_empty());
}
