//! Retries over real connections.

use std::time::Duration;

use tokio::net::TcpListener;

use super::{
    RetryPolicy, TestClock, TestServer, builder, client_with_test_clock, get, ok_response, post, response,
    run,
};
use crate::client::{Observer, RawResponse, ResponseCheck, Wait, WaitReason};
use crate::request::RequestParts;
use crate::{Error, ErrorKind};

const TRUNCATED_BODY: &str = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"id\": 7}";
const TRUNCATED_CHUNK: &str = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"id\"";
/// Only the end of the connection ends it.
const CUT_JSON: &str = "HTTP/1.1 200 OK\r\n\r\n{\"id\": 7, \"name\": \"a";
const TRUNCATED_ERROR: &str = "HTTP/1.1 500 Oh\r\ncontent-length: 100\r\n\r\n{\"error\"";

#[test]
fn temporary_failures_are_retried() {
    run(async {
        let responses = [
            TRUNCATED_ERROR.to_owned(),
            TRUNCATED_BODY.to_owned(),
            TRUNCATED_CHUNK.to_owned(),
            CUT_JSON.to_owned(),
            response("503 Busy", "", ""),
            ok_response(),
        ];
        let server = TestServer::responding(responses).await;
        let (client, clock) = client_with_test_clock(&server);
        assert_eq!(client.send(get()).await.unwrap().id, 7);
        let (requests, sleeps) = (server.requests(), clock.sleeps());
        assert_eq!((requests.len(), sleeps.len()), (6, 5));
        assert!(requests.iter().all(|request| request.lines().next() == requests[0].lines().next()));
        assert!((0..).zip(sleeps).all(|(number, sleep)| sleep <= f64::from(1 << number)));
    });
}

#[test]
fn an_incomplete_response_is_reported_after_all_attempts() {
    run(async {
        for truncated in [TRUNCATED_BODY, TRUNCATED_CHUNK, CUT_JSON] {
            let server = TestServer::responding([truncated]).await;
            let error = client_with_test_clock(&server).0.send(get()).await.unwrap_err();
            assert!(error.is_incomplete() && !error.is_timeout() && !error.is_too_early(), "{error}");
            assert_eq!(error.attempts(), 6);
        }
        for (status, body) in [(504, ""), (524, ""), (400, r#"{"error": "TooRecent"}"#)] {
            let server = TestServer::responding([response(&format!("{status} Oh"), "", body)]).await;
            let error = client_with_test_clock(&server).0.send(get()).await.unwrap_err();
            assert_eq!((error.is_timeout(), error.is_too_early()), (status > 500, status == 400), "{error}");
        }
    });
}

#[test]
fn an_incomplete_error_response_is_requested_again() {
    run(async {
        let complete = response("422 No", "", r#"{"error": "RecordInvalid"}"#);
        let short = "HTTP/1.1 422 No\r\ncontent-length: 100\r\n\r\n{\"error\"".to_owned();
        let until_closed = |version: &str| format!("{version} 422 No\r\n\r\n{{\"error\": \"Rec");
        for incomplete in [short, until_closed("HTTP/1.1"), until_closed("HTTP/1.0")] {
            let server = TestServer::responding([incomplete.clone(), complete.clone()]).await;
            let error = client_with_test_clock(&server).0.send(get()).await.unwrap_err();
            assert_eq!(
                (error.api_error().and_then(crate::ApiError::code), server.count()),
                (Some("RecordInvalid"), 2)
            );
            // A request that isn't idempotent is not repeated.
            let server = TestServer::responding([incomplete, complete.clone()]).await;
            let error = client_with_test_clock(&server).0.send(post()).await.unwrap_err();
            let error = error.api_error().unwrap();
            assert_eq!((error.status(), server.count()), (422, 1));
            assert!(error.body().starts_with("{\"error\""), "{}", error.body());
        }
    });
}

#[test]
fn the_status_of_an_incomplete_error_response_is_known() {
    run(async {
        for status in [429, 500, 503] {
            let short = format!("HTTP/1.1 {status} No\r\ncontent-length: 100\r\n\r\n{{\"error\"");
            let server = TestServer::responding([short]).await;
            let error = client_with_test_clock(&server).0.send(get()).await.unwrap_err();
            assert_eq!((error.status(), error.is_incomplete()), (Some(status), false), "{error}");
        }
    });
}

#[test]
fn a_lost_connection_is_retried() {
    run(async {
        let server = TestServer::responding([String::new(), ok_response()]).await;
        let (client, _) = client_with_test_clock(&server);
        assert_eq!(client.send(get()).await.unwrap().id, 7);
        let server = TestServer::responding([String::new()]).await;
        let error = client_with_test_clock(&server).0.send(post()).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Interrupted, 1));
        assert!(error.may_have_arrived());
        assert_eq!(server.count(), 1);
    });
}

#[test]
fn an_error_has_the_number_of_attempts_and_their_delay() {
    run(async {
        let server = TestServer::responding([response("502 Bad Gateway", "", "")]).await;
        let (client, clock) = client_with_test_clock(&server);
        let error = client.send(get()).await.unwrap_err();
        assert_eq!((error.attempts(), server.count()), (6, 6));
        assert!((error.waited().as_secs_f64() - clock.sleeps().iter().sum::<f64>()).abs() < 1e-6);
        assert!(error.to_string().contains("[after 6 attempts and "), "{error}");
        let error = Error::from(get().decode(b"").unwrap_err());
        assert_eq!((error.attempts(), error.waited()), (1, Duration::ZERO));
    });
}

