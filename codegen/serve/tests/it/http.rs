//! The fake server over HTTP on loopback.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use clientwright_serve::{FakeServer, ListeningServer, ServeOptions};
use serde_json::json;

use crate::documents::document;

fn start(options: ServeOptions) -> ListeningServer {
    let body = json!({"content": {"text/plain": {"schema": {"type": "string"}}}});
    let responses = json!({"200": {"description": "", "content": {"text/plain": {"example": "done"}}}});
    let tree = document("/a", &json!({"post": {"requestBody": body, "responses": responses}}));
    ListeningServer::start(FakeServer::new(&tree, options), 0).unwrap()
}

/// Sends bytes, and returns all that arrives until the connection ends.
fn send(server: &ListeningServer, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(server.url().strip_prefix("http://").unwrap()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    // The server may close the connection before all is written.
    let _ = stream.write_all(bytes);
    let mut received = Vec::new();
    let _ = stream.read_to_end(&mut received);
    String::from_utf8_lossy(&received).into_owned()
}

#[test]
fn a_request_gets_its_response() {
    let server = start(ServeOptions::default());
    assert!(server.url().starts_with("http://127.0.0.1:"));
    let request = b"POST /a HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: text/plain\r\ncontent-length: 2\r\n\r\nhi";
    let response = send(&server, request);
    assert!(
        response.starts_with("HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n")
            && response.ends_with("\r\n\r\ndone"),
        "{response}"
    );
    let exchanges = server.take_exchanges();
    assert_eq!(exchanges[0].request.body, b"hi");
    assert_eq!(exchanges[0].operation, Some(("POST".to_owned(), "/a".to_owned())));
    assert!(server.take_exchanges().is_empty());
}

#[test]
fn large_requests_are_rejected() {
    let options = ServeOptions::default().with_limits(100, 8 * 1024);
    let server = start(options);
    let head = "POST /a HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: text/plain\r\ncontent-length: 101\r\n\r\n";
    let response = send(&server, &[head.as_bytes(), &[b'x'; 101]].concat());
    assert!(response.starts_with("HTTP/1.1 413 "), "{response}");
    let large = format!("POST /a HTTP/1.1\r\nhost: x\r\nx-large: {}\r\n\r\n", "x".repeat(20_000));
    let response = send(&server, large.as_bytes());
    assert!(response.starts_with("HTTP/1.1 431 "), "{response}");
}

#[test]
fn a_slow_client_is_disconnected() {
    let server = start(ServeOptions::default().with_timeout(1));
    let response = send(&server, b"POST /a HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: text/plain\r\ncontent-length: 9\r\n\r\nhi");
    assert!(response.starts_with("HTTP/1.1 408 "), "{response}");
    assert_eq!(send(&server, b"POST /a HTTP/1.1\r\nhost: x\r\n"), "");
}

#[test]
fn a_stopped_server_frees_its_port() {
    let server = start(ServeOptions::default());
    let port = server.url().rsplit(':').next().unwrap().parse().unwrap();
    drop(server);
    let tree = document("/a", &json!({}));
    assert!(ListeningServer::start(FakeServer::new(&tree, ServeOptions::default()), port).is_ok());
}
