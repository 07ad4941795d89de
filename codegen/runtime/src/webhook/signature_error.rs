//! Why a signature is not accepted.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;

/// The reason why the signature of a request is not accepted. It contains no secret, and nothing that the sender chose.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignatureError {
    /// The request lacks a header that the scheme needs.
    MissingHeader(Cow<'static, str>),
    /// A header is not written as the scheme has it.
    InvalidHeader(Cow<'static, str>),
    /// No signature of the request is that of its content with one of the keys.
    Mismatch,
    /// The request was signed too long ago: it may be a copy of an older one.
    TooOld {
        /// The maximum age in seconds.
        tolerance: u32,
    },
    /// The request was signed in the future.
    TooEarly {
        /// The maximum difference of both clocks in seconds.
        tolerance: u32,
    },
    /// Another reason, of a verifier of the program.
    Other(Cow<'static, str>),
}

impl fmt::Display for SignatureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingHeader(name) => write!(f, "the request has no header `{name}`, so it is not signed"),
            Self::InvalidHeader(name) => {
                write!(f, "the header `{name}` is not written as the scheme of the signature has it")
            }
            Self::Mismatch => f.write_str(
                "the signature is not that of the request; help: check the secret, and pass the body exactly as it came",
            ),
            Self::TooOld { tolerance } => write!(
                f,
                "the request was signed more than {tolerance} seconds ago; help: check the clock of this machine"
            ),
            Self::TooEarly { tolerance } => write!(
                f,
                "the request was signed more than {tolerance} seconds in the future; help: check the clock of this machine"
            ),
            Self::Other(reason) => f.write_str(reason),
        }
    }
}

impl Error for SignatureError {}
