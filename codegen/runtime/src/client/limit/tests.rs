//! Single buckets, step by step.

use std::time::Duration;

use super::bucket::{Blocked, Bucket, MARGIN, Outcome, ROUNDING};
use super::headers::Report;

const MINUTE: Duration = Duration::from_secs(60);

fn at(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn bucket(capacity: u32) -> Bucket {
    Bucket::new(Some(capacity), MINUTE)
}

/// Starts as many as go, at most a hundred.
fn start_all(bucket: &mut Bucket, now: u64) -> usize {
    let mut start = || bucket.check(at(now)).map(|()| bucket.start());
    (0..100).take_while(|_| start().is_ok()).count()
}

fn answer(bucket: &mut Bucket, started: u64, now: u64) {
    bucket.settle(at(started), at(now), None, Outcome::Answered);
}

fn report(bucket: &mut Bucket, now: u64, total: u32, remaining: u32, resets: u64) {
    let report = Report { total: Some(total), remaining: Some(remaining), resets: Some(at(resets)) };
    bucket.settle(at(now), at(now), Some(report), Outcome::Answered);
}

#[test]
fn places_are_free_a_window_after_the_answer() {
    let mut bucket = bucket(2);
    assert_eq!(start_all(&mut bucket, 0), 2);
    assert_eq!(bucket.check(at(500)), Err(Blocked::UntilAnswer));
    answer(&mut bucket, 0, 500);
    assert_eq!(bucket.check(at(500)), Err(Blocked::Until(at(560) + MARGIN)));
    answer(&mut bucket, 0, 530);
    assert_eq!(bucket.check(at(560)), Err(Blocked::Until(at(560) + MARGIN)));
    assert_eq!((start_all(&mut bucket, 561), start_all(&mut bucket, 592)), (1, 1));
}

#[test]
fn places_of_requests_that_were_not_sent_are_free_at_once() {
    let mut bucket = bucket(2);
    assert_eq!(start_all(&mut bucket, 0), 2);
    bucket.release();
    assert_eq!(start_all(&mut bucket, 0), 1);
    bucket.settle(at(0), at(1), None, Outcome::Unknown);
    assert_eq!(start_all(&mut bucket, 1), 0);
}

#[test]
fn nothing_limits_what_is_not_known() {
    let mut bucket = Bucket::new(None, MINUTE);
    assert_eq!(start_all(&mut bucket, 0), 100);
    report(&mut bucket, 0, 150, 50, 60);
    assert_eq!(start_all(&mut bucket, 0), 50);
}

#[test]
fn the_server_says_how_much_there_is() {
    let mut bucket = bucket(10);
    bucket.start();
    report(&mut bucket, 0, 30, 29, 60);
    assert_eq!(start_all(&mut bucket, 0), 29);
    report(&mut bucket, 1, 5, 0, 60);
    assert_eq!(start_all(&mut bucket, 2), 0);
    // Not even the server can make it stand still.
    let mut none = self::bucket(10);
    none.start();
    report(&mut none, 0, 0, 0, 60);
    assert_eq!(start_all(&mut none, 62), 1);
}

#[test]
fn what_others_take_is_left_to_them() {
    let mut bucket = bucket(10);
    bucket.start();
    report(&mut bucket, 0, 10, 3, 20);
    assert_eq!(start_all(&mut bucket, 0), 3);
    assert_eq!(bucket.check(at(0)), Err(Blocked::Until(at(20) + ROUNDING)));
    // Then the server's window begins again, and the own places count.
    assert_eq!(start_all(&mut bucket, 21), 6);
}

#[test]
fn own_requests_are_not_taken_for_those_of_others() {
    let mut bucket = bucket(10);
    assert_eq!(start_all(&mut bucket, 0), 10);
    bucket.release();
    // The server has counted all nine when it answers the first one.
    report(&mut bucket, 0, 10, 1, 60);
    assert_eq!(start_all(&mut bucket, 0), 1);
    // It has counted some of them, and so many that there must be others.
    let mut bucket = self::bucket(10);
    (0..5).for_each(|_| bucket.start());
    report(&mut bucket, 0, 10, 4, 60);
    assert_eq!(start_all(&mut bucket, 0), 0);
}

#[test]
fn older_reports_do_not_outdo_newer_ones() {
    let mut bucket = bucket(10);
    bucket.start();
    bucket.start();
    let told = |remaining| Some(Report { total: Some(10), remaining: Some(remaining), resets: Some(at(60)) });
    bucket.settle(at(0), at(5), told(4), Outcome::Answered);
    // This one was on its way for longer.
    bucket.settle(at(0), at(6), told(9), Outcome::Answered);
    assert_eq!(start_all(&mut bucket, 6), 3);
    (0..2).for_each(|_| bucket.release());
    // This one went out later: others have given places back.
    bucket.settle(at(6), at(7), told(7), Outcome::Answered);
    assert_eq!(start_all(&mut bucket, 7), 7);
}

#[test]
fn what_others_take_is_not_forgotten_while_own_requests_are_on_their_way() {
    let mut bucket = bucket(10);
    bucket.start();
    report(&mut bucket, 0, 10, 7, 60);
    (0..2).for_each(|_| bucket.start());
    // Nine are left to us and seven to the server, which has not counted the other one yet.
    report(&mut bucket, 1, 10, 7, 60);
    assert_eq!(start_all(&mut bucket, 1), 5);
    // Nothing else is on its way, and nobody else is there.
    (0..6).for_each(|_| bucket.release());
    report(&mut bucket, 2, 10, 7, 60);
    assert_eq!(start_all(&mut bucket, 2), 7);
}

#[test]
fn endless_resets_end_with_the_window() {
    let mut bucket = bucket(10);
    bucket.start();
    report(&mut bucket, 0, 10, 0, 1_000_000);
    assert_eq!((start_all(&mut bucket, 60), start_all(&mut bucket, 61)), (0, 10));
}

#[test]
fn after_a_refusal_one_goes_ahead() {
    let mut bucket = bucket(10);
    bucket.start();
    bucket.start();
    bucket.settle(at(0), at(1), None, Outcome::Refused(at(30)));
    assert_eq!(bucket.check(at(2)), Err(Blocked::Until(at(31))));
    // An answer to what was sent before the refusal says nothing about afterwards.
    answer(&mut bucket, 0, 2);
    assert_eq!(bucket.check(at(3)), Err(Blocked::Until(at(31))));
    assert_eq!(start_all(&mut bucket, 31), 1);
    assert_eq!(bucket.check(at(31)), Err(Blocked::UntilAnswer));
    bucket.settle(at(31), at(32), None, Outcome::Refused(at(5)));
    assert_eq!((start_all(&mut bucket, 36), start_all(&mut bucket, 37)), (0, 1));
    // No answer is no answer.
    bucket.settle(at(37), at(38), None, Outcome::Unknown);
    assert_eq!(start_all(&mut bucket, 38), 1);
    answer(&mut bucket, 38, 39);
    assert_eq!(start_all(&mut bucket, 39), 5);
}
