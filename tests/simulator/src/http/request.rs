//! A request, read to its end.

use bytes::Bytes;
use hyper::HeaderMap;
use hyper::header::{AUTHORIZATION, HOST};

/// A request.
pub(crate) struct Request {
    /// In upper case.
    pub(crate) method: String,
    /// Without the `.json` that every path may end in.
    pub(crate) path: String,
    /// As it was sent.
    pub(crate) raw_query: String,
    /// Decoded, in the order in which they were sent.
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

    /// The first value of a parameter.
    pub(crate) fn param(&self, name: &str) -> Option<&str> {
        self.params(name).next()
    }

    /// All values of a parameter.
    pub(crate) fn params<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.query.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Whether a list of values, separated by commas, names this one.
    pub(crate) fn lists(&self, parameter: &str, value: &str) -> bool {
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
