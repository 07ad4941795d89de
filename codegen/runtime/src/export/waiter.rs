//! Waits until a background job has ended.

use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::time::Duration;

use serde_json::Value;

use crate::client::{Client, Observer, RawResponse, ResponseCheck};
use crate::decode::error::DecodeError;
use crate::decode::text::decode;
use crate::error::{Error, ExportError, ExportErrorKind, names_error};
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
            let is_lenient = self.client.is_lenient();
            let mut check = StateCheck { request: &request, pending, is_lenient };
            let response = self.client.fetch(request.parts(), &mut check).await?;
            if !is_pending(&response.body, pending) {
                let decoded = match response.decode(&request, is_lenient) {
                    Ok(decoded) => decoded,
                    Err(error) => return Err(response.into_error(error)),
                };
                response.log_mismatches(&decoded.mismatches);
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

/// Checks that a response has the state of the job: a poll without it, such as the page of a gateway or an error message
/// with the status code 200, is requested again. The request is one of many that only read the state.
///
/// Of a job that has ended, the response may lack a state. Then it matches its declared type, and names no error.
struct StateCheck<'r, T> {
    request: &'r Request<T>,
    pending: &'static PendingStates,
    is_lenient: bool,
}

impl<T> Observer for StateCheck<'_, T> {
    fn check(&mut self, response: &RawResponse) -> ResponseCheck {
        if is_truncated(&response.body) && !response.body.trim_ascii().is_empty() {
            return ResponseCheck::Incomplete;
        }
        let value = decode(&response.body).unwrap_or_default();
        if state(&value, self.pending).is_some() {
            return ResponseCheck::Complete;
        }
        match response.decode(self.request, self.is_lenient) {
            Err(error) => ResponseCheck::Unexpected(error),
            Ok(_) if names_error(&value) => {
                let name = self.pending.pointer();
                ResponseCheck::Unexpected(DecodeError::missing("the job", name, &response.body))
            }
            Ok(_) => ResponseCheck::Complete,
        }
    }
}

/// Returns whether the job is still running. A response without a state means that it has ended.
fn is_pending(body: &[u8], pending: &PendingStates) -> bool {
    let response: Value = decode(body).unwrap_or_default();
    state(&response, pending).is_some_and(|state| pending.values().contains(&state))
}

/// Returns the state of the job.
fn state<'v>(response: &'v Value, pending: &PendingStates) -> Option<&'v str> {
    response.pointer(pending.pointer()).and_then(Value::as_str)
}

impl<T: Send + 'static> IntoFuture for Waiter<T> {
    type Output = Result<T, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}
