//! The client: it takes requests to the server and brings answers back.
//!
//! The way of a request: `fetch` waits for a place (`limit`), takes credentials (`auth`, `oauth`), has the
//! request sent once (`transport`), decides what to do about a failure (`retry`), and begins again or returns.

mod address;
mod auth;
mod builder;
mod clock;
mod connection;
mod endpoint;
mod fetch;
mod limit;
mod oauth;
mod observe;
mod retry;
mod sent;
mod surroundings;
mod tls;
mod transport;
mod upload;

#[cfg(test)]
mod tests;

pub use auth::Auth;
pub use builder::ClientBuilder;
pub use clock::{Clock, SystemClock};
pub use connection::Client;
pub use oauth::OAuth;
pub use observe::{Wait, WaitReason};
pub use retry::RetryPolicy;

pub(crate) use observe::Observer;
