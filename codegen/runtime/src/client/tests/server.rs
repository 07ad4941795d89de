//! A server that answers by a rule.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// Stops when it is dropped.
pub(crate) struct Server {
    pub(crate) address: String,
    seen: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

/// What to answer to a request; its number counts from 0. Nothing closes the connection without an answer.
type Rule = dyn FnMut(usize, &str) -> String + Send;

impl Server {
    /// Gives one answer after the other, the last one for ever.
    pub(crate) async fn script<const N: usize>(answers: [String; N]) -> Self {
        Self::start(move |number, _| answers[number.min(N - 1)].clone()).await
    }

    pub(crate) async fn start(rule: impl FnMut(usize, &str) -> String + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (rule, log): (Box<Rule>, _) = (Box::new(rule), Arc::clone(&seen));
        let rule = Arc::new(Mutex::new(rule));
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&rule), Arc::clone(&log)));
            }
        });
        Self { address, seen, task }
    }

    /// The requests so far.
    pub(crate) fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }

    pub(crate) fn count(&self) -> usize {
        self.seen.lock().unwrap().len()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Answers the one request of a connection; a client that has gone away does no harm.
async fn serve(mut stream: TcpStream, rule: Arc<Mutex<Box<Rule>>>, log: Arc<Mutex<Vec<String>>>) {
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    while !complete(&request) {
        match stream.read(&mut buffer).await {
            Ok(count @ 1..) => request.extend_from_slice(&buffer[..count]),
            _ => return,
        }
    }
    let request = String::from_utf8(request).unwrap();
    let answer = {
        let mut log = log.lock().unwrap();
        let answer = rule.lock().unwrap()(log.len(), &request);
        log.push(request);
        answer
    };
    let _ = stream.write_all(answer.as_bytes()).await;
    let _ = stream.shutdown().await;
}

fn complete(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    body.len() >= length.map_or(0, |length| length.parse().unwrap())
}
