//! Time and tasks of tokio.

use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, SystemTime};

pub(in crate::client) use tokio::time::Instant;

/// Returns the current time.
pub(in crate::client) fn now() -> SystemTime {
    SystemTime::now()
}

/// Waits.
pub(in crate::client) fn sleep(duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
    Box::pin(tokio::time::sleep(duration))
}

/// Waits for a future, but not longer than a timeout; `None` if it expired.
pub(in crate::client) async fn timeout<F: Future>(maximum: Duration, future: F) -> Option<F::Output> {
    tokio::time::timeout(maximum, future).await.ok()
}

/// Runs a future as a task, also if the caller stops waiting for it; `None` if it ended early.
pub(in crate::client) async fn spawn<T: Send + 'static>(
    future: impl Future<Output = T> + Send + 'static,
) -> Option<T> {
    tokio::spawn(future).await.ok()
}
