//! A server that answers by a rule, for what no simulated world would do.

use std::future::Future;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use zendesk_client::{Auth, Client, ClientBuilder, Clock};

/// The time at which scripts are played.
pub(super) const NOW: u64 = 1_772_452_800;

/// A server on loopback; its thread ends with the process.
pub(super) struct Script {
    pub(super) url: String,
    seen: Arc<Mutex<Vec<Request>>>,
}

/// What was asked.
#[derive(Clone, Debug)]
pub(super) struct Request {
    /// Path and query.
    pub(super) target: String,
    pub(super) authorization: String,
    pub(super) body: String,
}

/// What to answer.
pub(super) enum Reply {
    /// A status, with plain text.
    Status(u16, &'static str),
    /// JSON, in which `HOST` stands for the server's own address.
    Json(String),
    /// Nothing, with the connection kept open.
    Silence,
}

impl Script {
    /// Answers each request by a rule, which also learns how many there were before.
    pub(super) fn start(mut rule: impl FnMut(usize, &Request) -> Reply + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (seen, host) = (Arc::new(Mutex::new(Vec::new())), url.clone());
        let log = Arc::clone(&seen);
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
                    Reply::Silence => open.push(stream),
                    Reply::Status(status, text) => write(&mut stream, status, text),
                    Reply::Json(body) => write(&mut stream, 200, &body.replace("HOST", &host)),
                }
            }
        });
        Self { url, seen }
    }

    /// Gives one answer after the other, the last one for ever.
    pub(super) fn pages<const N: usize>(answers: [&str; N]) -> Self {
        let answers = answers.map(str::to_owned);
        Self::start(move |number, _| Reply::Json(answers[number.min(N - 1)].clone()))
    }

    pub(super) fn builder(&self) -> ClientBuilder {
        let auth = Auth::bearer("s3cret-token");
        Client::builder().base_url(&self.url).auth(auth).clock(Arc::new(Steps::default()))
    }

    pub(super) fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    pub(super) fn seen(&self) -> Vec<Request> {
        self.seen.lock().unwrap().clone()
    }

    /// Paths and queries of the requests so far.
    pub(super) fn targets(&self) -> Vec<String> {
        self.seen().into_iter().map(|request| request.target).collect()
    }
}

/// The request of a connection, unless the client went away.
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

/// A client that has gone away does no harm.
fn write(stream: &mut TcpStream, status: u16, body: &str) {
    let length = body.len();
    let head = format!("HTTP/1.1 {status} -\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n");
    let _ = stream.write_all((head + body).as_bytes());
}

/// A clock that moves on only by waits, which take no time but let others run.
#[derive(Debug, Default)]
pub(super) struct Steps(Arc<Mutex<Duration>>);

impl Clock for Steps {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(NOW) + self.monotonic()
    }

    /// It does not begin with nothing, as real ones do not.
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
