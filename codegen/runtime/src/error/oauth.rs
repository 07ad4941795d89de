//! Failures on the way to an access token.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use super::Error;
use crate::client::Tokens;

/// No access token could be had, so the request was not sent.
#[derive(Clone, Debug)]
pub struct OAuthError {
    kind: OAuthErrorKind,
    source: Option<Source>,
    unsaved: Option<Tokens>,
}

/// Why there is no access token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OAuthErrorKind {
    /// The refresh token is not valid (`invalid_grant`): expired, revoked, or used before.
    InvalidGrant,
    /// The server refused for another reason.
    Refused,
    /// No complete answer came. If the server did get the request, the old tokens are no longer valid.
    Transport,
    /// The answer holds no tokens that can be used.
    Answer,
    /// The new tokens were not saved, so they are not used. Saving is tried again at the next request.
    NotSaved,
    /// The refresh ended before it was done: the store panicked, or the runtime was shut down.
    Stopped,
}

#[derive(Clone, Debug)]
enum Source {
    Client(Arc<Error>),
    Store(Arc<dyn StdError + Send + Sync>),
}

impl OAuthError {
    /// A failure that has no error below it.
    pub(crate) fn new(kind: OAuthErrorKind) -> Self {
        Self { kind, source: None, unsaved: None }
    }

    /// A failure of the request for new tokens.
    pub(crate) fn failed(error: Error) -> Self {
        let kind = match &error {
            Error::Api(error) if error.code() == Some("invalid_grant") => OAuthErrorKind::InvalidGrant,
            Error::Api(_) => OAuthErrorKind::Refused,
            _ => OAuthErrorKind::Transport,
        };
        Self { source: Some(Source::Client(Arc::new(error))), ..Self::new(kind) }
    }

    /// A failure of the store.
    pub(crate) fn not_saved(tokens: Tokens, error: Box<dyn StdError + Send + Sync>) -> Self {
        let source = Some(Source::Store(error.into()));
        Self { source, unsaved: Some(tokens), ..Self::new(OAuthErrorKind::NotSaved) }
    }

    /// Why there is no access token.
    #[must_use]
    pub fn kind(&self) -> OAuthErrorKind {
        self.kind
    }

    /// The tokens that were not saved: the only valid ones.
    #[must_use]
    pub fn unsaved_tokens(&self) -> Option<&Tokens> {
        self.unsaved.as_ref()
    }

    /// What became of the request for new tokens.
    pub(super) fn cause(&self) -> Option<&Error> {
        match &self.source {
            Some(Source::Client(error)) => Some(error),
            _ => None,
        }
    }
}

impl fmt::Display for OAuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            OAuthErrorKind::InvalidGrant => {
                "the refresh token is not valid any more: authorize the application again"
            }
            OAuthErrorKind::Refused => {
                "the server gives no new access token: check the client's id and secret"
            }
            OAuthErrorKind::Transport => "no answer to the request for a new access token",
            OAuthErrorKind::Answer => {
                "the answer to the request for a new access token holds none: authorize the application again"
            }
            OAuthErrorKind::NotSaved => {
                "the new tokens were not saved and are not used: saving is tried again at the next request"
            }
            OAuthErrorKind::Stopped => "the refresh of the access token ended before it was done",
        })?;
        match &self.source {
            Some(Source::Client(error)) => write!(f, ": {error}"),
            Some(Source::Store(error)) => write!(f, ": {error}"),
            None => Ok(()),
        }
    }
}

impl StdError for OAuthError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self.source.as_ref()? {
            Source::Client(error) => error.source(),
            Source::Store(error) => error.source(),
        }
    }
}
