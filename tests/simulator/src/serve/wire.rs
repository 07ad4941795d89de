//! Answers as bytes on the wire, broken where that is the plan.

use std::convert::Infallible;
use std::io;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::channel::Channel;
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full};
use hyper::Response;
use hyper::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue};
use socket2::Socket;

use crate::fault::Fault;
use crate::handle::Outcome;
use crate::http::answer::Kind;

/// A body that can break off.
pub(crate) type Body = BoxBody<Bytes, io::Error>;

/// How many drips a slow body has.
const DRIPS: usize = 10;

/// The response to send; an error ends the connection.
///
/// # Errors
///
/// Where the plan is to end the connection, or a header can't be sent.
pub(crate) fn response(outcome: Outcome, socket: &Socket, drip: Duration) -> io::Result<Response<Body>> {
    let Outcome { answer, fault } = outcome;
    if fault == Some(Fault::ResetBeforeResponse) {
        return Err(reset(socket));
    }
    let body = Bytes::from(answer.body);
    let length = if fault == Some(Fault::CutJson) { body.len() / 2 } else { body.len() };
    let content_type = match answer.kind {
        Kind::Json => "application/json; charset=utf-8",
        Kind::Text => "text/plain; charset=utf-8",
        Kind::Html => "text/html; charset=utf-8",
    };
    let mut response = Response::builder().status(answer.status).header(CONTENT_TYPE, content_type);
    for (name, value) in answer.headers {
        response = response
            .header(HeaderName::from_static(name), HeaderValue::try_from(value).map_err(io::Error::other)?);
    }
    if answer.status != 204 {
        response = response.header(CONTENT_LENGTH, length);
    }
    let body = match fault {
        Some(Fault::CutJson) => whole(body.slice(..length)),
        Some(Fault::ShortBody) => in_steps(vec![Step::Data(body.slice(..length / 2))]),
        Some(Fault::ResetInBody) => {
            let socket = socket.try_clone()?;
            in_steps(vec![Step::Data(body.slice(..length / 2)), Step::Pause(drip), Step::Reset(socket)])
        }
        Some(Fault::SlowBody) => in_steps(drips(&body, drip)),
        _ => whole(body),
    };
    response.body(body).map_err(io::Error::other)
}

fn whole(body: Bytes) -> Body {
    Full::new(body).map_err(|never: Infallible| match never {}).boxed()
}

/// One step of a body that is not sent at once.
enum Step {
    Data(Bytes),
    Pause(Duration),
    Reset(Socket),
}

fn drips(body: &Bytes, pause: Duration) -> Vec<Step> {
    let size = body.len().div_ceil(DRIPS).max(1);
    let starts = (0..body.len()).step_by(size);
    let drip = |start: usize| Step::Data(body.slice(start..body.len().min(start + size)));
    starts.flat_map(|start| [drip(start), Step::Pause(pause)]).collect()
}

/// A body that is sent step by step; it may end before its length is reached.
fn in_steps(steps: Vec<Step>) -> Body {
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

/// Makes the end of the connection a reset, and gives the error that ends it.
fn reset(socket: &Socket) -> io::Error {
    match socket.set_linger(Some(Duration::ZERO)) {
        Ok(()) => io::Error::from(io::ErrorKind::ConnectionReset),
        Err(error) => error,
    }
}
