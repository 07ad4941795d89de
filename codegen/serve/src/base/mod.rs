//! Messages, media types, pointers and random numbers.

pub(crate) mod media_type;
pub(crate) mod message;
pub(crate) mod pointer;
pub(crate) mod seed;
pub(crate) mod violation;
