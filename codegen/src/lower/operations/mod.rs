//! Operations: parameters, request bodies and responses.

pub(super) mod body;
mod encodings;
mod headers;
pub(super) mod incoming;
pub(super) mod media;
pub(super) mod multipart;
pub(super) mod operation;
mod outcome;
pub(super) mod parameter;
mod part_media;
pub(super) mod response;
mod streams;
