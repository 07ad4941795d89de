//! Prints the tickets that changed within the last 30 days, and the checkpoint of each page.

use std::time::Duration;

use zendesk_client::{Auth, Client, Timestamp, incremental_export};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder()
        .base_url(std::env::var("ZENDESK_URL")?) // a real account: .subdomain("acme")
        .auth(Auth::bearer(std::env::var("ZENDESK_TOKEN")?))
        .build()?;

    let since = Timestamp::now() - Duration::from_secs(30 * 24 * 60 * 60);
    let mut pages = client.export(incremental_export::tickets_by_cursor().start_time(since)).pages();
    while let Some(page) = pages.next().await {
        let page = page?;
        for ticket in &page.records {
            println!("{} {}", ticket.id, ticket.subject.as_deref().unwrap_or("(no subject)"));
        }
        println!("{}", page.checkpoint);
    }
    Ok(())
}
