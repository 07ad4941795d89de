//! Tests of the simulator with raw HTTP.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed step is a failed test")]

mod access;
mod changes;
mod checks;
mod client;
mod errors;
mod exports;
mod faults;
mod irregular_values;
mod pages;
#[cfg(unix)]
mod program;
mod routing;
