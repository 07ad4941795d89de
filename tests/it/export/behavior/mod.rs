//! The guarantees of exports, one in each module.

mod blocking;
mod checkpoints;
mod concurrent;
mod distrust;
mod dropped;
mod fields;
mod following;
mod invalid_records;
mod jobs;
mod late_records;
mod lists;
mod no_page;
mod page_sizes;
mod pages;
mod partial_records;
mod recent_start;
mod repeated_pages;
mod repeats;
mod resumed;
pub(super) mod scripted_server;
mod stalls;
mod tokens;
mod urls;

use simulator::{Config, Fault, FaultPlan};
use zendesk_client::{Error, Export, ExportErrorKind, Pages, RawRecord, UnixSeconds};

use super::export_kinds::{ExportKind, export_kinds};
use super::read;

/// Returns the configuration of a small account. Responses are not checked: other tests do that.
fn config() -> Config {
    Config::default()
        .seed(11)
        .tickets(240)
        .metric_page_size(40)
        .routing_page_size(20)
        .list_page_size(7)
        .check_responses(false)
}

/// Returns a plan with a fault that is always injected where it applies.
fn always(fault: Fault) -> FaultPlan {
    FaultPlan::only(fault).probability(1.0).consecutive(u32::MAX).decisions(u32::MAX)
}

/// Returns a plan with a fault that is injected once.
fn once(fault: Fault) -> FaultPlan {
    FaultPlan::only(fault).probability(1.0).consecutive(1).decisions(1)
}

/// Returns an export by its name.
fn export_kind(name: &str) -> ExportKind {
    export_kinds().into_iter().find(|kind| kind.name == name).unwrap()
}

/// Returns a start time in seconds.
fn at(second: i64) -> UnixSeconds {
    UnixSeconds::new(second)
}

/// Returns the value of a parameter in a URL or query without escapes.
fn parameter<'a>(query: &'a str, name: &str) -> Option<&'a str> {
    query.split(['?', '&']).find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

/// Returns the records of all remaining pages, and the error that ended them.
async fn remaining(pages: &mut Pages<RawRecord>) -> (Vec<RawRecord>, Option<Error>) {
    let mut records = Vec::new();
    while let Some(page) = pages.next().await {
        match page {
            Ok(page) => records.extend(page.records),
            Err(error) => return (records, Some(error)),
        }
    }
    (records, None)
}

/// Returns the ids of all records of an export.
async fn ids(export: Export<RawRecord>) -> Vec<i64> {
    let (records, error) = remaining(&mut export.pages()).await;
    assert!(error.is_none(), "{error:?}");
    records.iter().map(|record| read(record)["id"].as_i64().unwrap()).collect()
}

/// Returns why an export can't continue.
fn stop_reason(error: &Error) -> &ExportErrorKind {
    error.export_error().unwrap_or_else(|| panic!("{error}")).kind()
}
