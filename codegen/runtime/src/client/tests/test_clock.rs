//! A clock whose waits take no time.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::sync::Notify;

use super::super::Clock;

/// A clock that advances only by its sleeps: each one sets it to the end of the sleep.
#[derive(Debug, Default)]
pub(crate) struct TestClock {
    time: Arc<Mutex<Duration>>,
    sleeps: Mutex<Vec<Duration>>,
    manual: Option<Arc<Notify>>,
}

impl TestClock {
    /// Creates a clock that only [`advance`](Self::advance) changes.
    pub(crate) fn manual() -> Self {
        Self { manual: Some(Arc::default()), ..Self::default() }
    }

    /// Returns the sleeps so far, in seconds.
    pub(crate) fn sleeps(&self) -> Vec<f64> {
        self.sleeps.lock().unwrap().iter().map(Duration::as_secs_f64).collect()
    }

    pub(crate) fn advance(&self, duration: Duration) {
        *self.time.lock().unwrap() += duration;
        if let Some(manual) = &self.manual {
            manual.notify_waiters();
        }
    }
}

impl Clock for TestClock {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + self.monotonic()
    }

    fn monotonic(&self) -> Duration {
        *self.time.lock().unwrap()
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        self.sleeps.lock().unwrap().push(duration);
        let end = self.monotonic() + duration;
        if let Some(manual) = &self.manual {
            return Box::pin(sleep_until(Arc::clone(manual), Arc::clone(&self.time), end));
        }
        let (time, mut yielded) = (Arc::clone(&self.time), false);
        Box::pin(poll_fn(move |context| {
            // Other tasks run first, as in a real wait.
            if !std::mem::replace(&mut yielded, true) {
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
            let mut time = time.lock().unwrap();
            *time = end.max(*time);
            Poll::Ready(())
        }))
    }
}

async fn sleep_until(manual: Arc<Notify>, time: Arc<Mutex<Duration>>, end: Duration) {
    loop {
        let moved = manual.notified();
        if *time.lock().unwrap() >= end {
            return;
        }
        moved.await;
    }
}
