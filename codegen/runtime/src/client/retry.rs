//! Whether a request that failed goes out again, and when: a pure decision.

use std::time::{Duration, SystemTime};

use crate::error::{Effort, Error, TransportErrorKind, retry_after};

/// How the client tries again after failures that may pass.
///
/// Tried again are the statuses 408, 409, 413, 429, 500, 502, 503, 504, 520 to 527, 529 and 530, broken
/// connections, time-outs and answers cut short, where a request may be sent twice: GET, PUT and DELETE. POST
/// and PATCH go out again only if the server did not act on them: after 429, after 503 with a `Retry-After`,
/// or where there was no connection.
///
/// The client waits at least as long as a `Retry-After` says (and a little more, so that not all come back at
/// once), otherwise a random part of a time that doubles with each attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct RetryPolicy {
    max_attempts: u32,
    base_delay: Duration,
    max_delay: Duration,
    rate_limit_delay: Duration,
    max_retry_after: Duration,
    max_waiting: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_attempts: 6,
            base_delay: Duration::from_secs(1),
            max_delay: Duration::from_secs(60),
            rate_limit_delay: Duration::from_secs(60),
            max_retry_after: Duration::from_secs(5 * 60),
            max_waiting: Duration::from_secs(10 * 60),
        }
    }
}

impl RetryPolicy {
    /// The default policy.
    pub fn new() -> Self {
        Self::default()
    }

    /// Never tries again.
    pub fn none() -> Self {
        Self::default().max_attempts(1)
    }

    /// How many times a request goes out at most, the first time included; 6 if not set.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// The longest wait after the first attempt, which doubles with each further one; 1 second if not set.
    pub fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// Where the doubling ends; 1 minute if not set.
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// The wait after 429 without a `Retry-After` that can be read; 1 minute if not set.
    pub fn rate_limit_delay(mut self, delay: Duration) -> Self {
        self.rate_limit_delay = delay;
        self
    }

    /// The longest `Retry-After` that is waited for; 5 minutes if not set. If the server asks for more, the
    /// client gives up with the server's error rather than come back too early.
    pub fn max_retry_after(mut self, delay: Duration) -> Self {
        self.max_retry_after = delay;
        self
    }

    /// How long a request may wait for all its attempts together; 10 minutes if not set. The client gives up
    /// before a wait that would lead beyond. Waiting in line for a rate limit does not count.
    pub fn max_waiting(mut self, waiting: Duration) -> Self {
        self.max_waiting = waiting;
        self
    }

    /// How long all requests of a bucket pause after 429; afterwards one of them finds out how things stand.
    pub(super) fn pause(&self, retry_after: Option<&str>, now: SystemTime) -> Duration {
        let asked = retry_after.and_then(|text| retry_after::parse(text, now));
        asked.unwrap_or(self.rate_limit_delay).min(self.max_retry_after)
    }
}

/// An attempt that failed.
#[derive(Clone, Debug)]
pub(super) struct Attempt<'a> {
    /// Counted from 1.
    pub(super) number: u32,
    pub(super) failure: Failure,
    /// Whether the server can have got the request.
    pub(super) may_have_arrived: bool,
    /// Whether the request may be sent twice.
    pub(super) idempotent: bool,
    /// The header, as it came.
    pub(super) retry_after: Option<&'a str>,
    /// The time of day.
    pub(super) now: SystemTime,
    /// From 0 to 1.
    pub(super) random: f64,
    /// How long was waited after the attempts before.
    pub(super) waited: Duration,
}

/// What happened to an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    Status(u16),
    Transport(TransportErrorKind),
}

/// What to do about an attempt that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decision {
    GiveUp,
    /// Wait that long, then try again.
    Wait(Duration),
}

/// Decides what to do about an attempt that failed.
pub(super) fn decide(policy: &RetryPolicy, attempt: &Attempt<'_>) -> Decision {
    let asked = attempt.retry_after.and_then(|text| retry_after::parse(text, attempt.now));
    if attempt.number >= policy.max_attempts || !may_repeat(attempt, asked.is_some()) {
        return Decision::GiveUp;
    }
    let backoff = backoff(policy, attempt.number).mul_f64(attempt.random);
    let wait = match (asked, attempt.failure) {
        (Some(asked), _) if asked > policy.max_retry_after => return Decision::GiveUp,
        (Some(asked), _) => jittered(asked, attempt.random).max(backoff),
        (None, Failure::Status(429)) => jittered(policy.rate_limit_delay, attempt.random).max(backoff),
        (None, _) => backoff,
    };
    match attempt.waited.checked_add(wait) {
        Some(waited) if waited <= policy.max_waiting => Decision::Wait(wait),
        _ => Decision::GiveUp,
    }
}

/// Whether the failure may pass, and nothing is done twice.
fn may_repeat(attempt: &Attempt<'_>, asked: bool) -> bool {
    match attempt.failure {
        Failure::Status(429) => true,
        Failure::Status(503) => attempt.idempotent || asked,
        Failure::Status(408 | 409 | 413 | 500 | 502 | 504 | 520..=527 | 529 | 530) => attempt.idempotent,
        Failure::Transport(
            TransportErrorKind::Connect
            | TransportErrorKind::Interrupted
            | TransportErrorKind::Timeout
            | TransportErrorKind::Body,
        ) => attempt.idempotent || !attempt.may_have_arrived,
        _ => false,
    }
}

/// The longest wait after an attempt.
fn backoff(policy: &RetryPolicy, number: u32) -> Duration {
    let doubled = 2_u32.checked_pow(number.saturating_sub(1));
    let delay = doubled.and_then(|factor| policy.base_delay.checked_mul(factor));
    delay.map_or(policy.max_delay, |delay| delay.min(policy.max_delay))
}

/// A little more than what the server asked for: up to a tenth, and up to a second.
fn jittered(delay: Duration, random: f64) -> Duration {
    delay.saturating_add((delay / 10).min(Duration::from_secs(1)).mul_f64(random))
}

/// How long to wait before a request goes out again after an error; nothing if it does not.
pub(super) fn wait_after(
    policy: &RetryPolicy,
    error: &Error,
    effort: Effort,
    idempotent: bool,
    now: SystemTime,
) -> Option<Duration> {
    let (failure, may_have_arrived) = match error {
        Error::Api(error) => (Failure::Status(error.status()), true),
        Error::Transport(error) => (Failure::Transport(error.kind()), error.may_have_arrived()),
        _ => return None,
    };
    let attempt = Attempt {
        number: effort.attempts,
        failure,
        may_have_arrived,
        idempotent,
        retry_after: error.retry_after(),
        now,
        random: fastrand::f64(),
        waited: effort.waited,
    };
    match decide(policy, &attempt) {
        Decision::Wait(wait) => Some(wait),
        Decision::GiveUp => None,
    }
}
