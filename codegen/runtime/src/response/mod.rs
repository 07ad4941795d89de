//! Successful responses: which part of a response becomes which value. No I/O happens here.
//!
//! - `received` is a response as the decoder of a request sees it: status code, header fields, body.
//! - `media_type` reads media types, `charset` decodes text, `compression` names compressed content, `sequence` splits sequences of JSON values.
//! - `choice` chooses the variant of a union by the status code; `response_union` is the macro for such unions.
//! - `header` reads declared headers.
//! - `events` reads the items of a stream, `stream_format` names its format.
//! - `redirect` is the value of a declared redirect.

#[macro_use]
mod response_union;

pub(crate) mod charset;
mod choice;
pub(crate) mod compression;
pub(crate) mod events;
mod header;
pub(crate) mod media_type;
mod received;
mod redirect;
pub(crate) mod sequence;
pub(crate) mod stream_format;

#[cfg(test)]
mod tests;

pub use choice::Choice;
pub use events::{Events, Items};
pub use header::ResponseHeader;
pub use received::{FromResponse, Received};
pub use redirect::Redirect;
