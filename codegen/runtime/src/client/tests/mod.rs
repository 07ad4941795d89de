//! Tests of the client with a server on this machine.

mod basics;
mod bodies;
mod bounds;
mod client_builder;
#[cfg(feature = "gzip")]
mod compression;
mod downloads;
mod lenient;
mod lying;
mod middleware;
mod oauth;
mod operation_servers;
mod options;
mod rate_limits;
mod redaction;
mod redirects_and_proxies;
mod repeats;
mod responses;
mod retries;
mod retry_decisions;
mod security;
mod streams;
mod test_clock;
mod test_server;
mod tokens;
mod traces;
mod uploads;

use std::future::Future;
use std::sync::Arc;

use super::{Auth, Client, ClientBuilder, RetryPolicy};
use crate::Request;
use crate::api::test_api::API;
use crate::operation::Operation;
use crate::wire::samples::Part;
use test_clock::TestClock;
use test_server::TestServer;

static GET: Operation = Operation::get("Get", "/parts/{part_id}");
static CHANGE: Operation = Operation::post("Change", "/parts");

const SECRET: &str = "s3cret-token";

fn get() -> Request<Part> {
    Request::new(&GET).path("part_id", &"a b").query("page[size]", &5_i64)
}

fn post() -> Request<Part> {
    Request::new(&CHANGE)
}

fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

fn builder(url: &str) -> ClientBuilder {
    Client::builder(&API).base_url(url).auth(Auth::basic("me@example.com/token", SECRET))
}

/// Returns a client whose waits take no time.
fn client_with_test_clock(server: &TestServer) -> (Client, Arc<TestClock>) {
    let clock = Arc::new(TestClock::default());
    let client = builder(&server.url).clock(clock.clone()).build().unwrap();
    (client, clock)
}

fn response(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n{headers}\r\n{body}", body.len())
}

fn ok_response() -> String {
    response("200 OK", "", r#"{"id": 7}"#)
}
