//! Two listeners on loopback: one for the server, and one for the other host, which no client should reach.

use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request as HttpRequest, Response as HttpResponse};
use hyper_util::rt::TokioIo;
use socket2::Socket;
use tokio::sync::oneshot;

use crate::http::Request;
use crate::lock::lock;
use crate::request_log::OtherHostRequest;
use crate::server::Server;

use super::wire::{self, Body};

/// Serves until `stop` fires.
///
/// # Errors
///
/// Returns an error if a listener can't be used.
pub(crate) async fn serve(
    server: Arc<Server>,
    listener: TcpListener,
    other_host: TcpListener,
    stop: oneshot::Receiver<()>,
) -> io::Result<()> {
    let (listener, other_host) = (asynchronous(listener)?, asynchronous(other_host)?);
    let stop = async {
        // An error means that the handle was dropped, which also stops the server.
        let _ = stop.await;
    };
    tokio::pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => return Ok(()),
            Ok((stream, _)) = listener.accept() => {
                if let Ok(stream) = stream.into_std() {
                    tokio::spawn(connection(Arc::clone(&server), stream));
                }
            }
            Ok((stream, _)) = other_host.accept() => {
                tokio::spawn(other_host_connection(Arc::clone(&server), stream));
            }
        }
    }
}

fn asynchronous(listener: TcpListener) -> io::Result<tokio::net::TcpListener> {
    listener.set_nonblocking(true)?;
    tokio::net::TcpListener::from_std(listener)
}

/// Serves a connection. Its errors are ignored: the client closed it, or a fault was injected.
async fn connection(server: Arc<Server>, stream: std::net::TcpStream) {
    // A second handle to the same socket, with which a fault can reset the connection.
    let Ok(socket) = stream.try_clone().map(|stream| Arc::new(Socket::from(stream))) else { return };
    let _ = stream.set_nodelay(true);
    let Ok(stream) = tokio::net::TcpStream::from_std(stream) else { return };
    let service = service_fn(move |request: HttpRequest<Incoming>| {
        let (server, socket) = (Arc::clone(&server), Arc::clone(&socket));
        async move { response(&server, &socket, request).await }
    });
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}

async fn response(
    server: &Server,
    socket: &Socket,
    request: HttpRequest<Incoming>,
) -> io::Result<HttpResponse<Body>> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.map_err(io::Error::other)?.to_bytes();
    let outcome = server.handle(&Request::new(&head, body));
    wire::http_response(outcome, socket, Duration::from_millis(server.config.faults.drip_milliseconds))
}

/// Logs the request, and sends an empty object.
async fn other_host_connection(server: Arc<Server>, stream: tokio::net::TcpStream) {
    let service = service_fn(move |request: HttpRequest<Incoming>| {
        let value =
            |value: &hyper::header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let headers = request.headers().iter().map(|(name, text)| (name.to_string(), value(text))).collect();
        let seen = OtherHostRequest {
            method: request.method().to_string(),
            target: request.uri().to_string(),
            headers,
        };
        lock(&server.other_host.requests).push(seen);
        async { Ok::<_, io::Error>(HttpResponse::new(Full::new(Bytes::from_static(b"{}")))) }
    });
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}
