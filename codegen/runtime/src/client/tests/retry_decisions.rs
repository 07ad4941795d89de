//! Tests of the decision whether to retry.

use std::time::{Duration, UNIX_EPOCH};

use proptest::prelude::*;

use crate::ErrorKind;
use crate::client::retry::{AttemptFailure, FailedAttempt, RetryDecision, RetryPolicy, decide};
use crate::error::retry_after;

const KINDS: [ErrorKind; 11] = [
    ErrorKind::Connect,
    ErrorKind::Tls,
    ErrorKind::Interrupted,
    ErrorKind::Timeout,
    ErrorKind::Incomplete,
    ErrorKind::TooLarge,
    ErrorKind::Redirect,
    ErrorKind::CrossOrigin,
    ErrorKind::Decode,
    ErrorKind::Token,
    ErrorKind::Other,
];

/// Parses a header value as the client does, at the start of 1970.
fn parsed(retry_after: &str) -> Option<Duration> {
    retry_after::parse(retry_after, UNIX_EPOCH)
}

fn failed(failure: AttemptFailure) -> FailedAttempt {
    FailedAttempt {
        number: 1,
        failure,
        may_have_arrived: true,
        is_idempotent: true,
        retry_after: None,
        random: 0.5,
        waited: Duration::ZERO,
    }
}

fn delay(attempt: &FailedAttempt) -> Option<f64> {
    match decide(&RetryPolicy::default(), attempt) {
        RetryDecision::RetryAfter(delay) => Some(delay.as_secs_f64()),
        RetryDecision::GiveUp => None,
    }
}

#[test]
fn a_policy_has_the_delays_that_are_set() {
    let seconds = Duration::from_secs;
    let policy = RetryPolicy::default()
        .base_delay(seconds(8))
        .max_delay(seconds(20))
        .rate_limit_delay(seconds(100))
        .max_retry_after(seconds(30))
        .max_total_delay(seconds(200));
    let decided = |attempt: FailedAttempt| match decide(&policy, &FailedAttempt { random: 1.0, ..attempt }) {
        RetryDecision::RetryAfter(delay) => Some(delay.as_secs()),
        RetryDecision::GiveUp => None,
    };
    let busy = failed(AttemptFailure::Status(503));
    assert_eq!(decided(busy.clone()), Some(8));
    assert_eq!(decided(FailedAttempt { number: 2, ..busy.clone() }), Some(16));
    assert_eq!(decided(FailedAttempt { number: 3, ..busy.clone() }), Some(20));
    assert!(decided(failed(AttemptFailure::Status(429))) >= Some(100));
    assert!(decided(FailedAttempt { retry_after: Some(seconds(30)), ..busy.clone() }) >= Some(30));
    assert_eq!(decided(FailedAttempt { retry_after: Some(seconds(31)), ..busy.clone() }), None);
    assert_eq!(decided(FailedAttempt { waited: seconds(192), ..busy.clone() }), Some(8));
    assert_eq!(decided(FailedAttempt { waited: seconds(193), ..busy }), None);
}

#[test]
fn temporary_statuses_are_retried() {
    let retried = |attempt: FailedAttempt| -> Vec<u16> {
        let again = |status: &u16| {
            delay(&FailedAttempt { failure: AttemptFailure::Status(*status), ..attempt }).is_some()
        };
        (100..600).filter(again).collect()
    };
    let attempt = failed(AttemptFailure::Status(0));
    assert_eq!(
        retried(attempt.clone()),
        [408, 409, 413, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 527, 529, 530]
    );
    let once = FailedAttempt { is_idempotent: false, ..attempt };
    assert_eq!(retried(once.clone()), [429]);
    assert_eq!(retried(FailedAttempt { retry_after: parsed("1"), ..once.clone() }), [429, 503]);
    assert_eq!(retried(FailedAttempt { retry_after: parsed("soon"), ..once }), [429]);
}

#[test]
fn lost_connections_are_retried() {
    let retried = |is_idempotent, may_have_arrived| -> Vec<ErrorKind> {
        let attempt =
            |kind| FailedAttempt { may_have_arrived, is_idempotent, ..failed(AttemptFailure::Other(kind)) };
        KINDS.into_iter().filter(|kind| delay(&attempt(*kind)).is_some()).collect()
    };
    let temporary = [ErrorKind::Connect, ErrorKind::Interrupted, ErrorKind::Timeout, ErrorKind::Incomplete];
    // Only an attempt whose page is not a page is a decode error.
    let idempotent = [&temporary[..], &[ErrorKind::Decode]].concat();
    assert_eq!(retried(true, true), idempotent);
    assert_eq!(retried(true, false), idempotent);
    assert_eq!(retried(false, false), temporary);
    assert_eq!(retried(false, true), []);
}

