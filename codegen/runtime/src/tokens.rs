//! OAuth tokens, and the store for them.

use std::error::Error;
use std::fmt;
use std::future::{Future, ready};
use std::pin::Pin;

use crate::types::timestamp::Timestamp;

/// An access token, and the refresh token that is exchanged for the next pair.
#[derive(Clone, PartialEq, Eq)]
pub struct Tokens {
    access: String,
    refresh: String,
    expires_at: Option<Timestamp>,
}

impl Tokens {
    /// Creates a pair without an expiry time. It is refreshed when the server rejects the access token.
    pub fn new(access_token: impl Into<String>, refresh_token: impl Into<String>) -> Self {
        Self { access: access_token.into(), refresh: refresh_token.into(), expires_at: None }
    }

    /// Sets the time at which the access token expires. The client refreshes it one minute earlier.
    #[must_use]
    pub fn expiring_at(mut self, time: Timestamp) -> Self {
        self.expires_at = Some(time);
        self
    }

    /// Returns the access token, which authenticates requests.
    #[must_use]
    pub fn access_token(&self) -> &str {
        &self.access
    }

    /// Returns the refresh token, which is exchanged for the next pair.
    #[must_use]
    pub fn refresh_token(&self) -> &str {
        &self.refresh
    }

    /// Returns the time at which the access token expires, if it is known.
    #[must_use]
    pub fn expires_at(&self) -> Option<Timestamp> {
        self.expires_at
    }
}

/// Shows the expiry time only.
impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}

/// A store for tokens.
///
/// Closures `Fn(&Tokens) -> Result<(), Box<dyn Error + Send + Sync>>` implement it.
pub trait TokenStore: Send + Sync {
    /// Saves a new pair instead of the old pair, which is no longer valid.
    ///
    /// The client uses the new pair only after it is saved, and all requests wait until then. If `save` fails, the next
    /// request calls it again with the same pair. It runs on a separate task.
    ///
    /// # Errors
    ///
    /// Return an error if the pair can't be saved. The error becomes the source of the request's error, so its message
    /// must not contain the tokens.
    fn save<'a>(&'a self, tokens: &'a Tokens) -> SaveFuture<'a>;
}

/// A source of access tokens.
///
/// Closures `Fn() -> Future<Output = Result<String, E>>` implement it.
pub trait TokenProvider: Send + Sync {
    /// Returns an access token that is valid now. It is called for each attempt, so keep the token as long as it is valid.
    ///
    /// `rejected` is the token that the server has just rejected. The client then sends the request once more, with the token
    /// that is returned.
    ///
    /// # Errors
    ///
    /// Return an error if there is no token: the request is not sent then. The error becomes the source of the request's
    /// error, so its message must not contain the token.
    fn token<'a>(&'a self, rejected: Option<&'a str>) -> TokenFuture<'a>;
}

/// The future of an access token.
pub type TokenFuture<'a> =
    Pin<Box<dyn Future<Output = Result<String, Box<dyn Error + Send + Sync>>> + Send + 'a>>;

impl<F, R, E> TokenProvider for F
where
    F: Fn() -> R + Send + Sync,
    R: Future<Output = Result<String, E>> + Send + 'static,
    E: Into<Box<dyn Error + Send + Sync>> + 'static,
{
    fn token<'a>(&'a self, _: Option<&'a str>) -> TokenFuture<'a> {
        let token = self();
        Box::pin(async move { token.await.map_err(Into::into) })
    }
}

/// A file that contains an access token, and that another program replaces before the token expires.
#[derive(Clone, Debug)]
pub(crate) struct TokenFile(pub(crate) std::path::PathBuf);

impl TokenProvider for TokenFile {
    fn token<'a>(&'a self, _: Option<&'a str>) -> TokenFuture<'a> {
        let token = std::fs::read_to_string(&self.0).map(|text| text.trim().to_owned());
        Box::pin(ready(token.map_err(Into::into)))
    }
}

type SaveFuture<'a> = Pin<Box<dyn Future<Output = Result<(), Box<dyn Error + Send + Sync>>> + Send + 'a>>;

impl<F> TokenStore for F
where
    F: Fn(&Tokens) -> Result<(), Box<dyn Error + Send + Sync>> + Send + Sync,
{
    fn save<'a>(&'a self, tokens: &'a Tokens) -> SaveFuture<'a> {
        Box::pin(ready(self(tokens)))
    }
}
