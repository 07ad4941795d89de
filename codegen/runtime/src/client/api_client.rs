//! The async client.

use std::fmt;
use std::sync::Arc;

use super::auth::Credentials;
use super::client_context::ClientContext;
use super::clock::Clock;
use super::limit::Limiter;
use crate::error::Error;
use crate::operation::Operation;

/// A client for an API, with the credentials of one account.
///
/// Cloning it is cheap. All clones share their connections, rate limits and access tokens. The futures that it returns
/// can be dropped at any time: the next request in the queue takes the slot of a dropped one.
///
/// Each generated crate has a client for its API, which dereferences to this one.
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
pub struct Client(pub(super) Arc<ClientInner>);

/// The state that all clones of a client share.
pub(super) struct ClientInner {
    pub(super) context: ClientContext,
    pub(super) credentials: Credentials,
    pub(super) limiter: Option<Limiter>,
}

impl Client {
    /// Returns whether values that don't match their declared type are left out of responses.
    pub(crate) fn is_lenient(&self) -> bool {
        self.0.context.is_lenient
    }

    pub(crate) fn clock(&self) -> &Arc<dyn Clock> {
        &self.0.context.clock
    }

    /// Returns the path and query of a URL that the server returned, relative to the operation's base URL.
    ///
    /// # Errors
    ///
    /// Returns an error of the kind [`CrossOrigin`](crate::ErrorKind::CrossOrigin) if the URL isn't below the base URL.
    pub(crate) fn relative_url(&self, operation: &Operation, url: &str) -> Result<String, Error> {
        Ok(self.0.context.sender.base_of_operation(operation)?.relative(url)?)
    }
}

/// Shows the base URL, and no credentials.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let base = &self.0.context.sender.base;
        f.debug_struct("Client").field("base_url", &base.as_str()).finish_non_exhaustive()
    }
}
