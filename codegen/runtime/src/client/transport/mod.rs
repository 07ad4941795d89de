//! Sends a request once, and reads its response.
//!
//! `sender` makes the HTTP request and sends it through the [middleware](Middleware) to the [`Transport`]. The head of the
//! response is an `OpenResponse`, whose body is read whole or as a stream.

mod attempt;
mod chain;
mod failure;
mod http_types;
mod library;
mod limits;
mod middleware;
mod open_response;
mod sender;
mod service;
mod token_request;
mod upload;

pub use attempt::Attempt;
pub use failure::TransportError;
pub use http_types::{Body, HttpRequest, HttpResponse};
pub use middleware::{Middleware, Next};
#[cfg(feature = "tower")]
pub use service::Tower;
pub use service::{ResponseFuture, Transport};

pub(super) use chain::Chain;
pub(super) use open_response::OpenResponse;
pub(super) use sender::{OperationServers, Outgoing, Sender};
