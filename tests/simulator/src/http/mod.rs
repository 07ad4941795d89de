//! Requests and answers, and the server that carries them.

pub(crate) mod answer;
pub(crate) mod request;
pub(crate) mod server;
mod wire;

pub(crate) use answer::Answer;
pub(crate) use request::Request;
