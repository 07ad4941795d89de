//! Rate limits over real connections.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::net::TcpListener;

use super::{TestClock, TestServer, builder, client_with_test_clock, get, ok_response, post, response, run};
use crate::client::Clock;
use crate::client::observer::{Observer, ResponseCheck, Wait, WaitReason};
use crate::client::raw_response::RawResponse;
use crate::operation::{Operation, RateLimit};
use crate::request::{Request, RequestParts};
use crate::{Client, Error, RetryPolicy};

static ITEMS: Operation = Operation::get("Items", "/items")
    .limited(RateLimit::new("exports", 10, 60).state_header("x-ratelimit-exports"));
static USERS: Operation = Operation::get("Users", "/users")
    .limited(RateLimit::new("exports-cursor", 20, 60).state_header("x-ratelimit-exports-cursor"));

/// Returns a request of the bucket that allows ten requests a minute.
fn items() -> Request<()> {
    Request::new(&ITEMS)
}

/// Returns a request of another bucket.
fn users() -> Request<()> {
    Request::new(&USERS)
}

async fn export(client: &Client) -> bool {
    client.send(items()).await.is_ok()
}

/// Starts a server that records when requests arrive.
async fn timed(clock: &Arc<TestClock>, headers: &'static str) -> (TestServer, Arc<Mutex<Vec<Duration>>>) {
    let times = Arc::new(Mutex::new(Vec::new()));
    let (clock, log) = (Arc::clone(clock), Arc::clone(&times));
    let rule = move |_, _: &str| {
        log.lock().unwrap().push(clock.monotonic());
        response("200 OK", headers, "null")
    };
    (TestServer::start(rule).await, times)
}

/// Sends a number of requests at once.
async fn burst(client: &Client, count: usize) {
    let tasks: Vec<_> = (0..count)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { export(&client).await })
        })
        .collect();
    for task in tasks {
        assert!(task.await.unwrap());
    }
}

/// Returns the maximum number of requests within any minute.
fn max_per_minute(times: &[Duration]) -> usize {
    let minute = |start: &Duration| {
        times.iter().filter(|time| (*start..*start + Duration::from_secs(60)).contains(*time)).count()
    };
    times.iter().map(minute).max().unwrap()
}

#[test]
fn no_minute_has_more_requests_than_allowed() {
    run(async {
        let clock = Arc::new(TestClock::default());
        let (server, times) = timed(&clock, "").await;
        let client = builder(&server.url).clock(clock.clone()).build().unwrap();
        burst(&client, 25).await;
        let times = times.lock().unwrap().clone();
        assert_eq!((times.len(), max_per_minute(&times)), (25, 10));
        let last = times.iter().max().unwrap();
        assert!((Duration::from_secs(2 * 60)..Duration::from_secs(3 * 60)).contains(last), "{last:?}");
    });
}

#[test]
fn buckets_do_not_wait_for_each_other() {
    run(async {
        let clock = Arc::new(TestClock::default());
        let (server, _) = timed(&clock, "").await;
        let client = builder(&server.url).clock(clock.clone()).build().unwrap();
        burst(&client, 10).await;
        client.send(users()).await.unwrap();
        assert_eq!(clock.sleeps(), Vec::<f64>::new());
    });
}

#[test]
fn the_limiter_can_be_turned_off() {
    run(async {
        let clock = Arc::new(TestClock::default());
        let (server, times) = timed(&clock, "").await;
        let client = builder(&server.url).clock(clock.clone()).rate_limits(false).build().unwrap();
        burst(&client, 25).await;
        assert_eq!((max_per_minute(&times.lock().unwrap()), clock.sleeps()), (25, vec![]));
    });
}

#[test]
fn the_limit_of_the_account_is_read_from_responses() {
    run(async {
        let clock = Arc::new(TestClock::default());
        let headers = "x-rate-limit: 5\r\n";
        let (server, times) = timed(&clock, headers).await;
        let client = builder(&server.url).clock(clock.clone()).build().unwrap();
        export(&client).await;
        burst(&client, 9).await;
        assert_eq!(max_per_minute(&times.lock().unwrap()), 5);
    });
}

