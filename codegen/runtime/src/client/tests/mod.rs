//! Tests of the client against a server on this machine.

mod basics;
mod bodies;
mod clock;
mod decisions;
mod limits;
mod oauth;
mod refusals;
mod retries;
mod security;
mod server;
mod servers;
mod setup;
mod traces;

use std::future::Future;
use std::sync::Arc;

use super::{Auth, Client, ClientBuilder, RetryPolicy};
use crate::Request;
use crate::api::sample::API;
use crate::operation::Operation;
use crate::wire::samples::Part;
use clock::TestClock;
use server::Server;

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

fn builder(address: &str) -> ClientBuilder {
    Client::builder(&API).base_url(address).auth(Auth::password("me@example.com/token", SECRET))
}

/// A client that waits without losing time.
fn patient(server: &Server) -> (Client, Arc<TestClock>) {
    let clock = Arc::new(TestClock::default());
    let client = builder(&server.address).clock(clock.clone()).build().unwrap();
    (client, clock)
}

fn answer(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n{headers}\r\n{body}", body.len())
}

fn fine() -> String {
    answer("200 OK", "", r#"{"id": 7}"#)
}
