//! Everything that can go wrong with a request; an error of OAuth may hold such a one.

use std::error::Error as StdError;
use std::fmt;
#[cfg(feature = "client")]
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::api::ApiError;
#[cfg(feature = "blocking")]
use super::blocking::BlockingError;
#[cfg(feature = "client")]
use super::config::ConfigError;
use super::effort::Effort;
#[cfg(feature = "export")]
use super::export::ExportError;
#[cfg(feature = "client")]
use super::transport::{TransportError, TransportErrorKind};
use crate::decode::error::DecodeError;
use crate::request::RequestError;
#[cfg(feature = "client")]
use crate::tokens::Tokens;

/// Everything that can go wrong with a request.
///
/// Neither the text of an error nor its debug form shows credentials or the bodies of answers.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The request cannot be sent as it is; the server was not asked.
    Request(RequestError),
    /// The client cannot be set up as asked.
    #[cfg(feature = "client")]
    Config(ConfigError),
    /// No access token could be had.
    #[cfg(feature = "client")]
    OAuth(OAuthError),
    /// No complete answer came.
    #[cfg(feature = "client")]
    Transport(TransportError),
    /// The thread cannot be blocked here.
    #[cfg(feature = "blocking")]
    Blocking(BlockingError),
    /// An export cannot go on, or background work was not over in time.
    #[cfg(feature = "export")]
    Export(ExportError),
    /// The server refused.
    Api(Box<ApiError>),
    /// The answer does not have the declared shape.
    Decode(DecodeError),
}

impl Error {
    /// What the server said, if it refused.
    #[must_use]
    pub fn api(&self) -> Option<&ApiError> {
        match self {
            Self::Api(error) => Some(error),
            _ => None,
        }
    }

    /// Whether the server asks to slow down.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.api().is_some_and(ApiError::is_rate_limited)
    }

    /// Why an export cannot go on, if that is what it is about.
    #[cfg(feature = "export")]
    #[must_use]
    pub fn export(&self) -> Option<&ExportError> {
        match self {
            Self::Export(error) => Some(error),
            _ => None,
        }
    }

    /// Whether there is nothing at that address.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.api().is_some_and(ApiError::is_not_found)
    }

    /// When to ask again, as the server sent it: mostly seconds, sometimes a date.
    #[must_use]
    pub fn retry_after(&self) -> Option<&str> {
        self.api().and_then(ApiError::retry_after)
    }

    /// How long to wait from now on before asking again, if the server sent seconds or a date to come.
    #[must_use]
    pub fn retry_after_from(&self, now: SystemTime) -> Option<Duration> {
        self.api()?.retry_after_from(now)
    }

    /// Whether an export was asked for records that are too new: all older ones have been read, and a minute
    /// later there may be more.
    #[must_use]
    pub fn is_caught_up(&self) -> bool {
        self.api().is_some_and(ApiError::is_too_early)
    }

    /// Whether it took too long, here or on the server's side: asking for less at once may help.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        match self {
            #[cfg(feature = "client")]
            Self::Transport(error) => error.kind() == TransportErrorKind::Timeout,
            #[cfg(feature = "client")]
            Self::OAuth(error) => error.cause().is_some_and(Self::is_timeout),
            Self::Api(error) => error.is_timeout(),
            _ => false,
        }
    }

    /// Whether the answer broke off: asking for less at once may help.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        match self {
            #[cfg(feature = "client")]
            Self::Transport(error) => error.kind() == TransportErrorKind::Body,
            Self::Decode(error) => error.is_cut(),
            _ => false,
        }
    }

    /// How many times the request went out: 0 if never, 1 if an answer came that cannot be read.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.effort().attempts
    }

    /// How long the client waited between these attempts.
    #[must_use]
    pub fn waited(&self) -> Duration {
        self.effort().waited
    }

    fn effort(&self) -> Effort {
        match self {
            #[cfg(feature = "client")]
            Self::Transport(error) => error.effort,
            #[cfg(feature = "client")]
            Self::OAuth(error) => error.cause().map_or(Effort::NONE, Self::effort),
            Self::Api(error) => error.effort,
            Self::Decode(_) => Effort::default(),
            _ => Effort::NONE,
        }
    }

    /// The same error with what was tried before it was given up on.
    #[cfg(feature = "client")]
    pub(crate) fn after(mut self, effort: Effort) -> Self {
        match &mut self {
            Self::Transport(error) => error.effort = effort,
            Self::Api(error) => error.effort = effort,
            _ => {}
        }
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(error) => error.fmt(f),
            #[cfg(feature = "client")]
            Self::Config(error) => error.fmt(f),
            #[cfg(feature = "client")]
            Self::OAuth(error) => error.fmt(f),
            #[cfg(feature = "client")]
            Self::Transport(error) => error.fmt(f),
            #[cfg(feature = "blocking")]
            Self::Blocking(error) => error.fmt(f),
            #[cfg(feature = "export")]
            Self::Export(error) => error.fmt(f),
            Self::Api(error) => error.fmt(f),
            Self::Decode(error) => write!(f, "the answer does not have the declared shape: {error}"),
        }
    }
}

/// The source is that of the error inside, whose own text is part of this one's.
impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Request(error) => error.source(),
            #[cfg(feature = "client")]
            Self::Config(error) => error.source(),
            #[cfg(feature = "client")]
            Self::OAuth(error) => error.source(),
            #[cfg(feature = "client")]
            Self::Transport(error) => error.source(),
            #[cfg(feature = "blocking")]
            Self::Blocking(error) => error.source(),
            #[cfg(feature = "export")]
            Self::Export(error) => error.source(),
            Self::Api(error) => error.source(),
            Self::Decode(error) => error.source(),
        }
    }
}

impl From<RequestError> for Error {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
    }
}

#[cfg(feature = "client")]
impl From<ConfigError> for Error {
    fn from(error: ConfigError) -> Self {
        Self::Config(error)
    }
}

#[cfg(feature = "client")]
impl From<OAuthError> for Error {
    fn from(error: OAuthError) -> Self {
        Self::OAuth(error)
    }
}

#[cfg(feature = "client")]
impl From<TransportError> for Error {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}

#[cfg(feature = "blocking")]
impl From<BlockingError> for Error {
    fn from(error: BlockingError) -> Self {
        Self::Blocking(error)
    }
}

#[cfg(feature = "export")]
impl From<ExportError> for Error {
    fn from(error: ExportError) -> Self {
        Self::Export(error)
    }
}

impl From<ApiError> for Error {
    fn from(error: ApiError) -> Self {
        Self::Api(Box::new(error))
    }
}

impl From<DecodeError> for Error {
    fn from(error: DecodeError) -> Self {
        Self::Decode(error)
    }
}

/// No access token could be had, so the request was not sent.
#[cfg(feature = "client")]
#[derive(Clone, Debug)]
pub struct OAuthError {
    kind: OAuthErrorKind,
    source: Option<Source>,
    unsaved: Option<Tokens>,
}

/// Why there is no access token.
#[cfg(feature = "client")]
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

#[cfg(feature = "client")]
#[derive(Clone, Debug)]
enum Source {
    Client(Arc<Error>),
    Store(Arc<dyn StdError + Send + Sync>),
}

#[cfg(feature = "client")]
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
    fn cause(&self) -> Option<&Error> {
        match &self.source {
            Some(Source::Client(error)) => Some(error),
            _ => None,
        }
    }
}

#[cfg(feature = "client")]
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

#[cfg(feature = "client")]
impl StdError for OAuthError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self.source.as_ref()? {
            Source::Client(error) => error.source(),
            Source::Store(error) => error.source(),
        }
    }
}