#[test]
fn a_request_that_was_not_sent_is_retried() {
    run(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        drop(listener);
        let clock = std::sync::Arc::new(TestClock::default());
        let client = builder(&url).clock(clock).build().unwrap();
        let error = client.send(post()).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 6));
        assert!(!error.may_have_arrived());
    });
}

#[test]
fn a_request_that_is_not_idempotent_is_not_repeated() {
    run(async {
        for (status, headers, times) in [
            ("500 Oh", "", 1),
            ("504 Slow", "retry-after: 1\r\n", 1),
            ("503 Busy", "", 1),
            ("503 Busy", "retry-after: 1\r\n", 6),
            ("429 Slow down", "", 6),
        ] {
            let server = TestServer::responding([response(status, headers, "")]).await;
            let error = client_with_test_clock(&server).0.send(post()).await.unwrap_err();
            assert_eq!((server.count(), error.attempts()), (times as usize, times), "{status} {headers}");
        }
    });
}

#[test]
fn the_client_waits_as_long_as_the_server_asks() {
    run(async {
        let dated = "date: Fri, 31 Dec 2027 23:59:50 GMT\r\nretry-after: Fri, 31 Dec 2027 23:59:59 GMT\r\n";
        for (headers, seconds) in [("retry-after: 7\r\n", 7.0), (dated, 9.0), ("retry-after: soon\r\n", 60.0)]
        {
            let server =
                TestServer::responding([response("429 Slow down", headers, ""), ok_response()]).await;
            let (client, clock) = client_with_test_clock(&server);
            client.send(get()).await.unwrap();
            let waited: f64 = clock.sleeps().iter().sum();
            assert!((seconds..=seconds + 1.0).contains(&waited), "{headers}: {waited}");
        }
        let server =
            TestServer::responding([response("429 Slow down", "retry-after: 900\r\n", ""), ok_response()])
                .await;
        let error = client_with_test_clock(&server).0.send(get()).await.unwrap_err();
        assert_eq!((error.retry_after(), error.attempts()), (Some(Duration::from_secs(900)), 1));
    });
}

#[test]
fn permanent_failures_are_not_retried() {
    run(async {
        for body in [r#"{"id": "x"}"#, "<html>", r#"{"id": 7} {"#] {
            let server = TestServer::responding([response("200 OK", "", body)]).await;
            let error = client_with_test_clock(&server).0.send(get()).await.unwrap_err();
            assert!(error.is_decode(), "{body}");
            assert_eq!(server.count(), 1);
        }
        for status in ["400 Bad", "404 Not Found", "422 Oh", "501 No", "505 No"] {
            let server = TestServer::responding([response(status, "", "")]).await;
            assert_eq!(client_with_test_clock(&server).0.send(get()).await.unwrap_err().attempts(), 1);
            assert_eq!(server.count(), 1);
        }
    });
}

#[test]
fn the_retry_policy_limits_the_attempts() {
    run(async {
        for (policy, times) in [(RetryPolicy::none(), 1), (RetryPolicy::new().max_attempts(3), 3)] {
            let server = TestServer::responding([response("500 Oh", "", "")]).await;
            let clock = std::sync::Arc::new(TestClock::default());
            let client = builder(&server.url).clock(clock).retry(policy).build().unwrap();
            assert!(client.send(get()).await.is_err());
            assert_eq!(server.count(), times);
        }
    });
}

/// Records its calls, and changes the request after a failure.
#[derive(Default)]
struct RecordingObserver {
    waits: Vec<(WaitReason, u32)>,
    bodies: usize,
    statuses: Vec<u16>,
}

impl Observer for RecordingObserver {
    fn waiting(&mut self, wait: &Wait) {
        assert!(wait.duration <= Duration::from_secs(2));
        self.waits.push((wait.reason, wait.attempt));
    }

    fn check(&mut self, response: &RawResponse) -> ResponseCheck {
        self.bodies += 1;
        if response.body.len() > 5 { ResponseCheck::Complete } else { ResponseCheck::Incomplete }
    }

    fn shrink(&mut self, error: &Error, parts: &mut RequestParts) -> bool {
        *parts = get().query("page[size]", &2_i64).parts().clone();
        error.is_timeout()
    }

    fn retrying(&mut self, error: &Error) {
        self.statuses.push(error.status().unwrap_or_default());
    }
}

#[test]
fn an_observer_sees_each_step_and_can_change_the_request() {
    run(async {
        let responses =
            [response("504 Slow", "", ""), response("200 OK", "", "1"), response("200 OK", "", "1234567")];
        let server = TestServer::responding(responses).await;
        let (client, _) = client_with_test_clock(&server);
        let mut observer = RecordingObserver::default();
        let request = get();
        let response = client.fetch(request.parts(), &mut observer).await.unwrap();
        assert_eq!(response.body, "1234567");
        // The smaller request has its own attempts.
        assert_eq!(observer.waits, [(WaitReason::Retry, 1), (WaitReason::Retry, 1)]);
        assert_eq!((observer.bodies, observer.statuses), (2, vec![504, 0]));
        let requests = server.requests();
        let sizes = requests.iter().map(|request| request.split(['=', ' ']).nth(2).unwrap());
        assert_eq!(sizes.collect::<Vec<_>>(), ["5", "2", "2"]);
    });
}
