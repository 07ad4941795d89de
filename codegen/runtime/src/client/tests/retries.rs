//! Trying again over real connections.

use std::time::Duration;

use bytes::Bytes;
use tokio::net::TcpListener;

use super::{RetryPolicy, Server, TestClock, answer, builder, fine, get, patient, post, run};
use crate::client::{Observer, Wait, WaitReason};
use crate::request::Parts;
use crate::{Error, TransportErrorKind};

const CUT_FRAME: &str = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"id\": 7}";
const CUT_CHUNK: &str = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"id\"";
const CUT_ERROR: &str = "HTTP/1.1 500 Oh\r\ncontent-length: 100\r\n\r\n{\"error\"";

#[test]
fn what_may_pass_is_tried_again() {
    run(async {
        let cut_json = answer("200 OK", "", r#"{"id": 7, "name": "a"#);
        let empty = answer("200 OK", "", "");
        let answers =
            [CUT_ERROR.to_owned(), CUT_FRAME.to_owned(), CUT_CHUNK.to_owned(), cut_json, empty, fine()];
        let server = Server::script(answers).await;
        let (client, clock) = patient(&server);
        assert_eq!(client.send(get()).await.unwrap().id, 7);
        let (seen, sleeps) = (server.seen(), clock.sleeps());
        assert_eq!((seen.len(), sleeps.len()), (6, 5));
        assert!(seen.iter().all(|request| request.lines().next() == seen[0].lines().next()));
        assert!((0..).zip(sleeps).all(|(number, sleep)| sleep <= f64::from(1 << number)));
    });
}

#[test]
fn answers_that_break_off_again_and_again_are_told_as_such() {
    run(async {
        for cut in [CUT_FRAME.to_owned(), CUT_CHUNK.to_owned(), answer("200 OK", "", "{\"id\": ")] {
            let server = Server::script([cut]).await;
            let error = patient(&server).0.send(get()).await.unwrap_err();
            assert!(error.is_cut() && !error.is_timeout() && !error.is_caught_up(), "{error}");
            assert_eq!(error.attempts(), 6);
        }
        for (status, body) in [(504, ""), (524, ""), (400, r#"{"error": "TooRecent"}"#)] {
            let server = Server::script([answer(&format!("{status} Oh"), "", body)]).await;
            let error = patient(&server).0.send(get()).await.unwrap_err();
            assert_eq!((error.is_timeout(), error.is_caught_up()), (status > 500, status == 400), "{error}");
        }
    });
}

#[test]
fn refusals_that_break_off_are_heard_again() {
    run(async {
        let refusal = answer("422 No", "", r#"{"error": "RecordInvalid"}"#);
        let short = "HTTP/1.1 422 No\r\ncontent-length: 100\r\n\r\n{\"error\"".to_owned();
        for broken in [short, answer("422 No", "", r#"{"error": "Rec"#)] {
            let server = Server::script([broken.clone(), refusal.clone()]).await;
            let error = patient(&server).0.send(get()).await.unwrap_err();
            assert_eq!(
                (error.api().and_then(crate::ApiError::code), server.count()),
                (Some("RecordInvalid"), 2)
            );
            // What may have been done is not done again: there the status is what is known.
            let server = Server::script([broken, refusal.clone()]).await;
            let error = patient(&server).0.send(post()).await.unwrap_err();
            let known = error.api().unwrap();
            assert_eq!((known.status(), server.count()), (422, 1));
            assert!(known.body().starts_with("{\"error\""), "{}", known.body());
        }
    });
}

#[test]
fn connections_that_break_are_tried_again() {
    run(async {
        let server = Server::script([String::new(), fine()]).await;
        let (client, _) = patient(&server);
        assert_eq!(client.send(get()).await.unwrap().id, 7);
        let server = Server::script([String::new()]).await;
        let Err(Error::Transport(error)) = patient(&server).0.send(post()).await else {
            panic!("not refused")
        };
        assert_eq!((error.kind(), error.attempts()), (TransportErrorKind::Interrupted, 1));
        assert!(error.may_have_arrived());
        assert_eq!(server.count(), 1);
    });
}

#[test]
fn giving_up_tells_what_was_tried() {
    run(async {
        let server = Server::script([answer("502 Bad Gateway", "", "")]).await;
        let (client, clock) = patient(&server);
        let error = client.send(get()).await.unwrap_err();
        assert_eq!((error.attempts(), server.count()), (6, 6));
        assert!((error.waited().as_secs_f64() - clock.sleeps().iter().sum::<f64>()).abs() < 1e-6);
        assert!(error.to_string().contains("[after 6 attempts and "), "{error}");
        let unreadable = Error::from(get().decode(b"").unwrap_err());
        assert_eq!((unreadable.attempts(), unreadable.waited()), (1, Duration::ZERO));
    });
}

#[test]
fn what_is_not_sent_may_be_sent_later() {
    run(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        drop(listener);
        let clock = std::sync::Arc::new(TestClock::default());
        let client = builder(&address).clock(clock).build().unwrap();
        let Err(Error::Transport(error)) = client.send(post()).await else { panic!("no transport error") };
        assert_eq!((error.kind(), error.attempts()), (TransportErrorKind::Connect, 6));
        assert!(!error.may_have_arrived());
    });
}

#[test]
fn nothing_is_done_twice() {
    run(async {
        for (status, headers, times) in [
            ("500 Oh", "", 1),
            ("504 Slow", "retry-after: 1\r\n", 1),
            ("503 Busy", "", 1),
            ("503 Busy", "retry-after: 1\r\n", 6),
            ("429 Slow down", "", 6),
        ] {
            let server = Server::script([answer(status, headers, "")]).await;
            let error = patient(&server).0.send(post()).await.unwrap_err();
            assert_eq!((server.count(), error.attempts()), (times as usize, times), "{status} {headers}");
        }
    });
}

#[test]
fn the_servers_wish_is_waited_for() {
    run(async {
        let dated = "date: Fri, 31 Dec 2027 23:59:50 GMT\r\nretry-after: Fri, 31 Dec 2027 23:59:59 GMT\r\n";
        for (headers, seconds) in [("retry-after: 7\r\n", 7.0), (dated, 9.0), ("retry-after: soon\r\n", 60.0)]
        {
            let server = Server::script([answer("429 Slow down", headers, ""), fine()]).await;
            let (client, clock) = patient(&server);
            client.send(get()).await.unwrap();
            let waited: f64 = clock.sleeps().iter().sum();
            assert!((seconds..=seconds + 1.0).contains(&waited), "{headers}: {waited}");
        }
        let server = Server::script([answer("429 Slow down", "retry-after: 900\r\n", ""), fine()]).await;
        let error = patient(&server).0.send(get()).await.unwrap_err();
        assert_eq!((error.retry_after(), error.attempts()), (Some("900"), 1));
    });
}

#[test]
fn other_shapes_and_refusals_are_final() {
    run(async {
        for body in [r#"{"id": "x"}"#, "<html>", r#"{"id": 7} {"#] {
            let server = Server::script([answer("200 OK", "", body)]).await;
            assert!(matches!(patient(&server).0.send(get()).await, Err(Error::Decode(_))), "{body}");
            assert_eq!(server.count(), 1);
        }
        for status in ["400 Bad", "404 Not Found", "422 Oh", "501 No", "505 No"] {
            let server = Server::script([answer(status, "", "")]).await;
            assert_eq!(patient(&server).0.send(get()).await.unwrap_err().attempts(), 1);
            assert_eq!(server.count(), 1);
        }
    });
}

#[test]
fn policies_are_kept_to() {
    run(async {
        for (policy, times) in [(RetryPolicy::none(), 1), (RetryPolicy::new().max_attempts(3), 3)] {
            let server = Server::script([answer("500 Oh", "", "")]).await;
            let clock = std::sync::Arc::new(TestClock::default());
            let client = builder(&server.address).clock(clock).retry(policy).build().unwrap();
            assert!(client.send(get()).await.is_err());
            assert_eq!(server.count(), times);
        }
    });
}

/// Remembers what it is told, and asks for another thing after a failure.
#[derive(Default)]
struct Witness {
    waits: Vec<(WaitReason, u32)>,
    bodies: usize,
    failures: Vec<u16>,
}

impl Observer for Witness {
    fn waiting(&mut self, wait: &Wait) {
        assert!(wait.duration <= Duration::from_secs(2));
        self.waits.push((wait.reason, wait.attempt));
    }

    fn complete(&mut self, body: &Bytes) -> bool {
        self.bodies += 1;
        body.len() > 5
    }

    fn retrying(&mut self, failure: &Error, parts: &mut Parts) {
        self.failures.push(failure.api().map_or(0, crate::ApiError::status));
        *parts = get().query("page[size]", &2_i64).parts().clone();
    }
}

#[test]
fn observers_see_each_step_and_may_change_the_request() {
    run(async {
        let answers =
            [answer("504 Slow", "", ""), answer("200 OK", "", "1"), answer("200 OK", "", "1234567")];
        let server = Server::script(answers).await;
        let (client, _) = patient(&server);
        let mut witness = Witness::default();
        let request = get();
        let response = client.fetch(request.parts(), &mut witness).await.unwrap();
        assert_eq!(response.body, "1234567");
        assert_eq!(witness.waits, [(WaitReason::Retry, 1), (WaitReason::Retry, 2)]);
        assert_eq!((witness.bodies, witness.failures), (2, vec![504, 0]));
        let seen = server.seen();
        let sizes = seen.iter().map(|request| request.split(['=', ' ']).nth(2).unwrap());
        assert_eq!(sizes.collect::<Vec<_>>(), ["5", "2", "2"]);
    });
}
