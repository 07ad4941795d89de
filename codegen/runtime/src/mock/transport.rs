//! The transport that replies.

use std::collections::VecDeque;
use std::error::Error;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use http_body::Body as _;

use super::expectation::Expectation;
use super::recorded::RecordedRequest;
use super::reply::Reply;
use crate::operation::Operation;
use crate::request::{IntoRequest, RequestError};
use crate::transport::{Attempt, HttpRequest, ResponseFuture, Transport, TransportError};

/// A transport for tests without a network. See [the module](super). Clones are the same mock.
#[derive(Clone, Default)]
pub struct Mock(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    rules: Vec<Rule>,
    requests: Vec<RecordedRequest>,
    /// Descriptions of the requests that were not expected.
    unexpected: Vec<String>,
    invalid: Vec<RequestError>,
}

/// A reply to the requests for an operation.
struct Rule {
    operation: &'static Operation,
    /// The path and query that the request must have; `None` for any.
    target: Option<String>,
    replies: VecDeque<Reply>,
    is_repeated: bool,
}

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
                Expectation::new(self.clone(), request.operation(), target)
            }
            Err(error) => {
                self.state().invalid.push(error);
                Expectation::new(self.clone(), &INVALID, None)
            }
        }
    }

    /// Returns the requests so far, also those that were not expected.
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.state().requests.clone()
    }

    /// Checks that all replies were used, and that no other request was sent.
    ///
    /// # Errors
    ///
    /// Returns an error that names each reply that was not used, and each request that was not expected.
    pub fn verify(&self) -> Result<(), MockError> {
        let state = self.state();
        let unused = state.rules.iter().filter(|rule| !rule.is_repeated && !rule.replies.is_empty());
        let unused = unused.map(|rule| {
            let target = rule.target.as_ref().map(|target| format!(" ({target})")).unwrap_or_default();
            format!(
                "{} of the replies to `{}`{target} were not used",
                rule.replies.len(),
                rule.operation.id()
            )
        });
        let invalid = state.invalid.iter().map(|error| format!("the request in `on` is not valid: {error}"));
        let problems: Vec<_> = state.unexpected.iter().cloned().chain(unused).chain(invalid).collect();
        if problems.is_empty() { Ok(()) } else { Err(MockError(problems.join("; "))) }
    }

    pub(super) fn add(
        &self,
        operation: &'static Operation,
        target: Option<String>,
        reply: Reply,
        is_repeated: bool,
    ) {
        let mut state = self.state();
        let same = |rule: &&mut Rule| {
            std::ptr::eq(rule.operation, operation)
                && (&rule.target, rule.is_repeated) == (&target, is_repeated)
        };
        if let Some(rule) = state.rules.iter_mut().find(same) {
            if is_repeated {
                rule.replies.clear();
            }
            return rule.replies.push_back(reply);
        }
        let replies = VecDeque::from([reply]);
        state.rules.push(Rule { operation, target, replies, is_repeated });
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Records a request, and returns the reply to it.
    fn reply(
        &self,
        operation: Option<&'static Operation>,
        request: RecordedRequest,
    ) -> Result<Reply, TransportError> {
        let mut state = self.state();
        let reply = state.next(operation, &request);
        let description =
            format!("{} {} (operation `{}`)", request.method, request.path_and_query, request.operation);
        state.requests.push(request);
        reply.ok_or_else(|| {
            let message = format!("the request {description} was not expected: set a reply with `Mock::on`");
            state.unexpected.push(message.clone());
            TransportError::rejected(message)
        })
    }
}

/// The operation of a request in `on` that is not valid.
static INVALID: Operation = Operation::get("", "/");

impl State {
    /// Returns the reply to a request: that for its path and query before that for the operation, and one that is used once
    /// before one that is repeated.
    fn next(&mut self, operation: Option<&'static Operation>, request: &RecordedRequest) -> Option<Reply> {
        for is_exact in [true, false] {
            for is_repeated in [false, true] {
                let fits = |rule: &&mut Rule| {
                    let is_target =
                        rule.target.as_ref().is_none_or(|target| *target == request.path_and_query);
                    operation.is_some_and(|operation| std::ptr::eq(rule.operation, operation))
                        && (rule.target.is_some(), rule.is_repeated) == (is_exact, is_repeated)
                        && is_target
                        && !rule.replies.is_empty()
                };
                if let Some(rule) = self.rules.iter_mut().find(fits) {
                    return if is_repeated {
                        rule.replies.front().cloned()
                    } else {
                        rule.replies.pop_front()
                    };
                }
            }
        }
        None
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
            Ok(self.reply(operation, recorded)?.send().await?)
        })
    }
}

/// Reads a whole body.
async fn collect(mut body: reqwest::Body) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
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
        f.debug_struct("Mock").field("requests", &self.state().requests).finish_non_exhaustive()
    }
}

/// What was not as expected.
#[derive(Clone, PartialEq, Eq)]
pub struct MockError(String);

impl fmt::Display for MockError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The message, as tests print it.
impl fmt::Debug for MockError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for MockError {}
