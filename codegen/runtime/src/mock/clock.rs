//! A clock whose waits take no time.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::client::Clock;

/// A clock that begins at 2020-01-01 and advances only by its waits, which take no time.
///
/// So backoff and rate limits need no time in tests. Clones are the same clock.
#[derive(Clone, Debug, Default)]
pub struct MockClock {
    waited: Arc<Mutex<Vec<Duration>>>,
}

/// 2020-01-01, in seconds since 1970.
const START: Duration = Duration::from_secs(1_577_836_800);

impl MockClock {
    /// Creates a clock.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the waits so far.
    #[must_use]
    pub fn waits(&self) -> Vec<Duration> {
        self.waited.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Clock for MockClock {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + START + self.monotonic()
    }

    fn monotonic(&self) -> Duration {
        self.waits().iter().fold(Duration::ZERO, |total, wait| total.saturating_add(*wait))
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        self.waited.lock().unwrap_or_else(PoisonError::into_inner).push(duration);
        // Other tasks run first, as in a real wait.
        Box::pin(tokio::task::yield_now())
    }
}
