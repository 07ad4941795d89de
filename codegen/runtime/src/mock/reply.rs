//! What a mock does with a request.

use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderName, HeaderValue};

use crate::encode::text::encode;
use crate::model::node::Node;
use crate::transport::{Body, HttpResponse, TransportError};

/// What a [`Mock`](super::Mock) does with a request: a response or a fault, after a delay.
#[derive(Clone, Debug)]
#[must_use]
pub struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    delay: Duration,
    fault: Option<Fault>,
}

/// A failure of the transport.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// No connection could be established.
    Connect,
    /// A timeout expired.
    Timeout,
    /// The connection was closed before a response arrived.
    Interrupted,
    /// The connection was closed within the body.
    Incomplete,
}

impl Reply {
    /// Creates a response without content.
    pub fn status(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Vec::new(), delay: Duration::ZERO, fault: None }
    }

    /// Creates a response with content.
    pub fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let body = body.into();
        Self { body, ..Self::status(status) }.header(CONTENT_TYPE.as_str(), content_type)
    }

    /// Creates a response with JSON.
    pub fn json(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self::new(status, "application/json", body)
    }

    /// Creates a response with a value as JSON. A value that can't be encoded fails the request.
    pub fn of(status: u16, value: &impl Node) -> Self {
        encode(value).map_or_else(|_| Self::fault(Fault::Incomplete), |json| Self::json(status, json))
    }

    /// Creates a failure.
    pub fn fault(fault: Fault) -> Self {
        Self { fault: Some(fault), ..Self::status(200) }
    }

    /// Adds a header.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Sets how long the reply takes.
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Waits for the delay, and returns the response or the failure.
    pub(super) async fn send(self) -> Result<HttpResponse, TransportError> {
        if !self.delay.is_zero() {
            tokio::time::sleep(self.delay).await;
        }
        let closed = || std::io::Error::from(std::io::ErrorKind::ConnectionReset);
        let is_cut = match self.fault {
            Some(Fault::Connect) => return Err(TransportError::connect(closed())),
            Some(Fault::Timeout) => return Err(TransportError::timeout()),
            Some(Fault::Interrupted) => return Err(TransportError::interrupted(closed())),
            Some(Fault::Incomplete) => true,
            None => false,
        };
        self.response(is_cut).ok_or_else(|| TransportError::rejected("the reply of the mock is not valid"))
    }

    fn response(self, is_cut: bool) -> Option<HttpResponse> {
        let body = if is_cut { Body::wrap(CutBody(Some(self.body))) } else { self.body.into() };
        let mut response = http::Response::new(body);
        *response.status_mut() = http::StatusCode::from_u16(self.status).ok()?;
        for (name, value) in self.headers {
            let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
            response.headers_mut().append(name, HeaderValue::from_str(&value).ok()?);
        }
        Some(response)
    }
}

/// A body that fails after its bytes.
struct CutBody(Option<Vec<u8>>);

impl http_body::Body for CutBody {
    type Data = bytes::Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<bytes::Bytes>, std::io::Error>>> {
        let frame = match self.0.take() {
            Some(bytes) => Ok(http_body::Frame::data(bytes.into())),
            None => Err(std::io::ErrorKind::UnexpectedEof.into()),
        };
        std::task::Poll::Ready(Some(frame))
    }
}
