//! Exports a server's tickets: `export VARIANT`.
//!
//! The environment variables `ZENDESK_URL` and `ZENDESK_TOKEN` set the server, `BENCH_RECORDS` the number of records to
//! stop after. Prints the number of records as JSON. The variant `page` prints the body of the first page.

use std::error::Error;
use std::hint::black_box;
use std::process::ExitCode;

use bench::reqwest_export;
use serde_json::json;
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
        "raw" => export(connect()?.export(by_cursor()).raw(), limit).await?,
        "raw-by-time" => export(connect()?.export(by_time()).raw(), limit).await?,
        "typed" => export(connect()?.export(by_cursor()), limit).await?,
        "typed-by-time" => export(connect()?.export(by_time()), limit).await?,
        "reqwest" => reqwest_export::export(&url, &token, START, limit).await?,
        "page" => {
            print!("{}", reqwest_export::first_page(&url, &token, START).await?);
            return Ok(());
        }
        _ => return Err("usage: export raw|raw-by-time|typed|typed-by-time|reqwest|page".into()),
    };
    println!("{}", json!({ "records": records }));
    Ok(())
}

/// Reads all pages of an export, and formats each checkpoint as a store would. Returns the number of records.
async fn export<T>(export: Export<T>, limit: u64) -> BenchResult<u64> {
    let mut pages = export.pages();
    let mut records = 0;
    while records < limit
        && let Some(page) = pages.next().await
    {
        let page = page?;
        records += page.records.len() as u64;
        black_box(page.checkpoint.to_string());
        black_box(page.records);
    }
    Ok(records)
}
