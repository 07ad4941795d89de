//! Watching a request on its way.

use std::time::Duration;

use bytes::Bytes;

use crate::decode::error::DecodeError;
use crate::error::Error;
use crate::request::{Parts, Request};

/// The client waits before it goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Wait {
    /// Why it waits.
    pub reason: WaitReason,
    /// How long, as far as is known.
    pub duration: Duration,
    /// Which attempt of the request it is about, counted from 1: the one that waits to go out, or the one that
    /// failed. Between polls, 0.
    pub attempt: u32,
}

/// Why the client waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WaitReason {
    /// The limit does not allow another request yet.
    RateLimit,
    /// The request failed and goes out again.
    Retry,
    /// An export that is followed has caught up, and asks again after its interval.
    Poll,
}

/// Watches a request on its way, and may change it between attempts.
pub(crate) trait Observer: Send {
    /// Before each wait.
    fn waiting(&mut self, _wait: &Wait) {}

    /// Whether the body is all there; else it counts as cut short and is asked for again.
    fn complete(&mut self, _body: &Bytes) -> bool {
        true
    }

    /// Before the same request goes out again.
    fn retrying(&mut self, _failure: &Error, _parts: &mut Parts) {}
}

/// Reads the answer as soon as it is there; one that breaks off was cut short.
pub(super) struct Reading<'r, T> {
    pub(super) request: &'r Request<T>,
    pub(super) answer: Option<Result<T, DecodeError>>,
}

impl<T: Send> Observer for Reading<'_, T> {
    fn complete(&mut self, body: &Bytes) -> bool {
        let answer = self.request.decode(body);
        let cut = matches!(&answer, Err(error) if error.is_cut());
        self.answer = Some(answer);
        !cut
    }
}
