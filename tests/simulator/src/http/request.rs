//! A complete request.

use bytes::Bytes;
use hyper::HeaderMap;
use hyper::header::{AUTHORIZATION, HOST};

/// A request.
pub(crate) struct Request {
    /// The method in upper case.
    pub(crate) method: String,
    /// The path without the optional suffix `.json`.
    pub(crate) path: String,
    /// The query as it was sent.
    pub(crate) raw_query: String,
    /// The decoded query parameters in their order.
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Request {
    pub(crate) fn new(head: &hyper::http::request::Parts, body: Bytes) -> Self {
        let path = head.uri.path();
        let raw_query = head.uri.query().unwrap_or_default();
        Self {
            method: head.method.as_str().to_owned(),
            path: path.strip_suffix(".json").unwrap_or(path).to_owned(),
            raw_query: raw_query.to_owned(),
            query: form_urlencoded::parse(raw_query.as_bytes()).into_owned().collect(),
            headers: head.headers.clone(),
            body,
        }
    }

    /// Returns the first value of a parameter.
    pub(crate) fn param(&self, name: &str) -> Option<&str> {
        self.params(name).next()
    }

    /// Returns all values of a parameter.
    pub(crate) fn params<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.query.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Returns whether the comma-separated values of a parameter contain this one.
    pub(crate) fn includes(&self, parameter: &str, value: &str) -> bool {
        self.params(parameter).flat_map(|list| list.split(',')).any(|item| item == value)
    }

    pub(crate) fn host(&self) -> &str {
        self.header(HOST.as_str()).unwrap_or_default()
    }

    pub(crate) fn authorization(&self) -> &str {
        self.header(AUTHORIZATION.as_str()).unwrap_or_default()
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}
