//! Checks of a request against its operation.

pub(crate) mod body;
mod fields;
mod multipart;
mod parameters;
pub(crate) mod request;
mod scalar;
mod security;
mod sequence;
mod styled;
