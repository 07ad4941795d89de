//! The state that all requests of a client share.

use std::sync::Arc;
use std::time::Duration;

use super::clock::Clock;
use super::retry::{self, RetryPolicy};
use super::transport::Sender;
use crate::error::{Attempts, Error};

/// The state that all requests of a client share.
#[derive(Clone)]
pub(super) struct ClientContext {
    pub(super) sender: Sender,
    pub(super) retry: RetryPolicy,
    pub(super) clock: Arc<dyn Clock>,
    /// Whether values that don't match their declared type are left out of responses.
    pub(super) is_lenient: bool,
}

impl ClientContext {
    /// Returns the delay before a request is sent again, or `None` if it isn't.
    pub(super) fn retry_delay(
        &self,
        error: &Error,
        attempts: Attempts,
        is_idempotent: bool,
    ) -> Option<Duration> {
        retry::retry_delay(&self.retry, error, attempts, is_idempotent)
    }
}
