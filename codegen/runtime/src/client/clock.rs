//! Time, as the client sees it.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, SystemTime};

use tokio::time::Instant;

/// What the client takes the time from, and waits with.
///
/// Every decision and every wait of the client goes through it, so a test or a simulation can let time run as
/// it likes. Only the time-outs of a connection are those of the machine.
pub trait Clock: Send + Sync + fmt::Debug {
    /// The time of day, which may be set back and forth.
    fn now(&self) -> SystemTime;

    /// The time since some fixed point; it never goes back.
    fn monotonic(&self) -> Duration;

    /// Waits until that much of [`monotonic`](Self::monotonic) time has passed, or longer.
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>>;
}

/// The clock of the machine.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock {
    start: Instant,
}

impl SystemClock {
    /// The clock of the machine.
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
        SystemTime::now()
    }

    fn monotonic(&self) -> Duration {
        self.start.elapsed()
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(tokio::time::sleep(duration))
    }
}
