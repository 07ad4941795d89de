//! What exports promise, one promise after the other.

mod addresses;
mod blocking;
mod checkpoints;
mod dropped;
mod fields;
mod following;
mod jobs;
mod late;
mod lists;
mod pages;
mod recent;
mod records;
mod script;
mod shared;
mod sizes;
mod stalls;
mod tokens;

use simulator::{Config, Fault, FaultPlan};
use zendesk_client::{Error, Export, ExportErrorKind, Pages, RawRecord, UnixSeconds};

use super::kinds::{Kind, kinds};
use super::read;

/// A small world whose answers are not held against the description, which other tests do.
fn config() -> Config {
    Config::default()
        .seed(11)
        .tickets(240)
        .metric_page_size(40)
        .routing_page_size(20)
        .list_page_size(7)
        .checked_answers(false)
}

/// A fault that happens whenever it fits, for ever.
fn always(fault: Fault) -> FaultPlan {
    FaultPlan::only(fault).probability(1.0).consecutive(u32::MAX).decisions(u32::MAX)
}

/// A fault that happens at the first request that it fits, and never again.
fn once(fault: Fault) -> FaultPlan {
    FaultPlan::only(fault).probability(1.0).consecutive(1).decisions(1)
}

/// One of the exports.
fn kind(name: &str) -> Kind {
    kinds().into_iter().find(|kind| kind.name == name).unwrap()
}

/// A start, in seconds.
fn at(second: i64) -> UnixSeconds {
    UnixSeconds::new(second)
}

/// The value of a parameter in an address or query without escapes.
fn parameter<'a>(query: &'a str, name: &str) -> Option<&'a str> {
    query.split(['?', '&']).find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

/// The records of all pages that are left, and what ended them before their time.
async fn rest(pages: &mut Pages<RawRecord>) -> (Vec<RawRecord>, Option<Error>) {
    let mut records = Vec::new();
    while let Some(page) = pages.next().await {
        match page {
            Ok(page) => records.extend(page.records),
            Err(error) => return (records, Some(error)),
        }
    }
    (records, None)
}

/// All records of an export, in short: their ids.
async fn ids(export: Export<RawRecord>) -> Vec<i64> {
    let (records, error) = rest(&mut export.pages()).await;
    assert!(error.is_none(), "{error:?}");
    records.iter().map(|record| read(record)["id"].as_i64().unwrap()).collect()
}

/// Why an export cannot go on.
fn stopped(error: &Error) -> &ExportErrorKind {
    error.export().unwrap_or_else(|| panic!("{error}")).kind()
}
