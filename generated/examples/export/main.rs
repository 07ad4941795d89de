//! Exports one kind of records to a file with one JSON object per line, and resumes where it was stopped.
//!
//! The program can be killed at any time. Started again with the same flags, it writes the same file as without the
//! interruption. See `store.rs`.
//!
//! `RUST_LOG=clientwright_runtime=debug` logs each request.
//!
//! ```console
//! $ export ZENDESK_TOKEN=…
//! $ cargo run --release --example export -- --subdomain acme --resource tickets \
//!       --start 2026-01-01T00:00:00Z --output tickets.ndjson --checkpoint tickets.checkpoint
//! ```

mod files;
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

use resource::{Resource, Scope};
use show::Show;
use store::Store;

/// Exports one kind of records to a file, and resumes where it was stopped.
#[derive(Parser)]
#[command(args_override_self = true)]
struct Flags {
    /// The account: the part before `.zendesk.com`.
    #[arg(long, required_unless_present = "base_url")]
    subdomain: Option<String>,
    /// The URL of another server, such as a simulator.
    #[arg(long, conflicts_with = "subdomain")]
    base_url: Option<String>,
    /// The kind of records.
    #[arg(long, value_enum)]
    resource: Resource,
    /// The start time, as `2026-01-01T00:00:00Z`.
    #[arg(long, default_value = "2010-01-01T00:00:00Z")]
    start: Timestamp,
    /// The file for the records, one per line. A link is followed. A new file can be read only by you; an existing one keeps
    /// its permissions.
    #[arg(long)]
    output: PathBuf,
    /// The file for the checkpoint, from which the export resumes. It is replaced, so it can't be a link. The export also
    /// uses its name with `.new` and `.lock` added.
    #[arg(long)]
    checkpoint: PathBuf,
    /// The number of records per page; by default the largest that the server allows.
    #[arg(long, value_parser = clap::value_parser!(i64).range(1..=i64::from(u32::MAX)))]
    page_size: Option<i64>,
    /// Look for records that appear up to this long after their time; for exports by time.
    #[arg(long, value_name = "SECONDS")]
    late: Option<u64>,
    /// Whose tickets to export; by default all, while the server's default leaves out those of AI agents.
    #[arg(long, value_enum, default_value = "all")]
    support_type_scope: Scope,
    /// If the server rejects the cursor of the checkpoint, continue at the time that the export had reached, or at the
    /// start if it is unknown. Records may then be repeated, except for tickets.
    #[arg(long)]
    restart_rejected_cursor: bool,
    /// Continue when the export has caught up, and poll at this interval.
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..))]
    follow: Option<u64>,
    /// Send requests without waiting for the rate limits; for a simulator.
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
        .export(&client, flags.start, flags.page_size, flags.support_type_scope)
        .restart_rejected_cursor(flags.restart_rejected_cursor)
        .resume(store.checkpoint().cloned())
        .on_event(move |event| listener.event(event));
    if let Some(seconds) = flags.late {
        export = export.allowed_lateness(Duration::from_secs(seconds));
    }
    if let Some(seconds) = flags.follow {
        export = export.follow(Duration::from_secs(seconds));
    }
    let mut pages = export.pages();
    while let Some(page) = pages.next().await {
        let page = page.map_err(explained)?;
        store.append(&page.records, page.checkpoint)?;
    }
    show.finish(store.checkpoint());
    Ok(())
}

/// Adds the flag that continues after a rejected cursor.
fn explained(error: zendesk_client::Error) -> Box<dyn Error> {
    if error.is_rejected_cursor() {
        return format!("{error:#}\nhelp: `--restart-rejected-cursor` sets that").into();
    }
    error.into()
}

/// Builds the client. Credentials are read from the environment, so that they don't appear in process lists.
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
