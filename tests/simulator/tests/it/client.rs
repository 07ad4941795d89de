//! A minimal HTTP client.

use std::io;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use hyper::{HeaderMap, Request};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use simulator::Simulator;
use tokio::net::TcpStream;

/// A complete response.
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Response {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {:?}", self.body))
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// A request to send.
pub(crate) struct Call<'a> {
    pub(crate) method: &'a str,
    pub(crate) url: &'a str,
    pub(crate) authorization: String,
    pub(crate) host: Option<&'a str>,
    pub(crate) body: Option<Value>,
}

/// Sends a request over a new connection.
pub(crate) async fn send(call: Call<'_>) -> io::Result<Response> {
    let (host, target) = call.url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let stream = TcpStream::connect(host).await?;
    let (mut sender, connection) =
        hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.map_err(io::Error::other)?;
    tokio::spawn(connection);
    let mut request = Request::builder()
        .method(call.method)
        .uri(format!("/{target}"))
        .header(HOST, call.host.unwrap_or(host))
        .header(AUTHORIZATION, call.authorization);
    if call.body.is_some() {
        request = request.header(CONTENT_TYPE, "application/json");
    }
    let body = call.body.map(|body| body.to_string()).unwrap_or_default();
    let request = request.body(Full::new(Bytes::from(body))).unwrap();
    let response = sender.send_request(request).await.map_err(io::Error::other)?;
    let (head, body) = response.into_parts();
    let body = body.collect().await.map_err(io::Error::other)?.to_bytes();
    Ok(Response { status: head.status.as_u16(), headers: head.headers, body })
}

fn bearer(simulator: &Simulator) -> String {
    format!("Bearer {}", simulator.credentials().access_token)
}

/// Sends a GET request to a URL or path.
pub(crate) async fn try_get(simulator: &Simulator, address: &str) -> io::Result<Response> {
    let url =
        if address.starts_with('/') { format!("{}{address}", simulator.url()) } else { address.to_owned() };
    let authorization = bearer(simulator);
    send(Call { method: "GET", url: &url, authorization, host: None, body: None }).await
}

/// Sends a GET request to a URL or path. Panics if there is no response.
pub(crate) async fn get(simulator: &Simulator, address: &str) -> Response {
    try_get(simulator, address).await.unwrap()
}

/// Sends a request with an optional body. Panics if there is no response.
pub(crate) async fn call(simulator: &Simulator, method: &str, path: &str, body: Option<Value>) -> Response {
    let url = format!("{}{path}", simulator.url());
    send(Call { method, url: &url, authorization: bearer(simulator), host: None, body }).await.unwrap()
}

/// Returns the header value of Basic authentication.
pub(crate) fn basic(user: &str, password: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{user}:{password}")))
}
