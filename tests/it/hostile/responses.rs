//! Responses without an end, and those that grow when they are read: each is an error of its own kind after one request,
//! and takes at most the documented memory.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// The default of `max_response_size`, in KiB.
const MAXIMUM: u64 = 128 << 10;
/// What a client may take beyond the body: its buffers, and the memory of the connection.
const REST: u64 = 48 << 10;

/// A response: its beginning, and what follows until the client closes the connection.
struct Endless {
    head: Vec<u8>,
    rest: Vec<u8>,
}

impl Endless {
    fn new(head: impl Into<Vec<u8>>, rest: impl Into<Vec<u8>>) -> Self {
        Self { head: head.into(), rest: rest.into() }
    }

    /// Writes the response to a connection. Its end is that of the connection.
    fn write(&self, mut connection: TcpStream) -> std::io::Result<()> {
        let mut request = Vec::new();
        let mut buffer = [0; 4096];
        while !request.windows(4).any(|window| window == b"\r\n\r\n") {
            let count = connection.read(&mut buffer)?;
            if count == 0 {
                return Ok(());
            }
            request.extend_from_slice(&buffer[..count]);
        }
        connection.write_all(&self.head)?;
        while !self.rest.is_empty() {
            connection.write_all(&self.rest)?;
        }
        Ok(())
    }
}

/// What a client makes of a response.
struct Outcome {
    kind: String,
    requests: usize,
    /// In KiB.
    memory: u64,
}

fn outcome(response: Endless, arguments: &[&str]) -> Outcome {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let requests = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&requests);
    // The thread ends with the test process.
    thread::spawn(move || {
        for connection in listener.incoming() {
            counted.fetch_add(1, Ordering::SeqCst);
            // The client closes the connection.
            let _ = connection.and_then(|connection| response.write(connection));
        }
    });
    let output = Command::new(env!("CARGO_BIN_EXE_one_response")).arg(url).args(arguments).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let words: Vec<_> = text.split_whitespace().collect();
    let [kind, before, peak] = words[..] else { panic!("{text}{}", String::from_utf8_lossy(&output.stderr)) };
    let number = |text: &str| text.parse::<u64>().unwrap();
    let memory = number(peak) - number(before);
    Outcome { kind: kind.to_owned(), requests: requests.load(Ordering::SeqCst), memory }
}

#[track_caller]
fn check(name: &str, response: Endless, kind: &str, memory: u64) {
    let outcome = outcome(response, &[]);
    println!("{name}: {}, {} requests, {} KiB", outcome.kind, outcome.requests, outcome.memory);
    assert_eq!((outcome.kind.as_str(), outcome.requests), (kind, 1), "{name}");
    assert!(outcome.memory <= memory, "{name}: {} KiB", outcome.memory);
}

/// Compressed zeros: each 13 bits stand for 258 of them (RFC 1951, section 3.2.6).
fn bomb(bytes: usize) -> Vec<u8> {
    let (mut out, mut bits, mut count) = (vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255], 0_u32, 0);
    let mut put = |value: u32, length: u32| {
        bits |= value << count;
        count += length;
        while count >= 8 {
            out.push((bits & 255) as u8);
            bits >>= 8;
            count -= 8;
        }
    };
    // The last block, with fixed codes, and a literal zero: the code 0011 0000, most significant bit first.
    put(0b011, 3);
    put(0b0000_1100, 8);
    for _ in 0..bytes / 258 {
        // Length 258: 1100 0101. Distance 1: five zeros.
        put(0b1010_0011, 8);
        put(0, 5);
    }
    put(0, 7);
    put(0, 7);
    out
}

#[test]
fn bodies_without_an_end_take_at_most_the_maximum() {
    let spaces = vec![b' '; 64 << 10];
    let chunk = [b"10000\r\n".as_slice(), &spaces, b"\r\n"].concat();
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
    check("until closed", Endless::new(format!("{head}\r\n{{"), spaces.clone()), "TooLarge", MAXIMUM + REST);
    let chunked = format!("{head}transfer-encoding: chunked\r\n\r\n");
    check("chunks", Endless::new(chunked, chunk), "TooLarge", MAXIMUM + REST);
    let events = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n";
    check("events", Endless::new(events, b"data: {\"a\": 1}\n\n".repeat(4096)), "TooLarge", MAXIMUM + REST);
    let declared = format!("{head}content-length: 99999999999\r\n\r\n");
    check("declared", Endless::new(declared, spaces), "TooLarge", REST);
}

#[test]
fn heads_without_an_end_are_bounded() {
    let fields = "a: b\r\n".repeat(1 << 12);
    let head = "HTTP/1.1 200 OK\r\n";
    check(
        "a million headers",
        Endless::new(head.to_owned() + &fields.repeat(250), fields.clone()),
        "TooLarge",
        REST,
    );
    let long = format!("{head}a: ");
    check("a long header", Endless::new(long, vec![b'b'; 64 << 10]), "TooLarge", REST);
    let chunked = format!("{head}transfer-encoding: chunked\r\n\r\n");
    let trailers = format!("{chunked}2\r\n{{}}\r\n0\r\n");
    let one = outcome(Endless::new(trailers, fields), &[]);
    assert!(one.memory <= REST, "trailers: {} KiB", one.memory);
    let extension = format!("{chunked}2;");
    let one = outcome(Endless::new(extension, vec![b'a'; 64 << 10]), &[]);
    assert!(one.memory <= REST, "a chunk extension: {} KiB", one.memory);
}

#[test]
fn bodies_that_grow_when_they_are_read_are_bounded() {
    let bytes = bomb(1 << 30);
    let head = "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n";
    let length = format!("{head}content-length: {}\r\n\r\n", bytes.len());
    let memory = bytes.len() as u64 / 1024 + REST;
    check("a compressed gigabyte", Endless::new([length.into_bytes(), bytes].concat(), []), "Decode", memory);
    let levels = 1_000_000;
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        12 + levels
    );
    let body = format!("{head}{{\"tickets\": {}", "[".repeat(levels));
    check("a million levels", Endless::new(body, []), "Decode", REST);
}

#[test]
fn error_responses_and_redirects_without_an_end_are_bounded() {
    let spaces = vec![b' '; 64 << 10];
    check(
        "an error response",
        Endless::new("HTTP/1.1 400 Bad Request\r\n\r\n{", spaces.clone()),
        "Status",
        REST,
    );
    let redirect = "HTTP/1.1 302 Found\r\nlocation: /again\r\ncontent-length: 0\r\n\r\n";
    check("a redirect", Endless::new(redirect, []), "Redirect", REST);
    let tokens = outcome(Endless::new("HTTP/1.1 200 OK\r\n\r\n{", spaces), &["oauth"]);
    assert_eq!((tokens.kind.as_str(), tokens.requests), ("Token", 1));
    assert!(tokens.memory <= MAXIMUM + REST, "tokens: {} KiB", tokens.memory);
}
