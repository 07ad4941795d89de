//! Tests of the decision whether to try again.

use std::time::{Duration, UNIX_EPOCH};

use proptest::prelude::*;

use crate::TransportErrorKind as Kind;
use crate::client::retry::{Attempt, Decision, Failure, RetryPolicy, decide};

const TRANSPORT: [Kind; 8] = [
    Kind::Connect,
    Kind::Tls,
    Kind::Interrupted,
    Kind::Timeout,
    Kind::Body,
    Kind::Redirect,
    Kind::ForeignAddress,
    Kind::Other,
];

fn failed(failure: Failure) -> Attempt<'static> {
    Attempt {
        number: 1,
        failure,
        may_have_arrived: true,
        idempotent: true,
        retry_after: None,
        now: UNIX_EPOCH,
        random: 0.5,
        waited: Duration::ZERO,
    }
}

fn wait(attempt: &Attempt<'_>) -> Option<f64> {
    match decide(&RetryPolicy::default(), attempt) {
        Decision::Wait(wait) => Some(wait.as_secs_f64()),
        Decision::GiveUp => None,
    }
}

#[test]
fn statuses_that_may_pass_are_tried_again() {
    let repeated = |attempt: Attempt<'static>| -> Vec<u16> {
        let again = |status: &u16| wait(&Attempt { failure: Failure::Status(*status), ..attempt }).is_some();
        (100..600).filter(again).collect()
    };
    let attempt = failed(Failure::Status(0));
    assert_eq!(
        repeated(attempt.clone()),
        [408, 409, 413, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 527, 529, 530]
    );
    let once = Attempt { idempotent: false, ..attempt };
    assert_eq!(repeated(once.clone()), [429]);
    assert_eq!(repeated(Attempt { retry_after: Some("1"), ..once.clone() }), [429, 503]);
    assert_eq!(repeated(Attempt { retry_after: Some("soon"), ..once }), [429]);
}

#[test]
fn broken_connections_are_tried_again() {
    let repeated = |idempotent, may_have_arrived| -> Vec<Kind> {
        let attempt = |kind| Attempt { may_have_arrived, idempotent, ..failed(Failure::Transport(kind)) };
        TRANSPORT.into_iter().filter(|kind| wait(&attempt(*kind)).is_some()).collect()
    };
    let passing = [Kind::Connect, Kind::Interrupted, Kind::Timeout, Kind::Body];
    assert_eq!(repeated(true, true), passing);
    assert_eq!(repeated(true, false), passing);
    assert_eq!(repeated(false, false), passing);
    assert_eq!(repeated(false, true), []);
}

#[test]
fn waits_double_up_to_a_limit() {
    let failure = failed(Failure::Status(500));
    let waits = (1..=6).map(|number| wait(&Attempt { number, ..failure.clone() }));
    assert_eq!(waits.collect::<Vec<_>>(), [Some(0.5), Some(1.0), Some(2.0), Some(4.0), Some(8.0), None]);
    let patient = RetryPolicy::new().max_attempts(u32::MAX);
    for number in [7, 40, u32::MAX - 1] {
        let decision = decide(&patient, &Attempt { number, random: 1.0, ..failure.clone() });
        assert_eq!(decision, Decision::Wait(Duration::from_secs(60)));
    }
}

#[test]
fn the_server_says_how_long_to_wait() {
    let limited =
        |retry_after, random| wait(&Attempt { retry_after, random, ..failed(Failure::Status(429)) });
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
    let unavailable = Attempt { retry_after: Some("later"), ..failed(Failure::Status(503)) };
    assert_eq!(wait(&unavailable), Some(0.5));
}

#[test]
fn a_minute_and_some_back_offs_fit_in() {
    let (mut waited, mut number) = (Duration::ZERO, 1);
    for status in [500, 429, 502, 429, 504] {
        let attempt = Attempt { number, waited, random: 1.0, ..failed(Failure::Status(status)) };
        let Decision::Wait(wait) = decide(&RetryPolicy::default(), &attempt) else { panic!("gave up") };
        (waited, number) = (waited + wait, number + 1);
    }
}

#[test]
fn waiting_has_an_end() {
    let limited = Attempt { retry_after: Some("100"), random: 0.0, ..failed(Failure::Status(429)) };
    let after = |waited| wait(&Attempt { waited: Duration::from_secs(waited), ..limited.clone() });
    assert_eq!((after(500), after(501)), (Some(100.0), None));
}

fn any_failure() -> impl Strategy<Value = Failure> {
    prop_oneof![
        (100_u16..600).prop_map(Failure::Status),
        proptest::sample::select(TRANSPORT.as_slice()).prop_map(Failure::Transport),
    ]
}

proptest! {
    #[test]
    fn decisions_keep_to_the_policy(
        (number, failure, random) in (1_u32..20, any_failure(), 0.0..=1.0),
        (may_have_arrived, idempotent) in (any::<bool>(), any::<bool>()),
        retry_after in proptest::option::of("[0-9]{1,12}|[0-9]{1,3}\\.[0-9]{1,9}|-[0-9]|[0-9]e[0-9]{1,3}|\\PC{0,20}"),
        (waited, max_attempts) in (0_u64..700, 1_u32..20),
    ) {
        let policy = RetryPolicy::new().max_attempts(max_attempts);
        let (retry_after, waited) = (retry_after.as_deref(), Duration::from_secs(waited));
        let attempt =
            Attempt { number, failure, may_have_arrived, idempotent, retry_after, now: UNIX_EPOCH, random, waited };
        let Decision::Wait(wait) = decide(&policy, &attempt) else { return Ok(()) };
        prop_assert!(number < max_attempts);
        prop_assert!(waited + wait <= Duration::from_secs(10 * 60));
        let asked = retry_after.and_then(|text| text.trim().parse::<f64>().ok()).filter(|asked| *asked <= 3e7);
        prop_assert!(asked.is_none_or(|asked| wait.as_secs_f64() >= asked - 1e-6));
        if failure == Failure::Status(429) && asked.is_none() {
            prop_assert!(wait >= Duration::from_secs(60));
        }
        let refused = matches!(failure, Failure::Status(429 | 503));
        prop_assert!(idempotent || refused || !may_have_arrived);
        // A longer wait is never the answer to a smaller random number.
        let Decision::Wait(least) = decide(&policy, &Attempt { random: 0.0, ..attempt }) else {
            return Err(TestCaseError::fail("the random number decides whether to try again"));
        };
        prop_assert!(least <= wait);
    }
}
