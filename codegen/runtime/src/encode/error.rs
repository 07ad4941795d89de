//! The error of the encoder.

use std::error::Error;
use std::fmt;

/// An error for a value that can't be encoded as JSON: NaN, an infinite number, or a required field without a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncodeError {
    path: String,
    message: String,
}

impl EncodeError {
    #[cold]
    pub(super) fn new(path: String, error: &serde_json::Error) -> Self {
        Self { path, message: error.to_string() }
    }

    /// Returns the location of the value as a JSON pointer (RFC 6901). Empty for the entire document.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        f.write_str(&self.message)
    }
}

impl Error for EncodeError {}
