//! Exports a server's tickets: `export VARIANT`.
//!
//! The environment variables `ZENDESK_URL` and `ZENDESK_TOKEN` set the server, `BENCH_RECORDS` the number of records to
//! stop after. Prints the number of records as JSON. The typed variants look at five fields of each record, and so do the
//! contenders that parse records. The variant `page` prints the body of the first page.

use std::error::Error;
use std::hint::black_box;
use std::process::ExitCode;

use bench::reqwest_export;
use serde_json::json;
use zendesk_client::models::Ticket;
use zendesk_client::{Auth, Client, Export, Timestamp, incremental_export};

/// A time before all records: 2010-01-01.
const START: i64 = 1_262_304_000;

type BenchResult<T> = Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let result = runtime.map_err(Box::from).and_then(|runtime| runtime.block_on(run()));
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> BenchResult<()> {
    let variant = std::env::args().nth(1).unwrap_or_default();
    let (url, token) = (std::env::var("ZENDESK_URL")?, std::env::var("ZENDESK_TOKEN")?);
    let limit = std::env::var("BENCH_RECORDS").map_or(Ok(u64::MAX), |limit| limit.parse())?;
    let connect = || Client::builder().base_url(&url).auth(Auth::bearer(&token)).rate_limits(false).build();
    let start = Timestamp::from_seconds(START).ok_or("no such time")?;
    let by_cursor = || incremental_export::tickets_by_cursor().start_time(start);
    let by_time = || incremental_export::tickets_by_time(start);
    let records = match &*variant {
        "raw" => export(connect()?.export(by_cursor()).raw(), limit, |_| 0).await?,
        "raw-by-time" => export(connect()?.export(by_time()).raw(), limit, |_| 0).await?,
        "fields" => export(connect()?.export(by_cursor()).fields(FIELDS), limit, |one| look(one)).await?,
        "fields-by-time" => {
            export(connect()?.export(by_time()).fields(FIELDS), limit, |one| look(one)).await?
        }
        "typed" => export(connect()?.export(by_cursor()), limit, look).await?,
        "typed-by-time" => export(connect()?.export(by_time()), limit, look).await?,
        "reqwest" => reqwest_export::export(&url, &token, START, limit).await?,
        "page" => {
            print!("{}", reqwest_export::first_page(&url, &token, START).await?);
            return Ok(());
        }
        _ => {
            let variants = "raw|raw-by-time|fields|fields-by-time|typed|typed-by-time|reqwest|page";
            return Err(format!("usage: export {variants}").into());
        }
    };
    println!("{}", json!({ "records": records }));
    Ok(())
}

/// The fields that `look` looks at.
const FIELDS: [&str; 5] = ["id", "updated_at", "status", "subject", "tags"];

/// Looks at some fields of a ticket, and returns a number that depends on all of them.
fn look(ticket: &Ticket) -> i64 {
    let updated = ticket.updated_at.map_or(0, Timestamp::as_seconds);
    let status = ticket.status.as_ref().map_or(0, |status| status.as_str().len());
    let subject = ticket.subject.as_ref().map_or(0, String::len);
    let tags = ticket.tags.as_ref().map_or(0, Vec::len);
    ticket.id.wrapping_add(updated).wrapping_add_unsigned((status + subject + tags) as u64)
}

/// Reads all pages of an export, looks at each record, and formats each checkpoint as a store would. Returns the number of
/// records.
async fn export<T>(export: Export<T>, limit: u64, look: fn(&T) -> i64) -> BenchResult<u64> {
    let mut pages = export.pages();
    let mut records = 0;
    while records < limit
        && let Some(page) = pages.next().await
    {
        let page = page?;
        records += page.records.len() as u64;
        black_box(page.records.iter().map(look).fold(0, i64::wrapping_add));
        black_box(page.checkpoint.to_string());
        black_box(page.records);
    }
    Ok(records)
}
