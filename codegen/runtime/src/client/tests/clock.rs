//! A clock that never keeps anybody waiting.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::sync::Notify;

use super::super::Clock;

/// Stands still until somebody sleeps, and then goes on to where the sleep ends.
#[derive(Debug, Default)]
pub(crate) struct TestClock {
    time: Arc<Mutex<Duration>>,
    sleeps: Mutex<Vec<Duration>>,
    held: Option<Arc<Notify>>,
}

impl TestClock {
    /// A clock that goes on only when it is told to.
    pub(crate) fn held() -> Self {
        Self { held: Some(Arc::default()), ..Self::default() }
    }

    /// The waits that began so far, in seconds.
    pub(crate) fn sleeps(&self) -> Vec<f64> {
        self.sleeps.lock().unwrap().iter().map(Duration::as_secs_f64).collect()
    }

    pub(crate) fn advance(&self, duration: Duration) {
        *self.time.lock().unwrap() += duration;
        if let Some(held) = &self.held {
            held.notify_waiters();
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
        if let Some(held) = &self.held {
            return Box::pin(reach(Arc::clone(held), Arc::clone(&self.time), end));
        }
        let (time, mut yielded) = (Arc::clone(&self.time), false);
        Box::pin(poll_fn(move |context| {
            // Others come first, as they would in a real wait.
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

async fn reach(held: Arc<Notify>, time: Arc<Mutex<Duration>>, end: Duration) {
    loop {
        let moved = held.notified();
        if *time.lock().unwrap() >= end {
            return;
        }
        moved.await;
    }
}
