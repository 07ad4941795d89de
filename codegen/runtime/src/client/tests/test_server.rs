//! A server with scripted responses.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A server that stops when it is dropped.
pub(crate) struct TestServer {
    pub(crate) url: String,
    requests: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

/// Returns the response to a request, whose number counts from 0. An empty one closes the connection.
type Rule = dyn FnMut(usize, &str) -> Vec<u8> + Send;

impl TestServer {
    /// Starts a server that returns one response after the other, and then repeats the last one.
    pub(crate) async fn responding<R, const N: usize>(responses: [R; N]) -> Self
    where
        R: Into<Vec<u8>> + Clone + Send + 'static,
    {
        Self::start(move |number, _| responses[number.min(N - 1)].clone()).await
    }

    pub(crate) async fn start<R: Into<Vec<u8>>>(
        mut rule: impl FnMut(usize, &str) -> R + Send + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let rule: Box<Rule> = Box::new(move |number, request| rule(number, request).into());
        let log = Arc::clone(&requests);
        let rule = Arc::new(Mutex::new(rule));
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&rule), Arc::clone(&log)));
            }
        });
        Self { url, requests, task }
    }

    /// Returns the requests so far.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    pub(crate) fn count(&self) -> usize {
        self.requests.lock().unwrap().len()
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Responds to the one request of a connection. Ignores that the client has closed it.
async fn serve(mut stream: TcpStream, rule: Arc<Mutex<Box<Rule>>>, log: Arc<Mutex<Vec<String>>>) {
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    while !is_complete(&request) {
        match stream.read(&mut buffer).await {
            Ok(count @ 1..) => request.extend_from_slice(&buffer[..count]),
            _ => return,
        }
    }
    let request = String::from_utf8(request).unwrap();
    let response = {
        let mut log = log.lock().unwrap();
        let response = rule.lock().unwrap()(log.len(), &request);
        log.push(request);
        response
    };
    let _ = stream.write_all(&response).await;
    let _ = stream.shutdown().await;
}

fn is_complete(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    body.len() >= length.map_or(0, |length| length.parse().unwrap())
}
