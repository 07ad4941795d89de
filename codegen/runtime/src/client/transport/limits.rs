//! The limits of time and size of an attempt.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::client::platform::{Instant, timeout};
use crate::error::{ErrorKind, TransportFailure};

/// How many bytes of a body were sent.
pub(super) type Activity = Arc<AtomicU64>;

/// The limits of the body of a response.
#[derive(Clone, Copy, Debug)]
pub(in crate::client) struct BodyLimits {
    /// The maximum size of a body that is read whole, in bytes.
    pub(super) max_body: usize,
    /// The time that a body may take that is read whole.
    total: Option<Duration>,
    /// When the entire body has to be there.
    deadline: Option<Instant>,
    /// The maximum time without data.
    read_timeout: Option<Duration>,
}

impl BodyLimits {
    /// Creates the limits of a response to a request that is sent now. The total time of an open body begins when it is read
    /// whole.
    pub(super) fn new(
        max_body: usize,
        total: Option<Duration>,
        read_timeout: Option<Duration>,
        is_open: bool,
    ) -> Self {
        let limits = Self { max_body, total, deadline: None, read_timeout };
        if is_open { limits } else { limits.begun() }
    }

    /// Lets the total time begin now, unless it has begun.
    pub(super) fn begun(mut self) -> Self {
        let deadline = || self.total.and_then(|total| Instant::now().checked_add(total));
        self.deadline = self.deadline.or_else(deadline);
        self
    }

    /// Returns how long the next data may take.
    pub(super) fn remaining(&self) -> Option<Duration> {
        let deadline = self.deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
        deadline.into_iter().chain(self.read_timeout).min()
    }
}

fn expired() -> TransportFailure {
    TransportFailure::of_kind(ErrorKind::Timeout, true)
}

/// Waits for a future, but not longer than a timeout.
pub(super) async fn within<F: Future>(
    maximum: Option<Duration>,
    future: F,
) -> Result<F::Output, TransportFailure> {
    match maximum {
        None => Ok(future.await),
        Some(maximum) => timeout(maximum, future).await.ok_or_else(expired),
    }
}

/// Waits for a future as long as bytes are sent, and not longer than a timeout after that.
pub(super) async fn while_active<F: Future>(
    maximum: Option<Duration>,
    activity: &Activity,
    future: F,
) -> Result<F::Output, TransportFailure> {
    let mut future = pin!(future);
    let Some(maximum) = maximum else { return Ok(future.await) };
    loop {
        let sent = activity.load(Ordering::Relaxed);
        if let Some(output) = timeout(maximum, future.as_mut()).await {
            return Ok(output);
        }
        if activity.load(Ordering::Relaxed) == sent {
            return Err(expired());
        }
    }
}
