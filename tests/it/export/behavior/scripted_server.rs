//! A server whose responses are given by a function, for cases that the simulator doesn't have.

use std::future::Future;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use zendesk_client::{Auth, Client, ClientBuilder, Clock};

/// The time of scripted servers, in Unix seconds.
pub(super) const NOW: u64 = 1_772_452_800;

/// A server on loopback. Its thread ends with the process.
pub(in crate::export) struct ScriptedServer {
    pub(in crate::export) url: String,
    requests: Arc<Mutex<Vec<Request>>>,
}

/// A received request.
#[derive(Clone, Debug)]
pub(super) struct Request {
    /// The path and query.
    pub(super) target: String,
    pub(super) authorization: String,
    pub(super) body: String,
}

/// The response to send.
pub(super) enum ScriptedResponse {
    /// A status with a plain-text body.
    Status(u16, &'static str),
    /// JSON. `HOST` in it is replaced by the server's own base URL.
    Json(String),
    /// Bytes that may not be text.
    Bytes(Vec<u8>),
    /// No response, with the connection kept open.
    Silence,
}

impl ScriptedServer {
    /// Starts a server that responds by a rule, given the number of earlier requests and the request.
    pub(super) fn start(mut rule: impl FnMut(usize, &Request) -> ScriptedResponse + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (requests, host) = (Arc::new(Mutex::new(Vec::new())), url.clone());
        let log = Arc::clone(&requests);
        thread::spawn(move || {
            let mut open = Vec::new();
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let Some(request) = read(&mut stream) else { continue };
                let number = {
                    let mut log = log.lock().unwrap();
                    log.push(request.clone());
                    log.len() - 1
                };
                match rule(number, &request) {
                    ScriptedResponse::Silence => open.push(stream),
                    ScriptedResponse::Status(status, text) => write(&mut stream, status, text.as_bytes()),
                    ScriptedResponse::Json(body) => {
                        write(&mut stream, 200, body.replace("HOST", &host).as_bytes());
                    }
                    ScriptedResponse::Bytes(body) => write(&mut stream, 200, &body),
                }
            }
        });
        Self { url, requests }
    }

    /// Starts a server that sends these JSON bodies in turn, and repeats the last one.
    pub(in crate::export) fn pages<const N: usize>(bodies: [&str; N]) -> Self {
        let bodies = bodies.map(str::to_owned);
        Self::start(move |number, _| ScriptedResponse::Json(bodies[number.min(N - 1)].clone()))
    }

    pub(super) fn builder(&self) -> ClientBuilder {
        let auth = Auth::bearer("s3cret-token");
        Client::builder().base_url(&self.url).auth(auth).clock(Arc::new(SteppingClock::default()))
    }

    pub(super) fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    pub(super) fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }

    /// Returns the paths and queries of the requests so far.
    pub(super) fn targets(&self) -> Vec<String> {
        self.requests().into_iter().map(|request| request.target).collect()
    }
}

/// Reads a request; returns `None` if the client closed the connection.
fn read(stream: &mut TcpStream) -> Option<Request> {
    let (mut bytes, mut buffer) = (Vec::new(), [0; 4096]);
    loop {
        let text = String::from_utf8_lossy(&bytes);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let header =
                |name: &str| head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
            if body.len() >= header("content-length").map_or(0, |length| length.parse().unwrap()) {
                return Some(Request {
                    target: head.split(' ').nth(1).unwrap().to_owned(),
                    authorization: header("authorization").unwrap_or_default().to_owned(),
                    body: body.to_owned(),
                });
            }
        }
        match stream.read(&mut buffer) {
            Ok(count @ 1..) => bytes.extend_from_slice(&buffer[..count]),
            _ => return None,
        }
    }
}

/// Writes a response. Ignores errors: the client may have closed the connection.
fn write(stream: &mut TcpStream, status: u16, body: &[u8]) {
    let length = body.len();
    let head = format!("HTTP/1.1 {status} -\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n");
    let _ = stream.write_all(&[head.as_bytes(), body].concat());
}

/// A clock that only waits advance. They take no time, but let other tasks run.
#[derive(Debug, Default)]
pub(super) struct SteppingClock(Arc<Mutex<Duration>>);

impl Clock for SteppingClock {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(NOW) + self.monotonic()
    }

    /// Starts at a minute, as the start of a real monotonic clock is arbitrary, too.
    fn monotonic(&self) -> Duration {
        Duration::from_mins(1) + *self.0.lock().unwrap()
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        let time = Arc::clone(&self.0);
        Box::pin(async move {
            tokio::task::yield_now().await;
            let mut time = time.lock().unwrap();
            *time = time.saturating_add(duration).min(Duration::from_secs(1 << 40));
        })
    }
}