#[test]
fn the_delay_doubles_up_to_a_maximum() {
    let failure = failed(AttemptFailure::Status(500));
    let waits = (1..=6).map(|number| delay(&FailedAttempt { number, ..failure.clone() }));
    assert_eq!(waits.collect::<Vec<_>>(), [Some(0.5), Some(1.0), Some(2.0), Some(4.0), Some(8.0), None]);
    let client_with_test_clock = RetryPolicy::new().max_attempts(u32::MAX);
    for number in [7, 40, u32::MAX - 1] {
        let decision =
            decide(&client_with_test_clock, &FailedAttempt { number, random: 1.0, ..failure.clone() });
        assert_eq!(decision, RetryDecision::RetryAfter(Duration::from_secs(60)));
    }
}

#[test]
fn the_delay_is_at_least_the_retry_after() {
    let limited = |header: Option<&str>, random| {
        let retry_after = header.and_then(parsed);
        delay(&FailedAttempt { retry_after, random, ..failed(AttemptFailure::Status(429)) })
    };
    assert_eq!(limited(Some("7"), 0.0), Some(7.0));
    assert_eq!(limited(Some("7"), 1.0), Some(7.7));
    assert_eq!(limited(Some("1.5"), 0.0), Some(1.5));
    assert_eq!(limited(Some("93"), 1.0), Some(94.0));
    assert_eq!(limited(Some("Thu, 01 Jan 1970 00:00:09 GMT"), 0.0), Some(9.0));
    for unusable in
        [None, Some(""), Some("-5"), Some("1e99"), Some("later"), Some("Wed, 31 Dec 1969 23:59:59 GMT")]
    {
        assert_eq!(limited(unusable, 0.0), Some(60.0), "{unusable:?}");
    }
    assert_eq!(limited(Some("300"), 0.0), Some(300.0));
    assert_eq!(limited(Some("301"), 0.0), None);
    let unavailable = FailedAttempt { retry_after: parsed("later"), ..failed(AttemptFailure::Status(503)) };
    assert_eq!(delay(&unavailable), Some(0.5));
}

#[test]
fn two_rate_limits_and_some_backoffs_are_within_the_default_maximum() {
    let (mut waited, mut number) = (Duration::ZERO, 1);
    for status in [500, 429, 502, 429, 504] {
        let attempt = FailedAttempt { number, waited, random: 1.0, ..failed(AttemptFailure::Status(status)) };
        let RetryDecision::RetryAfter(delay) = decide(&RetryPolicy::default(), &attempt) else {
            panic!("gave up")
        };
        (waited, number) = (waited + delay, number + 1);
    }
}

#[test]
fn the_total_delay_is_limited() {
    let limited =
        FailedAttempt { retry_after: parsed("100"), random: 0.0, ..failed(AttemptFailure::Status(429)) };
    let after = |waited| delay(&FailedAttempt { waited: Duration::from_secs(waited), ..limited.clone() });
    assert_eq!((after(500), after(501)), (Some(100.0), None));
}

fn any_failure() -> impl Strategy<Value = AttemptFailure> {
    prop_oneof![
        (100_u16..600).prop_map(AttemptFailure::Status),
        proptest::sample::select(KINDS.as_slice()).prop_map(AttemptFailure::Other),
    ]
}

proptest! {
    #[test]
    fn decisions_follow_the_policy(
        (number, failure, random) in (1_u32..20, any_failure(), 0.0..=1.0),
        (may_have_arrived, is_idempotent) in (any::<bool>(), any::<bool>()),
        header in proptest::option::of("[0-9]{1,12}|[0-9]{1,3}\\.[0-9]{1,9}|-[0-9]|[0-9]e[0-9]{1,3}|\\PC{0,20}"),
        (waited, max_attempts) in (0_u64..700, 1_u32..20),
    ) {
        let policy = RetryPolicy::new().max_attempts(max_attempts);
        let (retry_after, waited) = (header.as_deref().and_then(parsed), Duration::from_secs(waited));
        let attempt =
            FailedAttempt { number, failure, may_have_arrived, is_idempotent, retry_after, random, waited };
        let RetryDecision::RetryAfter(delay) = decide(&policy, &attempt) else { return Ok(()) };
        prop_assert!(number < max_attempts);
        prop_assert!(waited + delay <= Duration::from_secs(10 * 60));
        let requested = header.and_then(|text| text.trim().parse::<f64>().ok()).filter(|seconds| *seconds <= 3e7);
        prop_assert!(requested.is_none_or(|seconds| delay.as_secs_f64() >= seconds - 1e-6));
        if failure == AttemptFailure::Status(429) && requested.is_none() {
            prop_assert!(delay >= Duration::from_secs(60));
        }
        let is_rejected = matches!(failure, AttemptFailure::Status(429 | 503));
        prop_assert!(is_idempotent || is_rejected || !may_have_arrived);
        // A smaller random number never gives a longer delay.
        let RetryDecision::RetryAfter(least) = decide(&policy, &FailedAttempt { random: 0.0, ..attempt }) else {
            return Err(TestCaseError::fail("the random number decides whether to retry"));
        };
        prop_assert!(least <= delay);
    }
}
