//! Watching a request on its way.

use std::time::Duration;

use bytes::Bytes;

use crate::error::Error;
use crate::request::Parts;

/// The client waits before it goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Wait {
    /// Why it waits.
    pub reason: WaitReason,
    /// How long, as far as is known.
    pub duration: Duration,
    /// How many times the request has gone out so far.
    pub attempt: u32,
}

/// Why the client waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WaitReason {
    /// More requests at once are not allowed.
    RateLimit,
    /// The request failed and goes out again.
    Retry,
    /// What was asked for is not ready.
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

/// Takes a body that is not complete for one that was cut short.
pub(super) struct Whole<'a> {
    /// Whether reading the answer as what it should be ends early as well.
    pub(super) breaks_off: &'a (dyn Fn(&[u8]) -> bool + Sync),
}

impl Observer for Whole<'_> {
    /// Skipping through is much faster than reading, and the answer is read only once if nothing is wrong.
    fn complete(&mut self, body: &Bytes) -> bool {
        let skipped = serde_json::from_slice::<serde::de::IgnoredAny>(body);
        !(skipped.is_err_and(|error| error.is_eof()) && (self.breaks_off)(body))
    }
}
