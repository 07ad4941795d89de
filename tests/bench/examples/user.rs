//! A user's program with one call, with the client.

use zendesk_client::{Auth, Client, Timestamp, incremental_export};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder()
        .base_url(std::env::var("ZENDESK_URL")?)
        .auth(Auth::bearer(std::env::var("ZENDESK_TOKEN")?))
        .build()?;
    let start = Timestamp::from_seconds(1_262_304_000).ok_or("no such time")?;
    let page = client.send(incremental_export::tickets_by_cursor().start_time(start)).await?;
    for ticket in page.tickets {
        println!("{} {:?}", ticket.id, ticket.subject);
    }
    Ok(())
}
