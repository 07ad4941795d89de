//! A user's program with one call, written by hand with reqwest and serde's derive.

use serde::Deserialize;

#[derive(Deserialize)]
struct Page {
    tickets: Vec<Ticket>,
}

#[derive(Deserialize)]
struct Ticket {
    id: i64,
    subject: Option<String>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let url = format!("{}/api/v2/incremental/tickets/cursor.json", std::env::var("ZENDESK_URL")?);
    let token = std::env::var("ZENDESK_TOKEN")?;
    let http = reqwest::Client::builder().build()?;
    let query = [("start_time", "1262304000")];
    let response = http.get(url).query(&query).bearer_auth(token).send().await?.error_for_status()?;
    let page: Page = serde_json::from_slice(&response.bytes().await?)?;
    for ticket in page.tickets {
        println!("{} {:?}", ticket.id, ticket.subject);
    }
    Ok(())
}
