//! Sends a request once, and reads its response.
//!
//! `sender` makes the HTTP request and sends it through the [middleware](Middleware) to the [`Transport`]. The head of the
//! response is an `OpenResponse`, whose body is read whole (`body`) or as a stream.

mod attempt;
mod body;
mod failure;
mod middleware;
mod open_response;
mod sender;
mod service;
mod token_request;
mod upload;

pub use attempt::Attempt;
pub use failure::TransportError;
pub use middleware::{Middleware, Next};
#[cfg(feature = "tower")]
pub use service::Tower;
pub use service::{ResponseFuture, Transport};

pub(super) use open_response::OpenResponse;
pub(super) use sender::{OperationServers, Outgoing, Sender};
pub(super) use service::Chain;

/// A request on its way to the server.
pub type HttpRequest = http::Request<reqwest::Body>;

/// A response on its way to the client. Its body isn't read yet.
pub type HttpResponse = http::Response<reqwest::Body>;
