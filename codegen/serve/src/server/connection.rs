//! One connection: reads requests, and writes responses.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Incoming;
use hyper::header::{HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request as HttpRequest, Response as HttpResponse, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::exchange::Exchange;
use super::fake::FakeServer;
use crate::base::message::{Request, Response};
use crate::responses::problem::problem;

/// The smallest buffer for header fields that hyper has.
const MIN_HEADERS: usize = 8 * 1024;

/// Is called with each exchange.
pub(super) type OnExchange = Arc<dyn Fn(Exchange) + Send + Sync>;

/// Serves a connection until it ends. Its errors are ignored: the client closed it, or sent no HTTP.
pub(super) async fn serve(stream: TcpStream, server: Arc<FakeServer>, on_exchange: OnExchange) {
    let options = server.options();
    let (max_headers, limit) = (options.max_headers.max(MIN_HEADERS), Duration::from_secs(options.timeout));
    let service = service_fn(move |request: HttpRequest<Incoming>| {
        let (server, on_exchange) = (Arc::clone(&server), Arc::clone(&on_exchange));
        async move { Ok::<_, Infallible>(respond(&server, &on_exchange, request).await) }
    });
    let _ = stream.set_nodelay(true);
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limit)
        .max_buf_size(max_headers)
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

async fn respond(
    server: &FakeServer,
    on_exchange: &OnExchange,
    request: HttpRequest<Incoming>,
) -> HttpResponse<Full<Bytes>> {
    let options = server.options();
    let (head, body) = request.into_parts();
    let limited = Limited::new(body, options.max_body).collect();
    let body = match timeout(Duration::from_secs(options.timeout), limited).await {
        Ok(Ok(body)) => body.to_bytes().to_vec(),
        Ok(Err(_)) => return written(problem(413, "The body is too large, or incomplete", &[])),
        Err(_) => return written(problem(408, "The body arrives too slowly", &[])),
    };
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let request = Request {
        method: head.method.as_str().to_owned(),
        target: head.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string),
        headers: head.headers.iter().map(|(name, value)| (name.to_string(), text(value))).collect(),
        body,
    };
    let exchange = server.respond(request);
    let response = exchange.response.clone();
    on_exchange(exchange);
    written(response)
}

fn written(response: Response) -> HttpResponse<Full<Bytes>> {
    let status = StatusCode::from_u16(response.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut written = HttpResponse::new(Full::new(Bytes::from(response.body)));
    *written.status_mut() = status;
    for (name, value) in response.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            written.headers_mut().append(name, value);
        }
    }
    written
}
