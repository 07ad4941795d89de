//! Exports a server's tickets in one way: `export WAY`.
//!
//! `ZENDESK_URL` and `ZENDESK_TOKEN` say from where, `BENCH_RECORDS` after how many records to stop. Prints, as
//! JSON, how many records there were. With `page`, prints the first page as it came.

use std::error::Error;
use std::hint::black_box;
use std::process::ExitCode;

use bench::bare;
use serde_json::json;
use zendesk_client::{Auth, Client, Export, Timestamp, incremental_export};

/// Before all records: 2010-01-01.
const START: i64 = 1_262_304_000;

type Outcome<T> = Result<T, Box<dyn Error>>;

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

async fn run() -> Outcome<()> {
    let way = std::env::args().nth(1).unwrap_or_default();
    let (url, token) = (std::env::var("ZENDESK_URL")?, std::env::var("ZENDESK_TOKEN")?);
    let limit = std::env::var("BENCH_RECORDS").map_or(Ok(u64::MAX), |limit| limit.parse())?;
    let connect = || Client::builder().base_url(&url).auth(Auth::bearer(&token)).rate_limits(false).build();
    let start = Timestamp::from_seconds(START).ok_or("no such time")?;
    let by_cursor = || incremental_export::tickets_by_cursor().start_time(start);
    let by_time = || incremental_export::tickets_by_time(start);
    let records = match &*way {
        "raw" => export(connect()?.export(by_cursor()).raw(), limit).await?,
        "raw-by-time" => export(connect()?.export(by_time()).raw(), limit).await?,
        "typed" => export(connect()?.export(by_cursor()), limit).await?,
        "typed-by-time" => export(connect()?.export(by_time()), limit).await?,
        "bare" => bare::export(&url, &token, START, limit).await?,
        "page" => {
            print!("{}", bare::first_page(&url, &token, START).await?);
            return Ok(());
        }
        _ => return Err("usage: export raw|raw-by-time|typed|typed-by-time|bare|page".into()),
    };
    println!("{}", json!({ "records": records }));
    Ok(())
}

/// All pages of an export, each with its checkpoint as text, as a store would write it.
async fn export<T>(export: Export<T>, limit: u64) -> Outcome<u64> {
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
