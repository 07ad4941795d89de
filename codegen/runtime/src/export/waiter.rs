//! Waits until a background job has ended.

use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::time::Duration;

use serde_json::Value;

use crate::client::{Client, Observer, RawResponse, ResponseCheck, log_mismatches};
use crate::decode::text::decode;
use crate::error::{Error, ExportError, ExportErrorKind};
use crate::json::syntax::is_truncated;
use crate::operation::PendingStates;
use crate::request::{IntoRequest, Request};

/// The default for the first interval between two polls.
const FIRST_INTERVAL: Duration = Duration::from_secs(1);
/// The default for the longest interval between two polls.
const LONGEST_INTERVAL: Duration = Duration::from_secs(30);
/// The default for the timeout.
const TIMEOUT: Duration = Duration::from_secs(30 * 60);

/// A future that polls until a background job has ended: `client.wait_for(request).await`.
///
/// # Errors
///
/// - A request fails. See [`Client::send`].
/// - The job doesn't end within the timeout: [`StillPending`](ExportErrorKind::StillPending).
/// - The response of the operation doesn't describe a background job: [`NotAJob`](ExportErrorKind::NotAJob).
#[must_use = "no request is sent until it is awaited"]
#[derive(Debug)]
pub struct Waiter<T, C = Client> {
    client: C,
    request: Result<Request<T>, Error>,
    interval: Option<Duration>,
    timeout: Duration,
}

impl Client {
    /// Sends a request repeatedly until the background job that the response describes has ended.
    ///
    /// The waiter returns the last response, which contains the result. A job that failed is not an error here.
    ///
    /// ```no_run
    /// # async fn example<R>(
    /// #     client: clientwright_runtime::Client,
    /// #     request: R,
    /// # ) -> Result<(), clientwright_runtime::Error>
    /// # where
    /// #     R: clientwright_runtime::IntoRequest<Output: 'static>,
    /// # {
    /// let job = client.wait_for(request).await?;
    /// # let _ = job;
    /// # Ok(())
    /// # }
    /// ```
    pub fn wait_for<R: IntoRequest>(&self, request: R) -> Waiter<R::Output> {
        Waiter::new(self.clone(), request)
    }
}

impl<T, C> Waiter<T, C> {
    pub(crate) fn new<R: IntoRequest<Output = T>>(client: C, request: R) -> Self {
        let request = request.into_request().map_err(Error::from);
        Self { client, request, interval: None, timeout: TIMEOUT }
    }

    /// Sets the interval between two polls. The default grows from one second to thirty.
    pub fn interval(mut self, interval: Duration) -> Self {
        self.interval = Some(interval);
        self
    }

    /// Sets the maximum time to wait. The default is 30 minutes. A job that takes longer results in the error
    /// [`StillPending`](ExportErrorKind::StillPending).
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Replaces the client, and returns the old one.
    #[cfg(feature = "blocking")]
    pub(crate) fn replace_client<D>(self, other: impl FnOnce(&C) -> D) -> (C, Waiter<T, D>) {
        let Self { client, request, interval, timeout } = self;
        let other = other(&client);
        (client, Waiter { client: other, request, interval, timeout })
    }
}

impl<T> Waiter<T> {
    pub(crate) async fn run(self) -> Result<T, Error> {
        let request = self.request?;
        let operation = request.operation();
        let fail = |kind| Err(ExportError::new(operation.id(), kind).into());
        let Some(pending) = operation.pending() else { return fail(ExportErrorKind::NotAJob) };
        let clock = self.client.clock().clone();
        let started = clock.monotonic();
        let mut interval = self.interval.unwrap_or(FIRST_INTERVAL);
        loop {
            let response = self.client.fetch(request.parts(), &mut CompletenessCheck).await?;
            if !is_pending(&response.body, pending) {
                let decoded = response.decode(&request, self.client.is_lenient());
                let decoded = decoded.map_err(|error| response.into_error(error))?;
                log_mismatches(operation, &decoded.mismatches);
                return Ok(decoded.value);
            }
            if clock.monotonic().saturating_sub(started).saturating_add(interval) > self.timeout {
                return fail(ExportErrorKind::StillPending);
            }
            clock.sleep(interval).await;
            interval = self.interval.unwrap_or((interval * 2).min(LONGEST_INTERVAL));
        }
    }
}

/// Treats a truncated response as incomplete, so that it is requested again. The request is one of many that only read
/// the state of the job.
struct CompletenessCheck;

impl Observer for CompletenessCheck {
    fn check(&mut self, response: &RawResponse) -> ResponseCheck {
        if is_truncated(&response.body) { ResponseCheck::Incomplete } else { ResponseCheck::Complete }
    }
}

/// Returns whether the job is still running. A response without a state means that it has ended.
fn is_pending(body: &[u8], pending: &PendingStates) -> bool {
    let response: Value = decode(body).unwrap_or_default();
    let state = response.pointer(pending.pointer()).and_then(Value::as_str);
    state.is_some_and(|state| pending.values().contains(&state))
}

impl<T: Send + 'static> IntoFuture for Waiter<T> {
    type Output = Result<T, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}
