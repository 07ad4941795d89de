//! A minimal export: a loop of requests, without decoding the records.

use std::error::Error;
use std::hint::black_box;

use serde::Deserialize;
use serde_json::value::RawValue;

type BenchResult<T> = Result<T, Box<dyn Error>>;

#[derive(Deserialize)]
struct Page<'a> {
    #[serde(borrow)]
    tickets: Vec<&'a RawValue>,
    after_cursor: Option<String>,
    end_of_stream: bool,
}

/// Follows the cursor to the end, or until there are `limit` records. Returns the number of records.
///
/// # Errors
///
/// Returns an error if a request fails, or if a response is not a page.
pub async fn export(url: &str, token: &str, start: i64, limit: u64) -> BenchResult<u64> {
    let http = connect()?;
    let mut query = format!("start_time={start}");
    let mut records = 0;
    loop {
        let body = get(&http, url, token, &query).await?;
        let page: Page<'_> = serde_json::from_slice(&body)?;
        records += black_box(&page.tickets).len() as u64;
        match page.after_cursor {
            Some(cursor) if !page.end_of_stream && records < limit => {
                query = format!("cursor={}", cursor.replace('=', "%3D").replace('|', "%7C"));
            }
            _ => return Ok(records),
        }
    }
}

/// Returns the body of the first page, with metric sets.
///
/// # Errors
///
/// Returns an error if the request fails.
pub async fn first_page(url: &str, token: &str, start: i64) -> BenchResult<String> {
    let query = format!("start_time={start}&include=metric_sets");
    Ok(String::from_utf8(get(&connect()?, url, token, &query).await?.into())?)
}

fn connect() -> BenchResult<reqwest::Client> {
    Ok(reqwest::Client::builder().build()?)
}

async fn get(http: &reqwest::Client, url: &str, token: &str, query: &str) -> BenchResult<bytes::Bytes> {
    let url = format!("{url}/api/v2/incremental/tickets/cursor.json?{query}");
    Ok(http.get(url).bearer_auth(token).send().await?.error_for_status()?.bytes().await?)
}
