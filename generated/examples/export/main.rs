//! Exports one kind of records to a file, a JSON text on each line, and goes on where it was stopped.
//!
//! It can be killed at any moment: started again with the same flags, the file ends up as if nothing had
//! happened. See `store.rs` for how.
//!
//! With `RUST_LOG=zendesk_client=debug` it tells of each request.
//!
//! ```console
//! $ export ZENDESK_TOKEN=…
//! $ cargo run --release --example export -- --subdomain acme --resource tickets \
//!       --start 2026-01-01T00:00:00Z --output tickets.ndjson --checkpoint tickets.checkpoint
//! ```

mod resource;
mod show;
mod store;

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use tracing_subscriber::EnvFilter;
use zendesk_client::{Auth, Client, Timestamp};

use resource::Resource;
use show::Show;
use store::Store;

/// Exports one kind of records to a file, and goes on where it was stopped.
#[derive(Parser)]
struct Flags {
    /// The account: the part before `.zendesk.com`.
    #[arg(long, required_unless_present = "base_url")]
    subdomain: Option<String>,
    /// Another server than that of an account, such as a simulator.
    #[arg(long, conflicts_with = "subdomain")]
    base_url: Option<String>,
    /// What to export.
    #[arg(long, value_enum)]
    resource: Resource,
    /// Where to start, as `2026-01-01T00:00:00Z`.
    #[arg(long, default_value = "2010-01-01T00:00:00Z")]
    start: Timestamp,
    /// The file to write: one record to a line.
    #[arg(long)]
    output: PathBuf,
    /// The file that remembers how far the export has got.
    #[arg(long)]
    checkpoint: PathBuf,
    /// Records to a page, instead of as many as possible.
    #[arg(long)]
    page_size: Option<i64>,
    /// Go on for ever: ask again so many seconds after the last record.
    #[arg(long, value_name = "SECONDS")]
    follow: Option<u64>,
    /// Let the server say when it is too much, instead of keeping to its limits; for a simulator.
    #[arg(long)]
    unlimited: bool,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    if std::env::var_os("RUST_LOG").is_some() {
        let filter = EnvFilter::from_default_env();
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    }
    match run(Flags::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(flags: Flags) -> Result<(), Box<dyn Error>> {
    let mut store = Store::open(&flags.output, &flags.checkpoint)?;
    let client = connect(&flags)?;
    let show = Show::new();
    let listener = show.clone();
    let mut export = flags
        .resource
        .export(&client, flags.start, flags.page_size)
        .resume(store.checkpoint().cloned())
        .on_event(move |event| listener.event(event));
    if let Some(seconds) = flags.follow {
        export = export.follow(Duration::from_secs(seconds));
    }
    let mut pages = export.pages();
    while let Some(page) = pages.next().await {
        let page = page?;
        store.append(&page.records, page.checkpoint)?;
    }
    show.finish(store.checkpoint());
    Ok(())
}

/// Credentials come from the environment, so that they stand in no list of processes.
fn connect(flags: &Flags) -> Result<Client, Box<dyn Error>> {
    let variable = |name: &str| std::env::var(name).ok();
    let auth = match (variable("ZENDESK_TOKEN"), variable("ZENDESK_EMAIL"), variable("ZENDESK_API_TOKEN")) {
        (Some(token), ..) => Auth::bearer(token),
        (None, Some(email), Some(token)) => Auth::api_token(email, token),
        _ => return Err("set ZENDESK_TOKEN, or ZENDESK_EMAIL and ZENDESK_API_TOKEN".into()),
    };
    let builder = match (&flags.subdomain, &flags.base_url) {
        (Some(subdomain), _) => Client::builder().subdomain(subdomain),
        (None, Some(url)) => Client::builder().base_url(url),
        (None, None) => return Err("set --subdomain or --base-url".into()),
    };
    Ok(builder.auth(auth).rate_limits(!flags.unlimited).build()?)
}
