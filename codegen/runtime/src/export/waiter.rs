//! Waiting for background work to be over.

use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use serde_json::Value;

use crate::client::{Client, Observer};
use crate::decode::text::decode;
use crate::error::{Error, ExportError, ExportErrorKind};
use crate::json::fault::ends_early;
use crate::operation::Pending;
use crate::request::{IntoRequest, Request};

/// How long to wait before the second look, if the caller does not say.
const FIRST: Duration = Duration::from_secs(1);
/// The longest time between two looks, if the caller does not say.
const LONGEST: Duration = Duration::from_secs(30);

/// Waits until the work is over that an answer describes: `client.wait_for(request).await`.
///
/// # Errors
///
/// Those of [`Client::send`], and errors of the kinds [`StillPending`](ExportErrorKind::StillPending), and
/// [`NeverPending`](ExportErrorKind::NeverPending) for an operation that does not describe work.
#[must_use = "nothing is asked for until it is awaited"]
#[derive(Debug)]
pub struct Waiter<T, C = Client> {
    client: C,
    request: Result<Request<T>, Error>,
    interval: Option<Duration>,
    at_most: Duration,
}

impl Client {
    /// Asks again and again until the work is over that the answer describes, such as a bulk job.
    ///
    /// The last answer says how it ended: work that failed is no error here.
    ///
    /// ```no_run
    /// # async fn example<R>(client: clientwright_runtime::Client, request: R) -> Result<(), clientwright_runtime::Error>
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
        Self { client, request, interval: None, at_most: Duration::from_secs(30 * 60) }
    }

    /// The time between two looks. If not set, it grows from one second to thirty.
    pub fn every(mut self, interval: Duration) -> Self {
        self.interval = Some(interval);
        self
    }

    /// How long to wait in all, 30 minutes if not set. After that it is an error of the kind
    /// [`StillPending`](ExportErrorKind::StillPending).
    pub fn at_most(mut self, duration: Duration) -> Self {
        self.at_most = duration;
        self
    }

    /// The same with another client, and the one that it had.
    #[cfg(feature = "blocking")]
    pub(crate) fn replace_client<D>(self, other: impl FnOnce(&C) -> D) -> (C, Waiter<T, D>) {
        let Self { client, request, interval, at_most } = self;
        let other = other(&client);
        (client, Waiter { client: other, request, interval, at_most })
    }
}

impl<T> Waiter<T> {
    pub(crate) async fn run(self) -> Result<T, Error> {
        let request = self.request?;
        let operation = request.operation();
        let fail = |kind| Err(ExportError::new(operation.id(), kind).into());
        let Some(pending) = operation.pending() else { return fail(ExportErrorKind::NeverPending) };
        let clock = self.client.clock().clone();
        let started = clock.monotonic();
        let mut interval = self.interval.unwrap_or(FIRST);
        loop {
            let response = self.client.fetch(request.parts(), &mut Look).await?;
            if !is_pending(&response.body, pending) {
                return Ok(request.decode(&response.body)?);
            }
            if clock.monotonic().saturating_sub(started).saturating_add(interval) > self.at_most {
                return fail(ExportErrorKind::StillPending);
            }
            clock.sleep(interval).await;
            interval = self.interval.unwrap_or((interval * 2).min(LONGEST));
        }
    }
}

/// Takes an answer that ends too early for one that was cut short.
struct Look;

impl Observer for Look {
    fn complete(&mut self, body: &Bytes) -> bool {
        !ends_early(body)
    }
}

/// Whether an answer says that the work goes on. One that says nothing of it is taken for its end.
fn is_pending(body: &[u8], pending: &Pending) -> bool {
    let answer: Value = decode(body).unwrap_or_default();
    let state = answer.pointer(pending.pointer()).and_then(Value::as_str);
    state.is_some_and(|state| pending.values().contains(&state))
}

impl<T: Send + 'static> IntoFuture for Waiter<T> {
    type Output = Result<T, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}
