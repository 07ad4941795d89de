//! Requests and responses.

pub(crate) mod request;
pub(crate) mod response;

pub(crate) use request::Request;
pub(crate) use response::Response;
