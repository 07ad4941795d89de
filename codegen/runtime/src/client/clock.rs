//! The clock of the client.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, SystemTime};

use super::platform::{self, Instant};

/// A source of the current time and of delays.
///
/// The client reads all times from it and uses it for all waits, so that a test or a simulation can control time. Only
/// the timeouts of connections and requests use the clock of the machine.
pub trait Clock: Send + Sync + fmt::Debug {
    /// Returns the current time, which may jump forward or back.
    fn now(&self) -> SystemTime;

    /// Returns the time since a fixed point, which never goes back.
    fn monotonic(&self) -> Duration;

    /// Waits until at least this much [`monotonic`](Self::monotonic) time has passed.
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>>;
}

/// The clock of the machine.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock {
    start: Instant,
}

impl SystemClock {
    /// Creates a clock. Its monotonic time starts now.
    #[must_use]
    pub fn new() -> Self {
        Self { start: Instant::now() }
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for SystemClock {
    fn now(&self) -> SystemTime {
        platform::now()
    }

    fn monotonic(&self) -> Duration {
        self.start.elapsed()
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        platform::sleep(duration)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Clock, SystemClock};

    #[test]
    fn the_monotonic_time_advances() {
        let clock = SystemClock::new();
        let before = clock.monotonic();
        std::thread::sleep(Duration::from_millis(2));
        assert!(clock.monotonic().saturating_sub(before) >= Duration::from_millis(2));
    }
}
