//! The replies to the requests for an operation.

use std::marker::PhantomData;

use super::replies::Replies;
use super::reply::{Fault, Reply};

use crate::encode::text::{encode, to_vec};
use crate::model::node::{Node, View};
use crate::operation::Operation;
use crate::response::media_type::{is_json, is_sequence};
use crate::response::{Events, sequence};

/// The replies to the requests for an operation, in the order in which they are added. [`Mock::on`](super::Mock::on) returns it.
pub struct Expectation<T> {
    mock: Replies,
    operation: &'static Operation,
    /// The path and query that requests must have; `None` for any.
    target: Option<String>,
    output: PhantomData<fn() -> T>,
}

impl<T> Expectation<T> {
    pub(super) fn new(mock: Replies, operation: &'static Operation, target: Option<String>) -> Self {
        Self { mock, operation, target, output: PhantomData }
    }

    /// Adds a reply for the next request.
    #[expect(clippy::return_self_not_must_use, reason = "the reply is added to the mock")]
    pub fn reply(self, reply: Reply) -> Self {
        self.mock.add(self.operation, self.target.clone(), reply, false);
        self
    }

    /// Adds a reply for all further requests.
    pub fn reply_always(self, reply: Reply) {
        self.mock.add(self.operation, self.target.clone(), reply, true);
    }

    /// Adds a response with an error status and a JSON body for the next request.
    #[expect(clippy::return_self_not_must_use, reason = "the reply is added to the mock")]
    pub fn respond_status(self, status: u16, json: impl Into<Vec<u8>>) -> Self {
        self.reply(Reply::json(status, json))
    }

    /// Adds a failure of the transport for the next request.
    #[expect(clippy::return_self_not_must_use, reason = "the reply is added to the mock")]
    pub fn fail(self, fault: Fault) -> Self {
        self.reply(Reply::fault(fault))
    }
}

impl<T: Node> Expectation<T> {
    /// Adds a successful response with a value for the next request: as JSON, or as text where the operation has text.
    ///
    /// A value that can't be encoded fails the request.
    #[expect(clippy::return_self_not_must_use, reason = "the reply is added to the mock")]
    pub fn respond(self, value: &T) -> Self {
        let reply = reply(self.operation, value);
        self.reply(reply)
    }

    /// Adds a successful response with a value for all further requests.
    pub fn respond_always(self, value: &T) {
        let reply = reply(self.operation, value);
        self.reply_always(reply);
    }
}

impl Expectation<Vec<u8>> {
    /// Adds a successful response with bytes for the next request.
    #[expect(clippy::return_self_not_must_use, reason = "the reply is added to the mock")]
    pub fn respond(self, bytes: impl Into<Vec<u8>>) -> Self {
        let content_type = content_type(self.operation, "application/octet-stream");
        self.reply(Reply::new(200, content_type, bytes))
    }
}

impl<T: Node> Expectation<Events<T>> {
    /// Adds a successful response with the items of a stream for the next request, as server-sent events, or as the operation
    /// declares them.
    #[expect(clippy::return_self_not_must_use, reason = "the reply is added to the mock")]
    pub fn respond(self, items: &[T]) -> Self {
        let content_type = content_type(self.operation, "text/event-stream");
        let mut body = Vec::new();
        for item in items {
            let Ok(json) = encode(item) else { return self.fail(Fault::Incomplete) };
            if is_sequence(content_type) {
                sequence::push(&mut body, &json, content_type);
            } else {
                body.extend_from_slice(&[b"data: ", json.as_slice(), b"\n\n"].concat());
            }
        }
        let end = self.operation.streaming().and_then(|streaming| streaming.end().first());
        body.extend(end.map(|end| format!("data: {end}\n\n")).unwrap_or_default().bytes());
        self.reply(Reply::new(200, content_type, body))
    }
}

/// Returns the media type of an operation's responses, or the usual one if it declares any.
fn content_type(operation: &'static Operation, usual: &'static str) -> &'static str {
    let declared = operation.media_types().next().filter(|declared| !declared.contains('*'));
    declared.unwrap_or(usual)
}

fn reply(operation: &'static Operation, value: &dyn Node) -> Reply {
    let content_type = content_type(operation, "application/json");
    match value.full_view() {
        View::Absent => Reply::status(204),
        View::Str(text) if !is_json(content_type) => Reply::new(200, content_type, text),
        View::Array(items) if is_sequence(content_type) => {
            let mut body = Vec::new();
            let mut is_valid = true;
            items.each(&mut |item| match to_vec(item) {
                Ok(json) => sequence::push(&mut body, &json, content_type),
                Err(_) => is_valid = false,
            });
            if is_valid { Reply::new(200, content_type, body) } else { Reply::fault(Fault::Incomplete) }
        }
        _ => match encode(value) {
            Ok(json) => Reply::new(200, content_type, json),
            Err(_) => Reply::fault(Fault::Incomplete),
        },
    }
}
