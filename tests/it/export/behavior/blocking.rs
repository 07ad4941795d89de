//! Exports without an async runtime.

use simulator::Fault;
use zendesk_client::{Auth, ErrorKind, RawRecord, RetryPolicy, blocking, incremental_export, job_statuses};

use super::scripted_server::ScriptedServer;
use super::{always, at, config, export_kind, remaining};
use crate::export::TestServer;
use crate::export::export_kinds::START;

/// Starts a server, for code without an async runtime.
fn server(config: simulator::Config) -> TestServer {
    block_on(TestServer::start(config))
}

fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

fn export(client: &blocking::Client) -> blocking::Export<RawRecord> {
    client.export(incremental_export::tickets_by_time(at(START)).per_page(40)).raw()
}

#[test]
fn blocking_exports_give_the_same_as_async_exports() {
    let server = server(config());
    let client = blocking::Client::new(server.client()).unwrap();
    let (expected, _) =
        block_on(remaining(&mut export_kind("tickets by time").export(&server.client(), 40).pages()));
    let mut pages = export(&client).pages();
    let mut found = Vec::new();
    let mut checkpoint = None;
    for page in &mut pages {
        let page = page.unwrap();
        found.extend(page.records);
        if page.checkpoint.pages() == 2 {
            checkpoint = Some((page.checkpoint, found.len()));
        }
    }
    assert_eq!(found, expected);
    let progress = pages.progress().unwrap();
    assert!(progress.caught_up && progress.records == expected.len() as u64, "{progress:?}");
    assert!(pages.next().is_none());

    let mut records = export(&client).records();
    let one_by_one: Vec<_> = records.by_ref().map(Result::unwrap).collect();
    assert_eq!(one_by_one, expected);
    assert!(records.checkpoint().unwrap().is_caught_up() && records.progress().unwrap().caught_up);

    let (checkpoint, before) = checkpoint.unwrap();
    let resumed: Vec<_> = export(&client).resume(checkpoint).records().map(Result::unwrap).collect();
    assert_eq!(resumed, expected[before..]);
}

#[test]
fn blocking_exports_end_after_an_error() {
    let server = server(config().faults(always(Fault::BadGateway)));
    let client = server.builder().retry(RetryPolicy::none()).build_blocking().unwrap();
    let (mut pages, mut records) = (export(&client).pages(), export(&client).records());
    assert!(pages.next().unwrap().unwrap_err().api_error().is_some());
    assert!(records.next().unwrap().unwrap_err().api_error().is_some());
    assert!(pages.next().is_none() && records.next().is_none());
    assert!(pages.next().is_none() && records.next().is_none());
    assert_eq!(server.requests(), 2);
}

#[test]
fn the_builder_of_a_blocking_client_builds_one() {
    let server = ScriptedServer::pages([r#"{"job_status": {"id": "j", "status": "completed"}}"#]);
    let builder = blocking::Client::builder().base_url(&server.url).auth(Auth::bearer("s3cret-token"));
    let client: blocking::Client = builder.clone().build().unwrap();
    assert_eq!(client.send(job_statuses::show_job_status("j")).unwrap().job_status.id, "j");
    assert!(builder.build_blocking().is_ok());
}

#[test]
fn blocking_exports_within_a_runtime_are_errors() {
    let server = ScriptedServer::pages([r#"{"job_status": {"id": "j", "status": "completed"}}"#]);
    let client = server.builder().build_blocking().unwrap();
    block_on(async {
        let (mut pages, mut records) = (export(&client).pages(), export(&client).records());
        let errors = [
            pages.next().unwrap().err().unwrap(),
            records.next().unwrap().err().unwrap(),
            client.wait_for(job_statuses::show_job_status("j")).run().unwrap_err(),
        ];
        assert!(errors.iter().all(|error| error.kind() == ErrorKind::Runtime), "{errors:?}");
        assert!(pages.next().is_none() && records.next().is_none());
    });
    assert!(server.requests().is_empty());
    assert_eq!(client.wait_for(job_statuses::show_job_status("j")).run().unwrap().job_status.id, "j");
}
