//! Typed client for the Zendesk incremental exports, chat exports and skill-based routing.
//!
//! A function of an endpoint returns a request, which is a plain value. A `Client` sends it and returns the
//! answer with its type.
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
//! An export follows the pages that begin with a request to their end. Each page has a checkpoint: store it
//! together with the records, and the export goes on there later, in another process as well.
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
//!     // The read-me shows how to store both so that a crash at any moment does no harm.
//!     std::fs::write("tickets.checkpoint", page.checkpoint.to_string())?;
//! }
//! # Ok(())
//! # }
//! ```
//!
//! `Export` says what else there is: records one by one, raw JSON, following for ever, progress. The read-me
//! has a table of what each export promises.
//!
//! # What comes back
//!
//! Records hold the declared fields; what the server sends beyond them is kept in their `extra`, see
//! [`Extra`]. Enums over texts and types are open: a value that this version does not know is kept as it is.
//! What has not the declared shape is a [`DecodeError`] that names the place.
//!
//! # What the client does by itself
//!
//! - It keeps to the server's limits: before a request it waits for its turn, together with all clones of the
//!   client, and learns from the answers what is left. `ClientBuilder::rate_limits` turns this off.
//! - It tries again what may pass, and nothing that could be done twice, see `RetryPolicy`.
//! - It exchanges OAuth tokens that expire for new ones, and has them saved before they are used, see `OAuth`.
//! - It follows pages to their end without losing or doubling a record, with checkpoints to go on from, see
//!   `Client::export`.
//! - It tells `tracing` of each request (the span `request`) and of the server's warnings, without
//!   values, bodies or credentials.
//!
//! # Features
//!
//! - `client` (on by default): the HTTP client. Without it the crate does no I/O: it holds requests, models
//!   and decoding, for use with a transport of your own.
//! - `blocking`: the same client for programs without an async runtime.

// `cargo xtask regen` keeps the folders of these three modules.
#[rustfmt::skip]
mod api;
#[rustfmt::skip]
pub mod endpoints;
#[rustfmt::skip]
#[allow(clippy::large_enum_variant, reason = "the description decides what a choice is between")]
pub mod models;

pub use api::*;
#[allow(unused_imports, unreachable_pub, reason = "features may leave no endpoint")]
pub use endpoints::*;

/// Lets the examples in the read-me be compiled.
#[cfg(all(doctest, feature = "blocking"))]
#[doc = include_str!("../README.md")]
mod readme {}
