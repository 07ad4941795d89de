//! The mock.

use std::error::Error;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;

use http_body::Body as _;

use super::expectation::Expectation;
use super::recorded::RecordedRequest;
use super::replies::{MockError, Replies};
use crate::operation::Operation;
use crate::request::IntoRequest;
use crate::transport::{Attempt, Body, HttpRequest, ResponseFuture, Transport};

/// A transport for tests without a network. See [the module](super). Clones are the same mock.
#[derive(Clone, Default)]
pub struct Mock(Replies);

/// The operation of a request in `on` that is not valid.
static INVALID: Operation = Operation::get("", "/");

impl Mock {
    /// Creates a mock that expects no request.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns where to add the replies to requests for the operation of a request, whatever their parameters.
    pub fn on<R: IntoRequest>(&self, request: R) -> Expectation<R::Output> {
        self.expect(request, false)
    }

    /// Returns where to add the replies to requests with the path and query of a request. They go before those of
    /// [`on`](Self::on).
    pub fn on_exactly<R: IntoRequest>(&self, request: R) -> Expectation<R::Output> {
        self.expect(request, true)
    }

    fn expect<R: IntoRequest>(&self, request: R, is_exact: bool) -> Expectation<R::Output> {
        match request.into_request() {
            Ok(request) => {
                let target = is_exact.then(|| request.path_and_query());
                Expectation::new(self.0.clone(), request.operation(), target)
            }
            Err(error) => {
                self.0.add_invalid(error);
                Expectation::new(self.0.clone(), &INVALID, None)
            }
        }
    }

    /// Returns the requests so far, also those that were not expected.
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.0.requests()
    }

    /// Checks that all replies were used, and that no other request was sent.
    ///
    /// # Errors
    ///
    /// Returns an error that names each reply that was not used, and each request that was not expected.
    pub fn verify(&self) -> Result<(), MockError> {
        self.0.verify()
    }
}

impl Transport for Mock {
    fn send(&self, request: HttpRequest) -> ResponseFuture<'_> {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let attempt = head.extensions.get::<Attempt>().copied();
            let operation = attempt.and_then(|attempt| attempt.operation());
            let path_and_query = head.uri.path_and_query().map_or("/", |target| target.as_str()).to_owned();
            let recorded = RecordedRequest {
                operation: operation.map_or("", Operation::id),
                method: head.method.to_string(),
                path_and_query,
                headers: head.headers,
                body: collect(body).await?,
            };
            Ok(self.0.reply(operation, recorded)?.send().await?)
        })
    }
}

/// Reads a whole body.
async fn collect(mut body: Body) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
    let mut all = Vec::new();
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        if let Ok(bytes) = frame?.into_data() {
            all.extend_from_slice(&bytes);
        }
    }
    Ok(all)
}

/// Shows the requests so far.
impl fmt::Debug for Mock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mock").field("requests", &self.requests()).finish_non_exhaustive()
    }
}
