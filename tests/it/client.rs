//! Every operation over HTTP: the request that the client sends, and the response that it decodes.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::JoinHandle;

use serde_json::Value;
use zendesk_client::{Auth, Client, RetryPolicy};

use crate::cases::{Call, calls};
use crate::project;

/// A request that the server received.
struct ReceivedRequest {
    line: String,
    headers: Vec<(String, String)>,
    body: String,
}

impl ReceivedRequest {
    fn read(stream: &TcpStream) -> Self {
        let mut reader = BufReader::new(stream);
        let mut next = || {
            let mut line = String::new();
            reader.read_line(&mut line).unwrap();
            line.trim_end().to_owned()
        };
        let line = next();
        let mut headers = Vec::new();
        loop {
            let header = next();
            let Some((name, value)) = header.split_once(": ") else { break };
            headers.push((name.to_lowercase(), value.to_owned()));
        }
        let length = headers.iter().find(|(name, _)| name == "content-length");
        let mut body = vec![0; length.map_or(0, |(_, value)| value.parse().unwrap())];
        reader.read_exact(&mut body).unwrap();
        Self { line, headers, body: String::from_utf8(body).unwrap() }
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// Serves one response on a loopback port. Returns the URL, and a handle that gives the request.
fn serve(status: &'static str, body: String) -> (String, JoinHandle<ReceivedRequest>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let received = ReceivedRequest::read(&stream);
        let head =
            format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(body.as_bytes()).unwrap();
        received
    });
    (url, server)
}

fn client(url: String) -> Client {
    Client::builder().base_url(url).auth(Auth::bearer("s3cret")).retry(RetryPolicy::none()).build().unwrap()
}

/// Returns the description's example of the successful response to an operation; empty if it has no content.
fn example_response(call: &Call) -> String {
    let tree = &project::output().patched;
    let (_, operation) =
        project::output().api.operations().find(|(_, found)| found.id == call.operation).unwrap();
    let responses = &tree.pointer(&operation.pointer.to_path()).unwrap()["responses"];
    let success =
        responses.as_object().unwrap().iter().find(|(status, _)| status.starts_with('2')).unwrap().1;
    let example = &success["content"]["application/json"]["examples"]["default"];
    let example = match example["$ref"].as_str() {
        Some(reference) => tree.pointer(&reference[1..]).unwrap(),
        None => example,
    };
    if call.reencode.is_some() { example["value"].to_string() } else { String::new() }
}

#[test]
fn every_operation_sends_its_request_and_decodes_its_response() {
    for call in calls() {
        let response = example_response(&call);
        let (url, server) = serve("200 OK", response.clone());
        let sent = (call.send)(&client(url)).unwrap_or_else(|error| panic!("{}: {error}", call.operation));
        let received = server.join().unwrap();
        let (line, body) = call.wire.split_once('\n').unwrap_or((&call.wire, ""));
        assert_eq!(received.line, format!("{line} HTTP/1.1"), "{}", call.operation);
        assert_eq!(received.body, body, "{}", call.operation);
        assert_eq!(received.header("authorization"), Some("Bearer s3cret"), "{}", call.operation);
        let content_type = (!body.is_empty()).then_some("application/json");
        assert_eq!(received.header("content-type"), content_type, "{}", call.operation);
        let expected =
            call.reencode.map(|reencode| reencode(response.as_bytes()).unwrap()).unwrap_or_default();
        assert_eq!(sent, expected, "{}", call.operation);
    }
}

/// The errors of the description's error examples. Their messages contain the code, and never the token.
#[test]
fn an_error_response_becomes_an_error_with_its_code() {
    let tree = &project::output().patched;
    let mut errors = Vec::new();
    for (_, operation) in project::output().api.operations() {
        let responses = &tree.pointer(&operation.pointer.to_path()).unwrap()["responses"];
        for (status, response) in
            responses.as_object().unwrap().iter().filter(|(status, _)| !status.starts_with('2'))
        {
            let examples = response["content"]["application/json"]["examples"].as_object().unwrap();
            for (name, example) in examples {
                errors.push(format!("{status} {name}: {}", error(status, &example["value"])));
            }
        }
    }
    assert!(errors.iter().all(|text| !text.contains("s3cret")));
    insta::assert_snapshot!(errors.join("\n\n"));
}

/// Returns the message of the error that a response gives.
fn error(status: &str, body: &Value) -> String {
    let status: &'static str = Box::leak(format!("{status} Error").into_boxed_str());
    let (url, server) = serve(status, body.to_string());
    let call = calls().into_iter().next().unwrap();
    let error = (call.send)(&client(url)).unwrap_err();
    server.join().unwrap();
    error
}
