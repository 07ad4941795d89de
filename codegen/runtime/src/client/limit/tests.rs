//! Tests of single buckets, step by step.

use std::time::Duration;

use super::bucket::{Blocked, Bucket, MARGIN, ROUNDING, RequestOutcome};
use super::headers::ReportedLimit;

const MINUTE: Duration = Duration::from_secs(60);

fn at(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn bucket(capacity: u32) -> Bucket {
    Bucket::new(Some(capacity), MINUTE)
}

/// Starts as many requests as are allowed, at most a hundred.
fn start_all(bucket: &mut Bucket, now: u64) -> usize {
    let mut start = || bucket.check(at(now)).map(|()| bucket.start());
    (0..100).take_while(|_| start().is_ok()).count()
}

fn respond(bucket: &mut Bucket, started: u64, now: u64) {
    bucket.settle(at(started), at(now), None, RequestOutcome::Accepted);
}

fn report(bucket: &mut Bucket, now: u64, total: u32, remaining: u32, reset: u64) {
    let limit = ReportedLimit { total: Some(total), remaining: Some(remaining), reset: Some(at(reset)) };
    bucket.settle(at(now), at(now), Some(limit), RequestOutcome::Accepted);
}

#[test]
fn a_slot_is_free_a_window_after_the_response() {
    let mut bucket = bucket(2);
    assert_eq!(start_all(&mut bucket, 0), 2);
    assert_eq!(bucket.check(at(500)), Err(Blocked::UntilResponse));
    respond(&mut bucket, 0, 500);
    assert_eq!(bucket.check(at(500)), Err(Blocked::Until(at(560) + MARGIN)));
    respond(&mut bucket, 0, 530);
    assert_eq!(bucket.check(at(560)), Err(Blocked::Until(at(560) + MARGIN)));
    assert_eq!((start_all(&mut bucket, 561), start_all(&mut bucket, 592)), (1, 1));
}

#[test]
fn the_slot_of_a_request_that_was_not_sent_is_free_at_once() {
    let mut bucket = bucket(2);
    assert_eq!(start_all(&mut bucket, 0), 2);
    bucket.release();
    assert_eq!(start_all(&mut bucket, 0), 1);
    bucket.settle(at(0), at(1), None, RequestOutcome::Unknown);
    assert_eq!(start_all(&mut bucket, 1), 0);
}

#[test]
fn an_unknown_capacity_is_no_limit() {
    let mut bucket = Bucket::new(None, MINUTE);
    assert_eq!(start_all(&mut bucket, 0), 100);
    report(&mut bucket, 0, 150, 50, 60);
    assert_eq!(start_all(&mut bucket, 0), 50);
}

#[test]
fn the_server_reports_the_capacity() {
    let mut bucket = bucket(10);
    bucket.start();
    report(&mut bucket, 0, 30, 29, 60);
    assert_eq!(start_all(&mut bucket, 0), 29);
    report(&mut bucket, 1, 5, 0, 60);
    assert_eq!(start_all(&mut bucket, 2), 0);
    // A capacity of 0 doesn't stop all requests.
    let mut none = self::bucket(10);
    none.start();
    report(&mut none, 0, 0, 0, 60);
    assert_eq!(start_all(&mut none, 62), 1);
}

#[test]
fn slots_that_other_clients_use_are_not_used() {
    let mut bucket = bucket(10);
    bucket.start();
    report(&mut bucket, 0, 10, 3, 20);
    assert_eq!(start_all(&mut bucket, 0), 3);
    assert_eq!(bucket.check(at(0)), Err(Blocked::Until(at(20) + ROUNDING)));
    // Then the server's window starts again, and only own requests count.
    assert_eq!(start_all(&mut bucket, 21), 6);
}

#[test]
fn own_requests_are_not_counted_as_those_of_other_clients() {
    let mut bucket = bucket(10);
    assert_eq!(start_all(&mut bucket, 0), 10);
    bucket.release();
    // The server has counted all nine when it responds to the first one.
    report(&mut bucket, 0, 10, 1, 60);
    assert_eq!(start_all(&mut bucket, 0), 1);
    // It has counted more than the own requests, so there must be other clients.
    let mut bucket = self::bucket(10);
    (0..5).for_each(|_| bucket.start());
    report(&mut bucket, 0, 10, 4, 60);
    assert_eq!(start_all(&mut bucket, 0), 0);
}

#[test]
fn older_reports_do_not_replace_newer_ones() {
    let mut bucket = bucket(10);
    bucket.start();
    bucket.start();
    let reported =
        |remaining| Some(ReportedLimit { total: Some(10), remaining: Some(remaining), reset: Some(at(60)) });
    bucket.settle(at(0), at(5), reported(4), RequestOutcome::Accepted);
    // This response took longer.
    bucket.settle(at(0), at(6), reported(9), RequestOutcome::Accepted);
    assert_eq!(start_all(&mut bucket, 6), 3);
    (0..2).for_each(|_| bucket.release());
    // This request was sent later: other clients have released slots.
    bucket.settle(at(6), at(7), reported(7), RequestOutcome::Accepted);
    assert_eq!(start_all(&mut bucket, 7), 7);
}

#[test]
fn of_reports_of_the_same_time_the_lower_one_counts() {
    let mut bucket = bucket(10);
    (0..3).for_each(|_| bucket.start());
    let reported =
        |remaining| Some(ReportedLimit { total: Some(10), remaining: Some(remaining), reset: Some(at(60)) });
    bucket.settle(at(0), at(5), reported(2), RequestOutcome::Accepted);
    // Two requests are in flight, and the server may not have counted them.
    assert_eq!(start_all(&mut bucket, 5), 0);
    bucket.settle(at(0), at(6), reported(6), RequestOutcome::Accepted);
    assert_eq!(start_all(&mut bucket, 6), 0);
    bucket.settle(at(7), at(8), reported(6), RequestOutcome::Accepted);
    assert_eq!(start_all(&mut bucket, 8), 6);
}

#[test]
fn slots_that_other_clients_use_are_kept_while_own_requests_are_in_flight() {
    let mut bucket = bucket(10);
    bucket.start();
    report(&mut bucket, 0, 10, 7, 60);
    (0..2).for_each(|_| bucket.start());
    // By own count nine are left, by the server's seven: it has not counted the other request yet.
    report(&mut bucket, 1, 10, 7, 60);
    assert_eq!(start_all(&mut bucket, 1), 5);
    // No other request is in flight, and there is no other client.
    (0..6).for_each(|_| bucket.release());
    report(&mut bucket, 2, 10, 7, 60);
    assert_eq!(start_all(&mut bucket, 2), 7);
}

#[test]
fn a_reset_is_not_later_than_the_window() {
    let mut bucket = bucket(10);
    bucket.start();
    report(&mut bucket, 0, 10, 0, 1_000_000);
    assert_eq!((start_all(&mut bucket, 60), start_all(&mut bucket, 61)), (0, 10));
}

#[test]
fn after_a_429_response_one_request_is_sent_first() {
    let mut bucket = bucket(10);
    bucket.start();
    bucket.start();
    bucket.settle(at(0), at(1), None, RequestOutcome::RateLimited(at(30)));
    assert_eq!(bucket.check(at(2)), Err(Blocked::Until(at(31))));
    // A response to a request that was sent before the 429 response doesn't end the pause.
    respond(&mut bucket, 0, 2);
    assert_eq!(bucket.check(at(3)), Err(Blocked::Until(at(31))));
    assert_eq!(start_all(&mut bucket, 31), 1);
    assert_eq!(bucket.check(at(31)), Err(Blocked::UntilResponse));
    bucket.settle(at(31), at(32), None, RequestOutcome::RateLimited(at(5)));
    assert_eq!((start_all(&mut bucket, 36), start_all(&mut bucket, 37)), (0, 1));
    // A request without a response doesn't end the pause.
    bucket.settle(at(37), at(38), None, RequestOutcome::Unknown);
    assert_eq!(start_all(&mut bucket, 38), 1);
    respond(&mut bucket, 38, 39);
    assert_eq!(start_all(&mut bucket, 39), 5);
}
