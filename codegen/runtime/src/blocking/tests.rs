//! Tests of the blocking client.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::thread;

use super::Client;
use crate::api::test_api::API;
use crate::operation::Operation;
use crate::request::Request;
use crate::{Auth, Error, ErrorKind, RetryPolicy};

static STATUS: Operation = Operation::get("Status", "/status");
const BODY: &str = r#""done""#;

/// Starts a server that responds to one request of each connection, in a thread that ends with the process.
fn server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let lines = BufReader::new(&stream).lines().map(Result::unwrap);
            assert!(lines.take_while(|line| !line.is_empty()).count() > 1);
            let head =
                format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", BODY.len());
            stream.write_all((head + BODY).as_bytes()).unwrap();
        }
    });
    url
}

fn client(url: &str) -> Client {
    let builder = Client::builder(&API).base_url(url).auth(Auth::bearer("s3cret"));
    builder.retry(RetryPolicy::none()).build_blocking().unwrap()
}

fn status(client: &Client) -> Result<String, Error> {
    client.send(Request::new(&STATUS))
}

#[test]
fn a_request_blocks_until_its_response() {
    let client = client(&server());
    assert_eq!((status(&client).unwrap(), status(&client.clone()).unwrap()), ("done".into(), "done".into()));
    assert_eq!(format!("{client:?}").find("s3cret"), None);
    assert!(format!("{:?}", client.as_async()).starts_with("Client"));
}

#[test]
fn a_lenient_request_blocks_until_its_response() {
    let lenient = client(&server()).send_lenient(Request::<String>::new(&STATUS)).unwrap();
    assert_eq!((lenient.value.as_str(), lenient.is_exact()), ("done", true));
}

#[test]
fn the_builder_of_a_blocking_client_builds_one() {
    let client = Client::builder(&API).base_url(server()).auth(Auth::bearer("s3cret")).build().unwrap();
    assert_eq!(client.send_optional(Request::<String>::new(&STATUS)).unwrap().as_deref(), Some("done"));
    let async_client: crate::Client = crate::Client::builder(&API)
        .base_url("http://127.0.0.1:9")
        .auth(Auth::bearer("s3cret"))
        .build()
        .unwrap();
    assert!(Client::new(async_client).is_ok());
}

#[test]
fn threads_can_share_a_client() {
    let client = client(&server());
    thread::scope(|scope| {
        let calls: Vec<_> = (0..4).map(|_| scope.spawn(|| status(&client).unwrap())).collect();
        for call in calls {
            assert_eq!(call.join().unwrap(), "done");
        }
    });
}

#[test]
fn a_call_in_async_code_is_an_error_with_help() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        // Creating and dropping it there is allowed.
        let error = status(&client("http://127.0.0.1:9")).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Runtime);
        assert!(error.to_string().contains("use the async `Client` there"), "{error}");
    });
}

#[test]
fn building_fails_as_for_the_async_client() {
    assert!(Client::builder(&API).build_blocking().unwrap_err().is_config());
}
