//! What middleware knows of a request beside its head and body.

use std::time::Duration;

use crate::operation::Operation;

/// The attempt that an HTTP request belongs to. It is an extension of the request: `request.extensions().get::<Attempt>()`.
#[derive(Clone, Copy, Debug)]
pub struct Attempt {
    pub(super) operation: Option<&'static Operation>,
    pub(super) number: u32,
}

impl Attempt {
    /// Returns the operation; `None` for a request for an access token.
    #[must_use]
    pub fn operation(&self) -> Option<&'static Operation> {
        self.operation
    }

    /// Returns the number of the attempt, counted from 1.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.number
    }
}

/// The time that an attempt may take in total, as an extension for the HTTP library.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(target_arch = "wasm32", expect(dead_code, reason = "a browser has its own"))]
pub(super) struct TotalTimeout(pub(super) Duration);
