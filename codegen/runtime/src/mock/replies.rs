//! The replies of a mock, and the requests that it has received.

use std::collections::VecDeque;
use std::error::Error;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::recorded::RecordedRequest;
use super::reply::Reply;
use crate::operation::Operation;
use crate::request::RequestError;
use crate::transport::TransportError;

/// The replies of a mock, and the requests that it has received.
#[derive(Clone, Default)]
pub(super) struct Replies(Arc<Mutex<State>>);

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

impl Replies {
    /// Keeps the error of a request in `on` that is not valid.
    pub(super) fn add_invalid(&self, error: RequestError) {
        self.state().invalid.push(error);
    }

    /// Returns the requests so far.
    pub(super) fn requests(&self) -> Vec<RecordedRequest> {
        self.state().requests.clone()
    }

    /// Checks that all replies were used, and that no other request was sent.
    pub(super) fn verify(&self) -> Result<(), MockError> {
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
    pub(super) fn reply(
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
