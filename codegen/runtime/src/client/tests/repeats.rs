//! A complete response is never requested again, but for the status codes of the retry policy.

use std::sync::{Arc, Mutex};

use super::{TestClock, TestServer, builder, run};
use crate::operation::Operation;
use crate::wire::samples::Part;
use crate::{Client, Error, Request};

static METHODS: [(Operation, bool); 7] = [
    (Operation::get("Get", "/a"), true),
    (Operation::put("Put", "/a"), true),
    (Operation::delete("Delete", "/a"), true),
    (Operation::post("Post", "/a"), false),
    (Operation::patch("Patch", "/a"), false),
    (Operation::options("Options", "/a"), true),
    (Operation::query("Query", "/a"), true),
];
static HEAD: Operation = Operation::head("Head", "/a");

const STATUSES: [u16; 36] = [
    200, 201, 202, 203, 204, 205, 206, 226, 299, 300, 301, 302, 303, 304, 307, 308, 399, 400, 401, 403, 404,
    405, 406, 410, 411, 412, 414, 415, 418, 422, 424, 428, 451, 499, 501, 505,
];
/// Those after which the policy repeats an idempotent request.
const REPEATED: [u16; 8] = [408, 409, 413, 429, 500, 502, 504, 527];

/// The body of a response, with the values of `Content-Type` and `Content-Encoding`.
const BODIES: [(&[u8], &str, &str); 11] = [
    (b"", "application/json", ""),
    (b"", "", ""),
    (b"{\"id\": 1}", "application/json", ""),
    (b"{\"id\": ", "application/json", ""),
    (b"{\"error\": \"caf\xc3", "application/json", ""),
    (b"{\"id\": \"text\"}", "application/json; charset=utf-8", ""),
    (b"null", "", ""),
    (b"<!doctype html><html></html>", "text/html", ""),
    (b"caf\xe9", "text/plain", ""),
    (b"\x1f\x8b\x08\x00\x00", "application/json", "gzip"),
    (b"\xef\xbb\xbf{\"id\": 1}", "application/json", ""),
];

/// The number of ways in which a response is read.
const WAYS: usize = 6;

/// Returns a complete response, which ends after its length or after its last chunk.
fn complete(status: u16, (body, content_type, encoding): (&[u8], &str, &str), in_chunks: bool) -> Vec<u8> {
    let mut response = format!("HTTP/1.1 {status} Any\r\nconnection: close\r\n");
    for (name, value) in [("content-type", content_type), ("content-encoding", encoding)] {
        if !value.is_empty() {
            response.push_str(&format!("{name}: {value}\r\n"));
        }
    }
    if in_chunks {
        response.push_str("transfer-encoding: chunked\r\n\r\n");
        if !body.is_empty() {
            response.push_str(&format!("{:x}\r\n", body.len()));
        }
    } else {
        response.push_str(&format!("content-length: {}\r\n\r\n", body.len()));
    }
    let end: &[u8] = match (in_chunks, body.is_empty()) {
        (true, true) => b"0\r\n\r\n",
        (true, false) => b"\r\n0\r\n\r\n",
        (false, _) => b"",
    };
    [response.as_bytes(), body, end].concat()
}

/// A server that gives all requests the same response, and a client whose waits take no time.
struct Setup {
    server: TestServer,
    response: Arc<Mutex<Vec<u8>>>,
    client: Client,
}

impl Setup {
    async fn new() -> Self {
        let response = Arc::new(Mutex::new(Vec::new()));
        let next = Arc::clone(&response);
        let server = TestServer::start(move |_, _| next.lock().unwrap().clone()).await;
        let client =
            builder(&server.url).clock(Arc::new(TestClock::default())).rate_limits(false).build().unwrap();
        Self { server, response, client }
    }

    /// Sends a request, and returns how often it arrived, and the error.
    async fn send<T: Send>(&self, request: Request<T>) -> (usize, Option<Error>) {
        let before = self.server.count();
        let result = self.client.send(request).await;
        (self.server.count() - before, result.err())
    }

    /// Sends a request whose response is read in one of several ways, and returns how often it arrived.
    async fn count(&self, operation: &'static Operation, response: Vec<u8>, way: usize) -> usize {
        *self.response.lock().unwrap() = response;
        let (count, _) = match way % WAYS {
            0 => self.send(Request::<Part>::new(operation)).await,
            1 => self.send(Request::<()>::new(operation)).await,
            2 => self.send(Request::<Option<Part>>::or_empty(operation)).await,
            3 => self.send(Request::text(operation)).await,
            4 => self.send(Request::bytes(operation)).await,
            _ => self.send(Request::<Vec<Part>>::items(operation)).await,
        };
        count
    }
}

#[test]
fn a_complete_response_causes_no_other_request() {
    run(async {
        let setup = Setup::new().await;
        // Each combination of a status code and a body, while the method, the framing and the type vary.
        let mut index = 0;
        for (status, body) in STATUSES.into_iter().flat_map(|status| BODIES.map(|body| (status, body))) {
            let (operation, _) = &METHODS[index % METHODS.len()];
            for in_chunks in [false, true] {
                let count = setup.count(operation, complete(status, body, in_chunks), index).await;
                assert_eq!(count, 1, "{status} {} {body:?} {in_chunks}", operation.method());
                index += 1;
            }
        }
        for status in STATUSES {
            let count = setup.count(&HEAD, complete(status, BODIES[0], false), usize::from(status)).await;
            assert_eq!(count, 1, "{status} HEAD");
        }
    });
}

#[test]
fn each_method_is_sent_once_whatever_a_success_contains() {
    run(async {
        let setup = Setup::new().await;
        for ((operation, _), body) in METHODS.iter().flat_map(|method| BODIES.map(|body| (method, body))) {
            for way in 0..WAYS {
                let count = setup.count(operation, complete(200, body, false), way).await;
                assert_eq!(count, 1, "{} {body:?} {way}", operation.method());
            }
        }
    });
}

#[test]
fn status_codes_of_the_retry_policy_cause_other_requests() {
    run(async {
        let setup = Setup::new().await;
        for (operation, is_idempotent) in &METHODS {
            for status in REPEATED {
                *setup.response.lock().unwrap() = complete(status, BODIES[3], false);
                let (count, error) = setup.send(Request::<()>::new(operation)).await;
                let expected = if *is_idempotent || status == 429 { 6 } else { 1 };
                assert_eq!(
                    (count, error.and_then(|error| error.status())),
                    (expected, Some(status)),
                    "{}",
                    operation.method()
                );
            }
        }
    });
}
