//! Tests of the fake server: what it rejects, and what it responds.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed step is a failed test")]

mod checks;
mod documents;
mod http;
mod responses;
mod values;
