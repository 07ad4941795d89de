//! A fake server for any OpenAPI description.
//!
//! [`FakeServer`] checks a request against the description, and returns a response with the description's examples or
//! with generated values. It does no I/O. [`ListeningServer`] serves it over HTTP on 127.0.0.1.
//!
//! `base` contains messages and their headers, `schema` schemas as JSON Schema, `document` the operations, `values` generated
//! values, `checks` the checks of requests, `responses` responses, and `server` combines them.

/// Compiles the example in the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}

mod base;
mod checks;
mod document;
mod responses;
mod schema;
mod server;
mod values;

pub use crate::base::message::{Request, Response};
pub use crate::base::violation::Violation;
pub use crate::server::exchange::Exchange;
pub use crate::server::fake::FakeServer;
pub use crate::server::listening::ListeningServer;
pub use crate::server::options::{ServeOptions, Values};
pub use crate::server::sample::{Sample, SampleBody, SampleParameter};
