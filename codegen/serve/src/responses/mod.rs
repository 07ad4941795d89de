//! Responses: their status code, media type, header fields and content.

pub(crate) mod accept;
mod choose;
mod content;
mod examples;
mod headers;
mod prefer;
pub(crate) mod problem;
pub(crate) mod respond;
mod text;
