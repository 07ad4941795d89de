//! Converts responses for the wire, and injects faults into them.

use std::convert::Infallible;
use std::io;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::channel::Channel;
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full};
use hyper::Response as HttpResponse;
use hyper::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue};
use socket2::Socket;

use crate::fault::Fault;
use crate::handle::ResponseWithFault;
use crate::http::response::BodyKind;

/// A body that can end early.
pub(crate) type Body = BoxBody<Bytes, io::Error>;

/// The number of pieces of a slow body.
const PIECES: usize = 10;

/// Returns the response to send. An error ends the connection.
///
/// # Errors
///
/// Returns an error if the fault is to end the connection, or if a header is invalid.
pub(crate) fn http_response(
    planned: ResponseWithFault,
    socket: &Socket,
    pause: Duration,
) -> io::Result<HttpResponse<Body>> {
    let ResponseWithFault { response, fault } = planned;
    if fault == Some(Fault::ResetBeforeResponse) {
        return Err(reset(socket));
    }
    let body = Bytes::from(response.body);
    let length = if fault == Some(Fault::TruncatedJson) { body.len() / 2 } else { body.len() };
    let content_type = match response.kind {
        BodyKind::Json => "application/json; charset=utf-8",
        BodyKind::Text => "text/plain; charset=utf-8",
        BodyKind::Html => "text/html; charset=utf-8",
    };
    let mut builder = HttpResponse::builder().status(response.status).header(CONTENT_TYPE, content_type);
    for (name, value) in response.headers {
        builder = builder
            .header(HeaderName::from_static(name), HeaderValue::try_from(value).map_err(io::Error::other)?);
    }
    if response.status != 204 {
        builder = builder.header(CONTENT_LENGTH, length);
    }
    let body = match fault {
        Some(Fault::TruncatedJson) => complete(body.slice(..length)),
        Some(Fault::ShortBody) => send_in_steps(vec![Step::Data(body.slice(..length / 2))]),
        Some(Fault::ResetInBody) => {
            let socket = socket.try_clone()?;
            send_in_steps(vec![Step::Data(body.slice(..length / 2)), Step::Pause(pause), Step::Reset(socket)])
        }
        Some(Fault::SlowBody) => send_in_steps(pieces(&body, pause)),
        _ => complete(body),
    };
    builder.body(body).map_err(io::Error::other)
}

fn complete(body: Bytes) -> Body {
    Full::new(body).map_err(|never: Infallible| match never {}).boxed()
}

/// A step of sending a body in pieces.
enum Step {
    Data(Bytes),
    Pause(Duration),
    Reset(Socket),
}

fn pieces(body: &Bytes, pause: Duration) -> Vec<Step> {
    let size = body.len().div_ceil(PIECES).max(1);
    let starts = (0..body.len()).step_by(size);
    let piece = |start: usize| Step::Data(body.slice(start..body.len().min(start + size)));
    starts.flat_map(|start| [piece(start), Step::Pause(pause)]).collect()
}

/// Creates a body that is sent step by step. It may end before its declared length.
fn send_in_steps(steps: Vec<Step>) -> Body {
    let (mut sender, body) = Channel::<Bytes, io::Error>::new(1);
    tokio::spawn(async move {
        for step in steps {
            match step {
                Step::Data(data) => {
                    if sender.send_data(data).await.is_err() {
                        return;
                    }
                }
                Step::Pause(pause) => tokio::time::sleep(pause).await,
                Step::Reset(socket) => {
                    sender.abort(reset(&socket));
                    return;
                }
            }
        }
    });
    body.boxed()
}

/// Makes closing the connection send a reset, and returns the error that ends the connection.
fn reset(socket: &Socket) -> io::Error {
    match socket.set_linger(Some(Duration::ZERO)) {
        Ok(()) => io::Error::from(io::ErrorKind::ConnectionReset),
        Err(error) => error,
    }
}
