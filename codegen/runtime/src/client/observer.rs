//! Observers of a request.

use std::time::Duration;

use super::raw_response::RawResponse;
use crate::decode::error::DecodeError;
use crate::error::Error;
use crate::nodes::lenient::Lenient;
use crate::request::{Request, RequestParts};

/// A wait before the client continues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Wait {
    /// The reason for the wait.
    pub reason: WaitReason,
    /// The duration of the wait, as far as it is known.
    pub duration: Duration,
    /// The number of the attempt that waits or that failed, counted from 1; 0 for a wait between polls.
    pub attempt: u32,
}

/// The reason why the client waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WaitReason {
    /// A rate limit doesn't allow another request yet.
    RateLimit,
    /// The request failed and is sent again.
    Retry,
    /// An export with `follow` has caught up, and polls again after its interval.
    Poll,
}

/// Whether a response has what was requested.
pub(crate) enum ResponseCheck {
    Complete,
    /// The response ended early.
    Incomplete,
    /// The response is not what was requested, such as a page of records. It may be the next time.
    #[cfg(feature = "export")]
    Unexpected(DecodeError),
}

/// Observes a request, and may change it between attempts.
pub(crate) trait Observer: Send {
    /// Observes a wait before it starts.
    fn waiting(&mut self, _wait: &Wait) {}

    /// Checks a response. Unless it is complete, the attempt has failed.
    fn check(&mut self, _response: &RawResponse) -> ResponseCheck {
        ResponseCheck::Complete
    }

    /// Makes the request smaller after a failure, if that may help. Returns whether it did: then it is another request,
    /// and its attempts are counted from 1.
    fn shrink(&mut self, _error: &Error, _parts: &mut RequestParts) -> bool {
        false
    }

    /// Observes a retry before the request is sent again.
    fn retrying(&mut self, _error: &Error) {}
}

/// Decodes the response when it arrives. A truncated body is incomplete only if the server doesn't state where it ends.
pub(super) struct DecodeObserver<'r, T> {
    pub(super) request: &'r Request<T>,
    pub(super) is_lenient: bool,
    pub(super) decoded: Option<Result<Lenient<T>, DecodeError>>,
}

impl<T> DecodeObserver<'_, T> {
    /// Returns the value of the response.
    pub(super) fn finish(self, response: &RawResponse) -> Result<Lenient<T>, DecodeError> {
        self.decoded.unwrap_or_else(|| response.decode(self.request, self.is_lenient))
    }
}

impl<T: Send> Observer for DecodeObserver<'_, T> {
    fn check(&mut self, response: &RawResponse) -> ResponseCheck {
        let decoded = response.decode(self.request, self.is_lenient);
        let is_truncated = matches!(&decoded, Err(error) if error.is_truncated());
        self.decoded = Some(decoded);
        if is_truncated && response.may_be_cut() {
            ResponseCheck::Incomplete
        } else {
            ResponseCheck::Complete
        }
    }
}
