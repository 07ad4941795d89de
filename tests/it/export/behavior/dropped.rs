//! Futures that are dropped before they complete, and streams.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::Poll;

use futures_util::StreamExt as _;
use simulator::{Fault, FaultPlan};
use zendesk_client::RetryPolicy;

use super::{always, config, export_kind};
use crate::export::TestServer;
use crate::export::export_kinds::export_kinds;

/// Returns the output of a future if it is ready after at most `polls` polls; otherwise drops it.
async fn poll_or_drop<F: Future>(future: F, polls: u32) -> Option<F::Output> {
    let mut future = pin!(future);
    let mut left = polls;
    poll_fn(|context| match Pin::as_mut(&mut future).poll(context) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending if left == 1 => Poll::Ready(None),
        Poll::Pending => {
            left -= 1;
            Poll::Pending
        }
    })
    .await
}

/// Starts a server that fails some requests, so that there are more points at which a future can be dropped.
async fn server() -> TestServer {
    let faults = FaultPlan::of(vec![Fault::BadGateway, Fault::TruncatedJson, Fault::ResetInBody]);
    TestServer::start(config().faults(faults)).await
}

#[tokio::test]
async fn no_page_is_lost_or_repeated() {
    for kind in export_kinds() {
        let without_faults = TestServer::start(config()).await;
        let mut expected: Vec<_> = without_faults.simulator.versions(kind.resource).into_iter().collect();
        let server = server().await;
        let mut pages = kind.export(&server.client(), 15).pages();
        let (mut versions, mut drops, mut polls) = (Vec::new(), 0, 1);
        loop {
            match poll_or_drop(pages.next(), polls).await {
                None => (drops, polls) = (drops + 1, polls + 1),
                Some(None) => break,
                Some(Some(page)) => {
                    versions.extend(page.unwrap().records.iter().map(|record| kind.version(record)));
                    polls = 1;
                }
            }
        }
        assert!(drops > 3, "{}: {drops}", kind.name);
        versions.sort();
        expected.sort();
        assert_eq!(versions, expected, "{}", kind.name);
    }
}

#[tokio::test]
async fn no_record_is_lost_or_repeated() {
    for name in ["tickets by time", "tickets by cursor", "chats", "instance values"] {
        let kind = export_kind(name);
        let server = server().await;
        let mut records = kind.export(&server.client(), 15).records();
        let (mut versions, mut drops, mut polls) = (Vec::new(), 0, 1);
        loop {
            match poll_or_drop(records.next(), polls).await {
                None => (drops, polls) = (drops + 1, polls + 1),
                Some(None) => break,
                Some(Some(record)) => {
                    versions.push(kind.version(&record.unwrap()));
                    polls = 1;
                }
            }
        }
        assert!(drops > 3, "{name}: {drops}");
        versions.sort();
        let expected: Vec<_> = server.simulator.versions(kind.resource).into_iter().collect();
        assert_eq!(versions, expected, "{name}");
        assert!(records.checkpoint().unwrap().is_caught_up());
    }
}

#[tokio::test]
async fn a_wait_for_the_next_poll_can_be_dropped() {
    let server = TestServer::start(config().tickets(20)).await;
    let interval = std::time::Duration::from_mins(5);
    let mut pages = export_kind("tickets by cursor").export(&server.client(), 1_000).follow(interval).pages();
    let (mut caught_up, mut polls) = (0, 1);
    while caught_up < 4 {
        match poll_or_drop(pages.next(), polls).await {
            None => polls += 1,
            Some(page) => {
                caught_up += u32::from(page.unwrap().unwrap().is_caught_up());
                polls = 1;
            }
        }
    }
}

#[tokio::test]
async fn streams_end_after_an_error() {
    let server = TestServer::start(config().faults(always(Fault::BadGateway))).await;
    let client = server.builder().retry(RetryPolicy::none()).build().unwrap();
    let kind = export_kind("tickets by cursor");
    let pages: Vec<_> = kind.export(&client, 50).pages().into_stream().collect().await;
    let records: Vec<_> = kind.export(&client, 50).records().into_stream().collect().await;
    assert!(matches!(&pages[..], [Err(error)] if error.api_error().is_some()), "{pages:?}");
    assert!(matches!(&records[..], [Err(error)] if error.api_error().is_some()), "{records:?}");
    assert_eq!(server.requests(), 2);
}

#[tokio::test]
async fn streams_give_all_records() {
    let server = TestServer::start(config()).await;
    let kind = export_kind("tickets by time");
    let pages = kind.export(&server.client(), 50).pages().into_stream();
    let pages: Vec<_> =
        pages.flat_map(|page| futures_util::stream::iter(page.unwrap().records)).collect().await;
    let records = kind.export(&server.client(), 50).records().into_stream();
    let records: Vec<_> = records.map(Result::unwrap).collect().await;
    assert_eq!(pages, records);
    assert_eq!(records.len(), server.simulator.versions(kind.resource).len());
}
