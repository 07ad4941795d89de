//! The limits of the body of a response.

use std::time::Duration;

use crate::client::platform::{Instant, timeout};
use crate::error::{ErrorKind, TransportFailure};

/// The limits of the body of a response.
#[derive(Clone, Copy, Debug)]
pub(in crate::client) struct BodyLimits {
    /// The maximum size of a body that is read whole, in bytes.
    pub(super) max_body: usize,
    /// When the entire body has to be there, unless the HTTP library cares for it.
    pub(super) deadline: Option<Instant>,
    /// The maximum time without data, unless the HTTP library cares for it.
    pub(super) read_timeout: Option<Duration>,
}

impl BodyLimits {
    /// Returns how long the next data may take.
    pub(super) fn remaining(&self) -> Option<Duration> {
        let deadline = self.deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
        deadline.into_iter().chain(self.read_timeout).min()
    }
}

/// Waits for a future, but not longer than a timeout.
pub(super) async fn within<F: Future>(
    maximum: Option<Duration>,
    future: F,
) -> Result<F::Output, TransportFailure> {
    match maximum {
        None => Ok(future.await),
        Some(maximum) => {
            timeout(maximum, future).await.ok_or_else(|| TransportFailure::of_kind(ErrorKind::Timeout, true))
        }
    }
}
