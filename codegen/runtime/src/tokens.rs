//! A pair of tokens, and where it is kept.

use std::error::Error;
use std::fmt;
use std::future::{Future, ready};
use std::pin::Pin;

use crate::types::timestamp::Timestamp;

/// An access token and the refresh token that is exchanged for the next pair.
#[derive(Clone, PartialEq, Eq)]
pub struct Tokens {
    access: String,
    refresh: String,
    expires_at: Option<Timestamp>,
}

impl Tokens {
    /// A pair of which is not known when it expires: it is exchanged once the server rejects it.
    pub fn new(access_token: impl Into<String>, refresh_token: impl Into<String>) -> Self {
        Self { access: access_token.into(), refresh: refresh_token.into(), expires_at: None }
    }

    /// Sets when the access token expires, so that it is exchanged a minute before.
    #[must_use]
    pub fn expiring_at(mut self, time: Timestamp) -> Self {
        self.expires_at = Some(time);
        self
    }

    /// The token that requests are sent with.
    #[must_use]
    pub fn access_token(&self) -> &str {
        &self.access
    }

    /// The token that is exchanged for the next pair.
    #[must_use]
    pub fn refresh_token(&self) -> &str {
        &self.refresh
    }

    /// When the access token expires, if that is known.
    #[must_use]
    pub fn expires_at(&self) -> Option<Timestamp> {
        self.expires_at
    }
}

/// Shows when they expire and nothing else.
impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}

/// Where tokens are kept. A closure `Fn(&Tokens) -> Result<(), Box<dyn Error + Send + Sync>>` is one.
pub trait TokenStore: Send + Sync {
    /// Keeps a new pair in place of the old one, which is dead. It is used only if this succeeds, so all
    /// requests wait for it. It runs on a task of its own and is called again with the same pair if it fails.
    ///
    /// # Errors
    ///
    /// If the pair is not kept. Errors are shown, so they must not hold the tokens.
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
