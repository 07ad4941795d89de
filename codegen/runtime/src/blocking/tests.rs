use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::thread;

use super::Client;
use crate::api::sample::API;
use crate::operation::Operation;
use crate::request::Request;
use crate::{Auth, Error, RetryPolicy};

static STATUS: Operation = Operation::get("Status", "/status");
const BODY: &str = r#""done""#;

/// Answers each connection's one request, in a thread that ends with the process.
fn server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
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
    address
}

fn client(address: &str) -> Client {
    let builder = Client::builder(&API).base_url(address).auth(Auth::bearer("s3cret"));
    builder.retry(RetryPolicy::none()).build_blocking().unwrap()
}

fn status(client: &Client) -> Result<String, Error> {
    client.send(Request::new(&STATUS))
}

#[test]
fn requests_block_until_their_answer() {
    let client = client(&server());
    assert_eq!((status(&client).unwrap(), status(&client.clone()).unwrap()), ("done".into(), "done".into()));
    assert_eq!(format!("{client:?}").find("s3cret"), None);
    assert!(format!("{:?}", client.as_async()).starts_with("Client"));
}

#[test]
fn threads_share_a_client() {
    let client = client(&server());
    thread::scope(|scope| {
        let calls: Vec<_> = (0..4).map(|_| scope.spawn(|| status(&client).unwrap())).collect();
        for call in calls {
            assert_eq!(call.join().unwrap(), "done");
        }
    });
}

#[test]
fn inside_async_code_it_says_what_to_do() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        // It may be made and dropped there.
        let error = status(&client("http://127.0.0.1:9")).unwrap_err();
        assert!(matches!(error, Error::Blocking(_)));
        assert!(error.to_string().contains("use the async `Client` there"), "{error}");
    });
}

#[test]
fn set_up_fails_as_that_of_the_async_one() {
    assert!(matches!(Client::builder(&API).build_blocking(), Err(Error::Config(_))));
}
