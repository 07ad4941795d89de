//! The driver of the table of the standards: for each row, it sends a request to a server with scripted responses, and
//! prints what was sent and what was read as one line of JSON.

mod rows;

use std::any::Any;
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::future::{Future, ready};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use clientwright_runtime::blocking::Client;
use clientwright_runtime::{Clock, Error, IntoRequest, Map, Value};

/// What a row printed: names and texts.
type Seen = Vec<(&'static str, String)>;

fn main() {
    std::panic::set_hook(Box::new(|_| {}));
    let server = Server::start();
    for (id, row) in rows::ROWS {
        let outcome = catch_unwind(AssertUnwindSafe(|| row(&server))).unwrap_or_else(|panic| panicked(&panic));
        println!("{}", Value::Array(vec![Value::from(*id), Value::Object(outcome)]));
    }
}

fn panicked(panic: &Box<dyn Any + Send>) -> Map<String, Value> {
    let text = panic.downcast_ref::<String>().cloned();
    let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
    Map::from_iter([("panic".to_owned(), Value::from(text.unwrap_or_default()))])
}

/// Parses JSON.
pub fn json(text: &str) -> Value {
    text.parse().expect("the row contains JSON")
}

/// Returns a map of integers.
pub fn map<const N: usize>(entries: [(&str, i64); N]) -> BTreeMap<String, i64> {
    entries.map(|(name, value)| (name.to_owned(), value)).into()
}

/// Returns the text for the debug output of a value.
pub fn debug(value: impl Debug) -> String {
    format!("{value:?}")
}

/// A proxy that responds to the requests of one row after the other.
#[derive(Clone)]
pub struct Server {
    pub url: String,
    script: Arc<Mutex<Script>>,
}

#[derive(Default)]
struct Script {
    responses: Vec<&'static [u8]>,
    requests: Vec<Value>,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let url = format!("http://{}", listener.local_addr().expect("the socket is bound"));
        let script = Arc::new(Mutex::new(Script::default()));
        let shared = Arc::clone(&script);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let _ = respond(stream.expect("a connection"), &shared);
            }
        });
        Self { url, script }
    }

    /// Returns a clock that doesn't wait.
    pub fn clock(&self) -> Arc<dyn Clock> {
        Arc::new(FastClock::default())
    }

    /// Sends the request of a row, and returns what was sent and what `see` read from the response.
    pub fn run<R: IntoRequest>(
        &self,
        responses: &[&'static [u8]],
        client: Result<Client, Error>,
        request: R,
        see: impl FnOnce(R::Output) -> Seen,
        explain: impl FnOnce(&Error) -> Seen,
    ) -> Map<String, Value> {
        *self.script.lock().unwrap() = Script { responses: responses.to_vec(), requests: Vec::new() };
        match client.and_then(|client| client.send(request)) {
            Ok(value) => self.outcome(see(value), None),
            Err(error) => self.outcome(explain(&error), Some(&error)),
        }
    }

    fn outcome(&self, seen: Seen, error: Option<&Error>) -> Map<String, Value> {
        let requests = std::mem::take(&mut self.script.lock().unwrap().requests);
        let seen = seen.into_iter().map(|(name, text)| (name.to_owned(), Value::from(text))).collect();
        let mut outcome = Map::new();
        outcome.insert("requests".to_owned(), Value::Array(requests));
        outcome.insert("seen".to_owned(), Value::Object(seen));
        outcome.extend(error.map(|error| ("error".to_owned(), Value::Object(described(error)))));
        outcome
    }
}

fn described(error: &Error) -> Map<String, Value> {
    let texts = [("kind", debug(error.kind())), ("message", format!("{error:#}"))];
    let mut map: Map<_, _> =
        texts.into_iter().map(|(name, text)| (name.to_owned(), Value::from(text))).collect();
    map.insert("status".to_owned(), error.status().map_or(Value::Null, Value::from));
    map
}

/// Reads a request, and responds with the next response of the script. The last one is repeated.
fn respond(mut stream: TcpStream, script: &Mutex<Script>) -> std::io::Result<()> {
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    let body = loop {
        if let Some(start) = complete(&request) {
            break start;
        }
        match stream.read(&mut buffer)? {
            0 => return Ok(()),
            count => request.extend_from_slice(&buffer[..count]),
        }
    };
    let response = {
        let mut script = script.lock().unwrap();
        let last = script.responses.len() - 1;
        let response = script.responses[script.requests.len().min(last)];
        script.requests.push(Value::Array(vec![text(&request[..body]), text(&request[body..])]));
        response
    };
    stream.write_all(response)?;
    stream.shutdown(std::net::Shutdown::Write)
}

fn text(bytes: &[u8]) -> Value {
    str::from_utf8(bytes).map_or_else(|_| Value::from(bytes.escape_ascii().to_string()), Value::from)
}

/// Returns the start of the body, if the request is complete.
fn complete(request: &[u8]) -> Option<usize> {
    let end = request.windows(4).position(|bytes| bytes == b"\r\n\r\n")?;
    let (head, body) = (&request[..end], &request[end + 4..]);
    let head = String::from_utf8_lossy(head).to_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).map(|length| length.parse());
    let is_complete = match length {
        Some(length) => body.len() >= length.unwrap_or(0),
        None => !head.contains("transfer-encoding: chunked") || body.ends_with(b"0\r\n\r\n"),
    };
    is_complete.then_some(end + 4)
}

/// A clock in which time passes only while the client waits, and then at once.
#[derive(Debug, Default)]
struct FastClock {
    passed: Mutex<Duration>,
}

impl Clock for FastClock {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000) + self.monotonic()
    }

    fn monotonic(&self) -> Duration {
        *self.passed.lock().unwrap()
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        *self.passed.lock().unwrap() += duration;
        Box::pin(ready(()))
    }
}
