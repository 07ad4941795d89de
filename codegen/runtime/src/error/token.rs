//! Failures to obtain an access token.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use super::kind::ErrorKind;
use crate::tokens::Tokens;

/// The reason why there is no access token. Clones share the source: all requests that wait for a token get the same
/// failure.
#[derive(Clone, Debug)]
pub(crate) struct TokenFailure {
    pub(super) problem: TokenProblem,
    pub(super) source: Option<Arc<dyn Error + Send + Sync>>,
    pub(super) unsaved: Option<Tokens>,
}

/// The reason why the refresh of the tokens failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenProblem {
    /// The authorization server rejected the refresh token.
    InvalidGrant,
    /// The authorization server responded with another error.
    Status,
    /// No complete response to the token request arrived.
    Request,
    /// The response contains no usable access token.
    NoToken,
    /// The provider of the program has no access token.
    Provider,
    /// The store could not save the new tokens.
    NotSaved,
    /// The refresh ended early: the store panicked, or the runtime was shut down.
    Stopped,
}

impl TokenFailure {
    /// Creates a failure without a source.
    pub(crate) fn new(problem: TokenProblem) -> Self {
        Self { problem, source: None, unsaved: None }
    }

    /// Creates a failure of the token request.
    pub(super) fn of_request(problem: TokenProblem, source: impl Error + Send + Sync + 'static) -> Self {
        Self { source: Some(Arc::new(source)), ..Self::new(problem) }
    }

    /// Creates a failure of the provider.
    pub(crate) fn of_provider(source: Box<dyn Error + Send + Sync>) -> Self {
        Self { source: Some(source.into()), ..Self::new(TokenProblem::Provider) }
    }

    /// Creates a failure of the store.
    pub(crate) fn not_saved(tokens: Tokens, source: Box<dyn Error + Send + Sync>) -> Self {
        Self { source: Some(source.into()), unsaved: Some(tokens), ..Self::new(TokenProblem::NotSaved) }
    }

    /// Returns true if the authorization server rejected the refresh token.
    pub(crate) fn is_invalid_grant(&self) -> bool {
        self.problem == TokenProblem::InvalidGrant
    }

    pub(super) fn kind(&self) -> ErrorKind {
        match self.problem {
            TokenProblem::InvalidGrant => ErrorKind::InvalidGrant,
            TokenProblem::NotSaved => ErrorKind::TokenStore,
            _ => ErrorKind::Token,
        }
    }

    pub(super) fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

impl fmt::Display for TokenFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.problem {
            TokenProblem::InvalidGrant => "the refresh token is not valid: authorize the application again",
            TokenProblem::Status => {
                "the server did not issue an access token: check the client ID and secret"
            }
            TokenProblem::Request => "the token request failed",
            TokenProblem::NoToken => {
                "the response to the token request contains no access token: authorize the application again"
            }
            TokenProblem::Provider => "the token provider returned no access token that can be sent",
            TokenProblem::NotSaved => {
                "the new tokens could not be saved and are not used: the next request saves them first"
            }
            TokenProblem::Stopped => {
                "the refresh of the access token ended early: the token store panicked, or the runtime was shut down"
            }
        })
    }
}
