//! Two listeners on loopback: the server's, and the one that no client should reach.

use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request as HttpRequest, Response};
use hyper_util::rt::TokioIo;
use socket2::Socket;
use tokio::sync::oneshot;

use crate::http::Request;
use crate::lock::lock;
use crate::log::ForeignRequest;
use crate::server::Server;

use super::wire::{self, Body};

/// Serves until told to stop.
///
/// # Errors
///
/// Where a listener can't be used.
pub(crate) async fn serve(
    server: Arc<Server>,
    own: TcpListener,
    foreign: TcpListener,
    stop: oneshot::Receiver<()>,
) -> io::Result<()> {
    let (own, foreign) = (asynchronous(own)?, asynchronous(foreign)?);
    let stop = async {
        // An error means that the handle is gone, which is as good.
        let _ = stop.await;
    };
    tokio::pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => return Ok(()),
            Ok((stream, _)) = own.accept() => {
                if let Ok(stream) = stream.into_std() {
                    tokio::spawn(connection(Arc::clone(&server), stream));
                }
            }
            Ok((stream, _)) = foreign.accept() => {
                tokio::spawn(foreign_connection(Arc::clone(&server), stream));
            }
        }
    }
}

fn asynchronous(listener: TcpListener) -> io::Result<tokio::net::TcpListener> {
    listener.set_nonblocking(true)?;
    tokio::net::TcpListener::from_std(listener)
}

/// How a connection ends is the client's concern, or was the plan.
async fn connection(server: Arc<Server>, stream: std::net::TcpStream) {
    // Another handle on the same socket: with it, a fault can reset the connection under the protocol's feet.
    let Ok(socket) = stream.try_clone().map(|stream| Arc::new(Socket::from(stream))) else { return };
    let _ = stream.set_nodelay(true);
    let Ok(stream) = tokio::net::TcpStream::from_std(stream) else { return };
    let service = service_fn(move |request: HttpRequest<Incoming>| {
        let (server, socket) = (Arc::clone(&server), Arc::clone(&socket));
        async move { answer(&server, &socket, request).await }
    });
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}

async fn answer(
    server: &Server,
    socket: &Socket,
    request: HttpRequest<Incoming>,
) -> io::Result<Response<Body>> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.map_err(io::Error::other)?.to_bytes();
    let outcome = server.handle(&Request::new(&head, body));
    wire::response(outcome, socket, Duration::from_millis(server.config.faults.drip_milliseconds))
}

/// Notes the request, and answers nothing of use.
async fn foreign_connection(server: Arc<Server>, stream: tokio::net::TcpStream) {
    let service = service_fn(move |request: HttpRequest<Incoming>| {
        let value =
            |value: &hyper::header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let headers = request.headers().iter().map(|(name, text)| (name.to_string(), value(text))).collect();
        let seen = ForeignRequest {
            method: request.method().to_string(),
            target: request.uri().to_string(),
            headers,
        };
        lock(&server.foreign.requests).push(seen);
        async { Ok::<_, io::Error>(Response::new(Full::new(Bytes::from_static(b"{}")))) }
    });
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}
