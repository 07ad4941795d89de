//! Sends one request to a server that may respond with anything, and prints the error and the memory use.
//!
//! `one_response URL` prints the kind of the error, the memory in use before the request in KiB, and the peak memory in
//! KiB. With `oauth` as the second argument, the client requests an access token first. It runs on Linux only, as it reads
//! `/proc`.

use std::error::Error;

use tests::memory;
use zendesk_client::{Auth, Client, OAuth, Timestamp, Tokens, UnixSeconds, incremental_export};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let url = arguments.next().ok_or("usage: one_response URL [oauth]")?;
    let auth = match arguments.next() {
        Some(_) => {
            let expired = Tokens::new("a0", "r0").expiring_at(Timestamp::UNIX_EPOCH);
            Auth::oauth(OAuth::new("app", "its secret", expired, |_: &Tokens| Ok(())))
        }
        None => Auth::bearer("token"),
    };
    let client = Client::builder().base_url(url).auth(auth).rate_limits(false).build()?;
    let before = memory("VmRSS")?;
    let result = client.send(incremental_export::tickets_by_time(UnixSeconds::new(0))).await;
    let kind = result.map_or_else(|error| format!("{:?}", error.kind()), |_| "none".to_owned());
    println!("{kind} {before} {}", memory("VmHWM")?);
    Ok(())
}
