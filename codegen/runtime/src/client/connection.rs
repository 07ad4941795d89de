//! The client itself.

use std::fmt;
use std::sync::Arc;

use super::auth::Credentials;
use super::clock::Clock;
use super::limit::Limiter;
use super::surroundings::Surroundings;
use crate::error::Error;
use crate::operation::Operation;

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
pub struct Client(pub(super) Arc<Inner>);

/// What all clones of a client share.
pub(super) struct Inner {
    pub(super) surroundings: Surroundings,
    pub(super) credentials: Credentials,
    pub(super) limiter: Option<Limiter>,
}

impl Client {
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
