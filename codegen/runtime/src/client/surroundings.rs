//! What all requests of a client share.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::clock::Clock;
use super::retry::{self, RetryPolicy};
use super::transport::Transport;
use crate::error::{Effort, Error};

/// What all requests of a client share.
#[derive(Clone)]
pub(super) struct Surroundings {
    pub(super) transport: Transport,
    pub(super) retry: RetryPolicy,
    pub(super) clock: Arc<dyn Clock>,
}

impl Surroundings {
    /// How long to wait before a request goes out again; nothing if it does not.
    pub(super) fn wait_after(
        &self,
        failure: &Error,
        effort: Effort,
        idempotent: bool,
        server_time: Option<SystemTime>,
    ) -> Option<Duration> {
        // A date of the server is compared with the server's own clock.
        let now = server_time.unwrap_or_else(|| self.clock.now());
        retry::wait_after(&self.retry, failure, effort, idempotent, now)
    }
}
