//! Why a request is not read as an event.

use std::error::Error;
use std::fmt;

use super::signature_error::SignatureError;
use crate::decode::error::DecodeError;

/// The reason why a request is not read as an event. It contains no secret and no body.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WebhookError {
    /// The signature is not accepted. Respond with the status code 401 or 403.
    Signature(SignatureError),
    /// The body doesn't match its declared type. Respond with the status code 400.
    Body(DecodeError),
}

impl fmt::Display for WebhookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Signature(error) => error.fmt(f),
            Self::Body(error) => write!(f, "the body of the request: {error}"),
        }
    }
}

impl Error for WebhookError {}

impl From<SignatureError> for WebhookError {
    fn from(error: SignatureError) -> Self {
        Self::Signature(error)
    }
}

impl From<DecodeError> for WebhookError {
    fn from(error: DecodeError) -> Self {
        Self::Body(error)
    }
}
