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
    /// Creates a pair without an expiry: it is refreshed when the server rejects the access token.
    pub fn new(access_token: impl Into<String>, refresh_token: impl Into<String>) -> Self {
        Self { access: access_token.into(), refresh: refresh_token.into(), expires_at: None }
    }

    /// Sets when the access token expires. It is refreshed a minute before.
    #[must_use]
    pub fn expiring_at(mut self, time: Timestamp) -> Self {
        self.expires_at = Some(time);
        self
    }

    /// Returns the access token, which requests are sent with.
    #[must_use]
    pub fn access_token(&self) -> &str {
        &self.access
    }

    /// Returns the refresh token, which is exchanged for the next pair.
    #[must_use]
    pub fn refresh_token(&self) -> &str {
        &self.refresh
    }

    /// Returns when the access token expires, if that is known.
    #[must_use]
    pub fn expires_at(&self) -> Option<Timestamp> {
        self.expires_at
    }
}

/// Shows the expiry only.
impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}

/// A store for tokens. A closure `Fn(&Tokens) -> Result<(), Box<dyn Error + Send + Sync>>` is one.
pub trait TokenStore: Send + Sync {
    /// Replaces the old pair, which is no longer valid, by a new one.
    ///
    /// The new pair is used after this has succeeded, and all requests wait for it. If it fails, the next request
    /// calls it again with the same pair. It runs on a task of its own.
    ///
    /// # Errors
    ///
    /// Return an error if the pair is not saved. It is the source of the error of the request, so its message must not
    /// contain the tokens.
    fn save<'a>(&'a self, tokens: &'a Tokens) -> SaveFuture<'a>;
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
