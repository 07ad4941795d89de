//! Prints the same as `quick_start`, without an async runtime.

use std::time::Duration;

use zendesk_client::{Auth, Client, Timestamp, incremental_export};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder()
        .base_url(std::env::var("ZENDESK_URL")?) // a real account: .subdomain("acme")
        .auth(Auth::bearer(std::env::var("ZENDESK_TOKEN")?))
        .build_blocking()?;

    let since = Timestamp::now() - Duration::from_secs(30 * 24 * 60 * 60);
    for page in client.export(incremental_export::tickets_by_cursor().start_time(since)).pages() {
        let page = page?;
        for ticket in &page.records {
            println!("{} {}", ticket.id, ticket.subject.as_deref().unwrap_or("(no subject)"));
        }
        println!("{}", page.checkpoint);
    }
    Ok(())
}
