//! Requests and answers.

pub(crate) mod answer;
pub(crate) mod request;

pub(crate) use answer::Answer;
pub(crate) use request::Request;
