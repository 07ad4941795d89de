//! Operations: parameters, request bodies and responses.

pub(super) mod body;
mod docs;
mod encodings;
mod events;
mod headers;
pub(super) mod incoming;
mod incoming_body;
mod incoming_parameters;
pub(super) mod media;
pub(super) mod multipart;
pub(super) mod operation;
mod outcome;
pub(super) mod parameter;
mod part_media;
pub(super) mod received;
pub(super) mod response;
mod streams;