#[test]
fn a_429_response_pauses_all_clones() {
    run(async {
        let clock = Arc::new(TestClock::default());
        let log = Arc::new(Mutex::new(Vec::new()));
        let (times, timer) = (Arc::clone(&log), Arc::clone(&clock));
        let server = TestServer::start(move |number, _| {
            times.lock().unwrap().push(timer.monotonic().as_secs());
            if number == 0 {
                response("429 Slow down", "retry-after: 30\r\n", "")
            } else {
                response("200 OK", "", "null")
            }
        })
        .await;
        let builder = builder(&server.url).clock(clock.clone()).retry(RetryPolicy::none());
        let client = builder.build().unwrap();
        assert!(!export(&client).await);
        burst(&client, 3).await;
        assert_eq!(*log.lock().unwrap(), [0, 30, 30, 30]);
    });
}

/// Records the waits of a request.
#[derive(Default)]
struct Waits(Vec<(WaitReason, Duration, u32)>);

impl Observer for Waits {
    fn waiting(&mut self, wait: &Wait) {
        self.0.push((wait.reason, wait.duration, wait.attempt));
    }

    fn check(&mut self, _: &RawResponse) -> ResponseCheck {
        ResponseCheck::Complete
    }

    fn shrink(&mut self, _: &Error, _: &mut RequestParts) -> bool {
        false
    }

    fn retrying(&mut self, _: &Error) {}
}

#[test]
fn a_wait_for_a_rate_limit_is_reported_once() {
    run(async {
        let clock = Arc::new(TestClock::default());
        let (server, _) = timed(&clock, "").await;
        let client = builder(&server.url).clock(clock.clone()).build().unwrap();
        let mut waits = Waits::default();
        for _ in 0..10 {
            client.fetch(items().parts(), &mut waits).await.unwrap();
        }
        assert_eq!(waits.0, []);
        client.fetch(items().parts(), &mut waits).await.unwrap();
        let [(WaitReason::RateLimit, duration, 1)] = waits.0[..] else { panic!("{:?}", waits.0) };
        assert!(duration >= Duration::from_secs(60), "{duration:?}");
    });
}

async fn until_slept(clock: &TestClock, times: usize) {
    while clock.sleeps().len() < times {
        tokio::task::yield_now().await;
    }
}

#[test]
fn a_dropped_request_leaves_the_queue() {
    run(async {
        let clock = Arc::new(TestClock::manual());
        let (server, _) = timed(&clock, "").await;
        let client = builder(&server.url).clock(clock.clone()).build().unwrap();
        burst(&client, 10).await;
        let [first, second, third] = [(); 3].map(|()| {
            let client = client.clone();
            tokio::spawn(async move { export(&client).await })
        });
        // The first one in the queue waits for the clock, the others for their turn.
        until_slept(&clock, 1).await;
        for _ in 0..9 {
            tokio::task::yield_now().await;
        }
        assert_eq!(clock.sleeps().len(), 1);
        second.abort();
        first.abort();
        until_slept(&clock, 2).await;
        // Other buckets aren't blocked.
        client.send(users()).await.unwrap();
        clock.advance(Duration::from_secs(61));
        assert!(third.await.unwrap());
        assert!(first.await.is_err() && second.await.is_err());
        assert_eq!(server.count(), 12);
    });
}

#[test]
fn a_request_that_was_not_sent_frees_its_slot() {
    run(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        drop(listener);
        let clock = Arc::new(TestClock::default());
        let client = builder(&url).clock(clock.clone()).retry(RetryPolicy::none()).build().unwrap();
        for _ in 0..15 {
            assert!(!export(&client).await);
        }
        assert_eq!(clock.sleeps(), Vec::<f64>::new());
    });
}

#[test]
fn a_request_without_a_response_keeps_its_slot() {
    run(async {
        let server = TestServer::responding([String::new()]).await;
        let clock = Arc::new(TestClock::default());
        let client = builder(&server.url).clock(clock.clone()).retry(RetryPolicy::none()).build().unwrap();
        for _ in 0..11 {
            assert!(!export(&client).await);
        }
        assert_eq!(clock.sleeps(), [60.1]);
    });
}

#[test]
fn a_warning_header_is_no_error() {
    run(async {
        let server = TestServer::responding([
            response("200 OK", "x-warning: unknown\r\n", r#"{"id": 7}"#),
            ok_response(),
        ])
        .await;
        let (client, _) = client_with_test_clock(&server);
        assert_eq!(client.send(get()).await.unwrap().id, 7);
        assert_eq!(client.send(post()).await.unwrap().id, 7);
    });
}
