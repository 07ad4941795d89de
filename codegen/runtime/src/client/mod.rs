//! The client: it takes requests to the server and brings answers back.
//!
//! The way of a request: `fetch` waits for a place (`limit`), takes credentials (`auth`, `oauth`), has the
//! request sent once (`transport`), decides what to do about a failure (`retry`), and begins again or returns.

mod address;
mod auth;
mod builder;
mod clock;
mod config_error;
mod endpoint;
mod fetch;
mod limit;
mod oauth;
mod observe;
mod retry;
mod tls;
mod transport;
mod upload;

#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;

pub use auth::Auth;
pub use builder::ClientBuilder;
pub use clock::{Clock, SystemClock};
pub use config_error::ConfigError;
pub use oauth::{OAuth, TokenStore, Tokens};
pub use observe::{Wait, WaitReason};
pub use retry::RetryPolicy;

pub(crate) use observe::Observer;

use crate::api::Api;
use crate::error::Error;
use crate::operation::Operation;
use crate::request::IntoRequest;
use auth::Credentials;
use fetch::Surroundings;
use limit::Limiter;
use observe::Reading;

/// A connection to the API, with the credentials of one account.
///
/// Cloning it is cheap, and all clones share their connections, their place within the rate limits, and their
/// access tokens. A request may be dropped at any time: its place in line goes to the next one.
///
/// A generated crate has a client of its own API, which leads to this one.
///
/// ```no_run
/// use clientwright_runtime::{Api, Auth, Client};
///
/// static API: Api = Api::new("example/1.0.0");
///
/// # fn main() -> Result<(), clientwright_runtime::Error> {
/// let client = Client::builder(&API)
///     .base_url("https://api.example.com")
///     .auth(Auth::bearer("token"))
///     .build()?;
/// # let _ = client;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    surroundings: Surroundings,
    credentials: Credentials,
    limiter: Option<Limiter>,
}

impl Client {
    /// Starts to set up a client of an API.
    pub fn builder(api: &'static Api) -> ClientBuilder {
        ClientBuilder::new(api)
    }

    /// Sends a request and reads its answer. It waits for a place within the rate limits, and tries again as
    /// the [`RetryPolicy`] says. There is no bound on waiting for a place: where there has to be one, put
    /// `tokio::time::timeout` around the call.
    ///
    /// # Errors
    ///
    /// If the request is not complete, no answer comes, the server refuses, or the answer has not the
    /// declared shape.
    pub async fn send<R: IntoRequest>(&self, request: R) -> Result<R::Output, Error> {
        let request = request.into_request()?;
        let mut reading = Reading { request: &request, answer: None };
        let response = self.fetch(request.parts(), &mut reading).await?;
        Ok(reading.answer.unwrap_or_else(|| request.decode(&response.body))?)
    }

    pub(crate) fn clock(&self) -> &Arc<dyn Clock> {
        &self.0.surroundings.clock
    }

    /// Path and query of an address that the server gave, below the client's own address.
    ///
    /// An address of another scheme, host or port, or beside the path of the client's, is an error of the kind
    /// [`ForeignAddress`](crate::TransportErrorKind::ForeignAddress).
    pub(crate) fn local_target(&self, operation: &Operation, url: &str) -> Result<String, Error> {
        Ok(self.0.surroundings.transport.base_of(operation)?.target(url)?)
    }
}

/// Shows where the client leads and nothing of its credentials.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let base = &self.0.surroundings.transport.base;
        f.debug_struct("Client").field("base_url", &base.as_str()).finish_non_exhaustive()
    }
}
