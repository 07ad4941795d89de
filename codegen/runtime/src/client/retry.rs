//! Decides whether a failed request is sent again, and when. No I/O happens here.

use std::time::{Duration, SystemTime};

use crate::error::{Attempts, Error, ErrorKind, retry_after};

/// A policy that decides when and how often a failed request is sent again.
///
/// An idempotent request (any method except POST and PATCH) is retried:
///
/// - after the status codes 408, 409, 413, 429, 500, 502, 503, 504, 520 to 527, 529 and 530
/// - if no connection could be established, or the connection was closed
/// - after a timeout or an incomplete response
///
/// A complete response with any other status code never causes a retry, whatever its body. Exports, and waits for a
/// background job, are an exception: they request a page or state again if its JSON is truncated, or if the response is
/// neither, such as an error message with the status code 200.
///
/// After a timeout or an incomplete page, an export requests a smaller page. That is another request, with its own
/// attempts.
///
/// A POST or PATCH request is retried only if the server has not processed it: after 429, after 503 with
/// `Retry-After`, and if no connection could be established.
///
/// The delay is at least the `Retry-After` of the response, plus a jitter of up to one second. Without `Retry-After`,
/// it is a random part of a backoff that doubles with each attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct RetryPolicy {
    max_attempts: u32,
    base_delay: Duration,
    max_delay: Duration,
    rate_limit_delay: Duration,
    max_retry_after: Duration,
    max_total_delay: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_attempts: 6,
            base_delay: Duration::from_secs(1),
            max_delay: Duration::from_secs(60),
            rate_limit_delay: Duration::from_secs(60),
            max_retry_after: Duration::from_secs(5 * 60),
            max_total_delay: Duration::from_secs(10 * 60),
        }
    }
}

impl RetryPolicy {
    /// Creates the default policy.
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a policy that never retries.
    pub fn none() -> Self {
        Self::default().max_attempts(1)
    }

    /// Sets the maximum number of attempts, including the first one. The default is 6.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts.max(1);
        self
    }

    /// Sets the backoff after the first attempt, which doubles with each further attempt. The default is 1 second.
    pub fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// Sets the maximum backoff. The default is 1 minute.
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// Sets the delay after a 429 response without a valid `Retry-After`. The default is 1 minute.
    pub fn rate_limit_delay(mut self, delay: Duration) -> Self {
        self.rate_limit_delay = delay;
        self
    }

    /// Sets the maximum `Retry-After` that the client waits for. The default is 5 minutes. If the server requests a
    /// longer delay, the client returns the error immediately.
    pub fn max_retry_after(mut self, delay: Duration) -> Self {
        self.max_retry_after = delay;
        self
    }

    /// Sets the maximum total delay between the attempts of a request. The default is 10 minutes. The client returns
    /// the error instead of waiting longer. Waits for rate limits don't count.
    pub fn max_total_delay(mut self, delay: Duration) -> Self {
        self.max_total_delay = delay;
        self
    }

    /// Returns a delay that the server wishes, or the maximum if that is longer.
    pub(super) fn bounded(&self, delay: Duration) -> Duration {
        delay.min(self.max_retry_after)
    }

    /// Returns how long all requests of a bucket pause after a 429 response.
    pub(super) fn pause(&self, retry_after: Option<&str>, now: SystemTime) -> Duration {
        let requested = retry_after.and_then(|value| retry_after::parse(value, now));
        requested.unwrap_or(self.rate_limit_delay).min(self.max_retry_after)
    }
}

/// A failed attempt.
#[derive(Clone, Debug)]
pub(super) struct FailedAttempt {
    /// Counted from 1; 0 if another, smaller request follows, to which no attempt was made.
    pub(super) number: u32,
    pub(super) failure: AttemptFailure,
    /// Whether the request may have reached the server.
    pub(super) may_have_arrived: bool,
    pub(super) is_idempotent: bool,
    /// The delay that the server requests.
    pub(super) retry_after: Option<Duration>,
    /// Between 0 and 1.
    pub(super) random: f64,
    /// The total delay before this attempt.
    pub(super) waited: Duration,
}

/// The failure of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AttemptFailure {
    Status(u16),
    Other(ErrorKind),
}

/// The next step after a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RetryDecision {
    GiveUp,
    /// Try again after this delay.
    RetryAfter(Duration),
}

/// Decides what to do after a failed attempt.
pub(super) fn decide(policy: &RetryPolicy, attempt: &FailedAttempt) -> RetryDecision {
    if attempt.number >= policy.max_attempts || !may_retry(attempt) {
        return RetryDecision::GiveUp;
    }
    let backoff = backoff(policy, attempt.number).mul_f64(attempt.random);
    let delay = match (attempt.retry_after, attempt.failure) {
        (Some(requested), _) if requested > policy.max_retry_after => return RetryDecision::GiveUp,
        (Some(requested), _) => jittered(requested, attempt.random).max(backoff),
        (None, AttemptFailure::Status(429)) => jittered(policy.rate_limit_delay, attempt.random).max(backoff),
        (None, _) => backoff,
    };
    match attempt.waited.checked_add(delay) {
        Some(total) if total <= policy.max_total_delay => RetryDecision::RetryAfter(delay),
        _ => RetryDecision::GiveUp,
    }
}

/// Returns true if the failure may be temporary, and a retry can't repeat an action of the server.
fn may_retry(attempt: &FailedAttempt) -> bool {
    match attempt.failure {
        AttemptFailure::Status(429) => true,
        AttemptFailure::Status(503) => attempt.is_idempotent || attempt.retry_after.is_some(),
        AttemptFailure::Status(408 | 409 | 413 | 500 | 502 | 504 | 520..=527 | 529 | 530) => {
            attempt.is_idempotent
        }
        AttemptFailure::Other(
            ErrorKind::Connect | ErrorKind::Interrupted | ErrorKind::Timeout | ErrorKind::Incomplete,
        ) => attempt.is_idempotent || !attempt.may_have_arrived,
        // Of an attempt, only the page of an export that is not a page.
        AttemptFailure::Other(ErrorKind::Decode) => attempt.is_idempotent,
        _ => false,
    }
}

/// Returns the maximum delay after an attempt without a `Retry-After`.
fn backoff(policy: &RetryPolicy, number: u32) -> Duration {
    let factor = 2_u32.checked_pow(number.saturating_sub(1));
    let delay = factor.and_then(|factor| policy.base_delay.checked_mul(factor));
    delay.map_or(policy.max_delay, |delay| delay.min(policy.max_delay))
}

/// Adds up to a tenth, and up to a second, to the delay that the server requests.
fn jittered(delay: Duration, random: f64) -> Duration {
    delay.saturating_add((delay / 10).min(Duration::from_secs(1)).mul_f64(random))
}

/// Returns the delay before a request is sent again after an error, or `None` if it isn't.
pub(super) fn retry_delay(
    policy: &RetryPolicy,
    error: &Error,
    attempts: Attempts,
    is_idempotent: bool,
) -> Option<Duration> {
    let attempt = FailedAttempt {
        number: attempts.count,
        failure: error.status().map_or(AttemptFailure::Other(error.kind()), AttemptFailure::Status),
        may_have_arrived: error.may_have_arrived(),
        is_idempotent,
        retry_after: error.retry_after(),
        random: fastrand::f64(),
        waited: attempts.waited,
    };
    match decide(policy, &attempt) {
        RetryDecision::RetryAfter(delay) => Some(delay),
        RetryDecision::GiveUp => None,
    }
}
