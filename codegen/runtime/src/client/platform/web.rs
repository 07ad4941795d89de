//! Time and tasks of a browser.

use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use futures_util::future::{Either, select};
use send_wrapper::SendWrapper;
use tokio::sync::oneshot;
pub(in crate::client) use web_time::Instant;

/// Returns the current time.
pub(in crate::client) fn now() -> SystemTime {
    let since = web_time::SystemTime::now().duration_since(web_time::UNIX_EPOCH);
    UNIX_EPOCH + since.unwrap_or_default()
}

/// Waits.
pub(in crate::client) fn sleep(duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
    Box::pin(SendWrapper::new(gloo_timers::future::sleep(duration)))
}

/// Waits for a future, but not longer than a timeout; `None` if it expired.
pub(in crate::client) async fn timeout<F: Future>(maximum: Duration, future: F) -> Option<F::Output> {
    match select(Box::pin(future), sleep(maximum)).await {
        Either::Left((output, _)) => Some(output),
        Either::Right(_) => None,
    }
}

/// Runs a future as a task, also if the caller stops waiting for it; `None` if it ended early.
pub(in crate::client) async fn spawn<T: Send + 'static>(
    future: impl Future<Output = T> + Send + 'static,
) -> Option<T> {
    let (sender, receiver) = oneshot::channel();
    wasm_bindgen_futures::spawn_local(async move {
        // The caller may have stopped waiting.
        let _ = sender.send(future.await);
    });
    receiver.await.ok()
}
