//! Typed client for the Zendesk incremental exports, chat exports and skill-based routing.
//!
//! An endpoint function returns a request, which is a plain value. A `Client` sends the request and returns the
//! decoded response.
//!
#![cfg_attr(feature = "client", doc = "```no_run")]
#![cfg_attr(not(feature = "client"), doc = "```ignore")]
//! use std::time::Duration;
//!
//! use zendesk_client::{Auth, Client, Timestamp};
//!
//! # async fn example() -> Result<(), zendesk_client::Error> {
//! let client = Client::builder()
//!     .subdomain("acme")
//!     .auth(Auth::bearer("an OAuth access token"))
//!     .build()?;
//!
//! let first = zendesk_client::incremental_export::tickets_by_cursor()
//!     .start_time(Timestamp::now() - Duration::from_secs(24 * 60 * 60));
//! let page = client.send(first).await?;
//! for ticket in &page.tickets {
//!     println!("{} {:?}", ticket.id, ticket.subject);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Exports
//!
//! An export follows all pages, starting with the given request. Each page has a checkpoint. If you store it together
//! with the records, the export can be resumed from there later, also by another process.
//!
#![cfg_attr(feature = "client", doc = "```no_run")]
#![cfg_attr(not(feature = "client"), doc = "```ignore")]
//! use std::time::Duration;
//!
//! use zendesk_client::{Checkpoint, Client, Timestamp, incremental_export};
//!
//! # async fn example(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
//! let checkpoint: Option<Checkpoint> = match std::fs::read_to_string("tickets.checkpoint") {
//!     Ok(text) => Some(text.parse()?),
//!     Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
//!     Err(error) => return Err(error.into()),
//! };
//! let start = Timestamp::now() - Duration::from_secs(30 * 24 * 60 * 60);
//! let request = incremental_export::tickets_by_cursor().start_time(start);
//! let mut pages = client.export(request).resume(checkpoint).pages();
//! while let Some(page) = pages.next().await {
//!     let page = page?;
//!     for ticket in &page.records {
//!         println!("{} {:?}", ticket.id, ticket.subject);
//!     }
//!     // The README shows how to store both so that a crash loses no record and repeats none.
//!     std::fs::write("tickets.checkpoint", page.checkpoint.to_string())?;
//! }
//! # Ok(())
//! # }
//! ```
//!
//! The docs of `Export` describe single records, raw JSON, continuous exports and progress. The README has a table with
//! the guarantees of each export.
//!
//! # Responses
//!
//! Records have the declared fields. Undeclared fields are kept in `extra` (see [`Extra`]). Enums are open: they keep
//! unknown values. A value that doesn't match its declared type is a [`DecodeError`] with the JSON pointer of the
//! value.
//!
//! # What the client does
//!
//! - It respects the server's rate limits: all clones of a client share a queue for each limit, and read the number of
//!   remaining requests from response headers. `ClientBuilder::rate_limits` turns this off.
//! - It retries temporary failures, unless the server may have processed the request and it is unsafe to repeat it. See
//!   `RetryPolicy`.
//! - It refreshes OAuth tokens, and saves new tokens before it uses them. See `OAuth`.
//! - It follows pages without missing or repeating a record, with checkpoints to resume from. See `Client::export`.
//! - It emits a `tracing` span (`request`) for each request, and an event for each warning of the server. They contain
//!   no parameter values, bodies or credentials.
//!
//! # Features
//!
//! - `client` (on by default): the HTTP client. Without it, the crate does no I/O: it contains requests, models and
//!   decoding, for use with your own transport.
//! - `export` (on by default): exports with checkpoints, and waiting for background jobs.
//! - `blocking`: the client for programs without an async runtime.
//! - One feature for each module of endpoint functions (all on by default).

// `cargo xtask regen` writes the folders of these three modules.
#[rustfmt::skip]
mod api;
#[rustfmt::skip]
pub mod endpoints;
#[rustfmt::skip]
#[allow(clippy::large_enum_variant, reason = "the description decides about the variants")]
pub mod models;

pub use api::*;
#[allow(unused_imports, unreachable_pub, reason = "without features there may be no endpoint")]
pub use endpoints::*;

/// Compiles the examples in the README.
#[cfg(all(doctest, feature = "blocking"))]
#[doc = include_str!("../README.md")]
mod readme {}
