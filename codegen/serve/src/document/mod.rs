//! The operations of the description, and the operation of a request.

pub(crate) mod api;
pub(crate) mod operation;
mod operations;
pub(crate) mod parameter;
pub(crate) mod security;
mod servers;
mod template;
