//! The least that an export can be: a loop of requests, with the records left as text.

use std::error::Error;
use std::hint::black_box;

use serde::Deserialize;
use serde_json::value::RawValue;

type Outcome<T> = Result<T, Box<dyn Error>>;

#[derive(Deserialize)]
struct Page<'a> {
    #[serde(borrow)]
    tickets: Vec<&'a RawValue>,
    after_cursor: Option<String>,
    end_of_stream: bool,
}

/// Follows the cursor to the end, or until there are as many records; gives their number.
///
/// # Errors
///
/// Where the server is not reached, refuses, or sends something else than a page.
pub async fn export(url: &str, token: &str, start: i64, limit: u64) -> Outcome<u64> {
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

/// The first page, with the metrics that may be included.
///
/// # Errors
///
/// Where the server is not reached, or refuses.
pub async fn first_page(url: &str, token: &str, start: i64) -> Outcome<String> {
    let query = format!("start_time={start}&include=metric_sets");
    Ok(String::from_utf8(get(&connect()?, url, token, &query).await?.into())?)
}

fn connect() -> Outcome<reqwest::Client> {
    // Only once in a process; that there is one already is fine.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Ok(reqwest::Client::builder().build()?)
}

async fn get(http: &reqwest::Client, url: &str, token: &str, query: &str) -> Outcome<bytes::Bytes> {
    let url = format!("{url}/api/v2/incremental/tickets/cursor.json?{query}");
    Ok(http.get(url).bearer_auth(token).send().await?.error_for_status()?.bytes().await?)
}
