//! Memory doesn't grow with the size of a download, an upload or a stream of events.
//!
//! The memory in use is sampled with each chunk or event, in a binary of its own, as all threads of a process share the counts.
//! `FLAT_SCALE=64` uses 4 GiB and more than a million events; the default is 64 MiB and 20,000 events.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed step is a failed test")]

use std::alloc::System;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Mutex;
use std::thread::JoinHandle;

use clientwright_runtime::{Api, Auth, Client, Events, Operation, Request, RetryPolicy, Upload, Value};
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

static API: Api = Api::new("flat/1");
static DOWNLOAD: Operation = Operation::get("Download", "/file").accepts("*/*");
static UPLOAD: Operation = Operation::put("Upload", "/file");
static EVENTS: Operation = Operation::get("Events", "/events").accepts("text/event-stream");

/// One test at a time: the memory of the others would be counted.
static ALONE: Mutex<()> = Mutex::new(());

const MIB: u64 = 1 << 20;
/// The memory that a body of any size may need.
const MAXIMUM: usize = 8 << 20;

fn scale() -> u64 {
    std::env::var("FLAT_SCALE").ok().and_then(|scale| scale.parse().ok()).unwrap_or(1)
}

/// Returns the memory that is in use.
fn in_use() -> usize {
    let stats = ALLOCATOR.stats();
    stats.bytes_allocated.saturating_sub(stats.bytes_deallocated)
}

/// Starts a server that handles the connections one after the other, and returns what the last one gives.
fn serve<T: Send + 'static>(
    connections: usize,
    handle: impl Fn(TcpStream) -> T + Send + 'static,
) -> (Client, JoinHandle<Vec<T>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server =
        std::thread::spawn(move || (0..connections).map(|_| handle(listener.accept().unwrap().0)).collect());
    let client = Client::builder(&API).base_url(url).auth(Auth::none()).retry(RetryPolicy::none());
    (client.build().unwrap(), server)
}

/// Reads the head of a request, and what follows it in the same read.
fn head(stream: &mut TcpStream) -> (String, usize) {
    let mut text = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let count = stream.read(&mut buffer).unwrap();
        text.extend_from_slice(&buffer[..count]);
        if let Some(end) = text.windows(4).position(|window| window == b"\r\n\r\n") {
            let rest = text.len() - end - 4;
            text.truncate(end);
            return (String::from_utf8(text).unwrap(), rest);
        }
    }
}

fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

/// Sends a body of a number of bytes. Returns how many of them were sent.
fn send_file(mut stream: TcpStream, length: u64) -> u64 {
    head(&mut stream);
    write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n").unwrap();
    let chunk = vec![b'a'; 1 << 20];
    let mut sent = 0;
    while sent < length && stream.write_all(&chunk).is_ok() {
        sent += chunk.len() as u64;
    }
    sent
}

#[test]
fn a_download_needs_no_more_memory_for_more_bytes() {
    let _alone = ALONE.lock();
    let length = 64 * MIB * scale();
    let (client, server) = serve(1, move |stream| send_file(stream, length));
    let (received, peak) = run(async {
        let start = in_use();
        let mut download = client.download(Request::bytes(&DOWNLOAD)).await.unwrap();
        let mut peak = 0;
        while download.chunk().await.unwrap().is_some() {
            peak = peak.max(in_use().saturating_sub(start));
        }
        (download.received(), peak)
    });
    assert_eq!((received, server.join().unwrap()), (length, vec![length]));
    println!("download of {} MiB: {} KiB", length / MIB, peak >> 10);
    assert!(peak < MAXIMUM, "{peak}");
}

#[test]
fn a_download_that_is_dropped_frees_all_and_closes_its_connection() {
    const CONNECTIONS: usize = 20;
    let _alone = ALONE.lock();
    let length = 1024 * MIB;
    let (client, server) = serve(CONNECTIONS, move |stream| send_file(stream, length));
    let grown = run(async {
        let mut after_first = 0;
        for number in 0..CONNECTIONS {
            let mut download = client.download(Request::bytes(&DOWNLOAD)).await.unwrap();
            while download.received() < 4 * MIB {
                download.chunk().await.unwrap();
            }
            drop(download);
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            if number == 1 {
                after_first = in_use();
            }
        }
        in_use().saturating_sub(after_first)
    });
    assert!(server.join().unwrap().iter().all(|sent| *sent < length));
    println!("{CONNECTIONS} dropped downloads: {} KiB", grown >> 10);
    assert!(grown < 1 << 20, "{grown}");
}

#[test]
fn an_upload_needs_no_more_memory_for_more_bytes() {
    let _alone = ALONE.lock();
    let length = 64 * MIB * scale();
    let (client, server) = serve(1, move |mut stream| {
        let (head, rest) = head(&mut stream);
        assert!(head.contains(&format!("content-length: {length}")), "{head}");
        let mut received = rest as u64;
        let mut buffer = vec![0; 1 << 16];
        let mut peak = 0;
        while received < length {
            received += stream.read(&mut buffer).unwrap() as u64;
            peak = peak.max(in_use());
        }
        stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").unwrap();
        (received, peak)
    });
    let start = in_use();
    run(async {
        let body = Upload::read(std::io::repeat(b'a').take(length)).with_length(length);
        let request: Request<()> = Request::new(&UPLOAD).raw(body, "application/octet-stream");
        client.send(request.with_options(no_timeout())).await.unwrap();
    });
    let [(received, peak)] = server.join().unwrap().try_into().unwrap();
    let peak: usize = peak;
    println!("upload of {} MiB: {} KiB", length / MIB, peak.saturating_sub(start) >> 10);
    assert_eq!(received, length);
    assert!(peak.saturating_sub(start) < MAXIMUM, "{peak}");
}

fn no_timeout() -> clientwright_runtime::RequestOptions {
    clientwright_runtime::RequestOptions::new().timeout(std::time::Duration::from_hours(1))
}

#[test]
fn a_stream_needs_no_more_memory_for_more_events() {
    let _alone = ALONE.lock();
    let count = 20_000 * scale();
    let (client, server) = serve(1, move |mut stream| {
        head(&mut stream);
        stream
            .write_all(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n")
            .unwrap();
        let mut stream = std::io::BufWriter::new(stream);
        for number in 0..count {
            write!(
                stream,
                "id: {number}\ndata: {{\"number\":{number},\"text\":\"some text of an event\"}}\n\n"
            )
            .unwrap();
        }
        stream.flush().unwrap();
    });
    let (received, peak) = run(async {
        let start = in_use();
        let mut events = client.stream(Request::<Events<Value>>::events(&EVENTS)).await.unwrap();
        let (mut received, mut peak) = (0, 0);
        while let Some(event) = events.next().await {
            assert_eq!(event.unwrap()["number"], received);
            received += 1;
            peak = peak.max(in_use().saturating_sub(start));
        }
        (received, peak)
    });
    server.join().unwrap();
    println!("{count} events: {} KiB", peak >> 10);
    assert_eq!(received, count);
    assert!(peak < MAXIMUM, "{peak}");
}
