//! Reads all tickets of a server as raw records, and prints their number and the memory use.
//!
//! `raw_stream URL TOKEN` prints three numbers: the number of records, the memory in use before the first request in
//! KiB, and the peak memory in KiB. It runs on Linux only, as it reads `/proc`.

use std::error::Error;

use tests::memory;
use zendesk_client::{Auth, Client, UnixSeconds, incremental_export};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(url), Some(token)) = (arguments.next(), arguments.next()) else {
        return Err("usage: raw_stream URL TOKEN".into());
    };
    let client = Client::builder().base_url(url).auth(Auth::bearer(token)).rate_limits(false).build()?;
    let before = memory("VmRSS")?;
    let request = incremental_export::tickets_by_cursor().start_time(UnixSeconds::new(0));
    let mut records = client.export(request).raw().records();
    let mut count = 0_u64;
    while let Some(record) = records.next().await {
        record?;
        count += 1;
    }
    println!("{count} {before} {}", memory("VmHWM")?);
    Ok(())
}
