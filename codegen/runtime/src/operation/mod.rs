//! Operations: statics in emitted code that requests refer to.

mod pagination;
mod streaming;

use std::fmt;

pub use pagination::{Pagination, PaginationStyle};
pub use streaming::Streaming;

use crate::api::{SecurityRequirement, Server};

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// Reads a resource.
    Get,
    /// Creates or replaces a resource.
    Put,
    /// Creates a resource, or starts an action.
    Post,
    /// Changes a part of a resource.
    Patch,
    /// Deletes a resource.
    Delete,
    /// Reads the response headers of a resource, without its content.
    Head,
    /// Reads the options for requests to a resource.
    Options,
    /// Returns the request as the server received it.
    Trace,
    /// Reads the data that a query in the body selects.
    Query,
    /// Another method, as it is sent.
    Other(&'static str),
}

impl Method {
    /// Returns the method as it is sent.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
            Self::Head => "HEAD",
            Self::Options => "OPTIONS",
            Self::Trace => "TRACE",
            Self::Query => "QUERY",
            Self::Other(name) => name,
        }
    }

    /// Returns whether sending the request twice has the same effect as sending it once. Of other methods, nothing is
    /// known.
    #[must_use]
    pub const fn is_idempotent(self) -> bool {
        !matches!(self, Self::Post | Self::Patch | Self::Other(_))
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A rate limit: the number of requests that are allowed in a period. Operations with the same bucket share it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RateLimit {
    bucket: &'static str,
    requests: u32,
    seconds: u32,
    header: Option<&'static str>,
}

/// For the emitted code.
#[doc(hidden)]
impl RateLimit {
    #[must_use]
    pub const fn new(bucket: &'static str, requests: u32, seconds: u32) -> Self {
        Self { bucket, requests, seconds, header: None }
    }

    /// Sets the response header that contains the state of the bucket.
    #[must_use]
    pub const fn state_header(mut self, header: &'static str) -> Self {
        self.header = Some(header);
        self
    }
}

impl RateLimit {
    /// Returns the name of the bucket, which counts the requests of its operations.
    #[must_use]
    pub const fn bucket(&self) -> &'static str {
        self.bucket
    }

    /// Returns the number of requests that are allowed within [`seconds`](Self::seconds).
    #[must_use]
    pub const fn requests(&self) -> u32 {
        self.requests
    }

    /// Returns the length of the period in seconds.
    #[must_use]
    pub const fn seconds(&self) -> u32 {
        self.seconds
    }

    /// Returns the response header that contains the state of the bucket, such as `total=10; remaining=9; resets=6`.
    /// `resets` is in seconds.
    #[must_use]
    pub const fn header(&self) -> Option<&'static str> {
        self.header
    }
}

/// The states which mean that the background job in a response is still running.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PendingStates {
    pointer: &'static str,
    values: &'static [&'static str],
}

impl PendingStates {
    /// Returns the location of the state in the response, as a JSON pointer (RFC 6901).
    #[must_use]
    pub const fn pointer(&self) -> &'static str {
        self.pointer
    }

    /// Returns the states of a job that is still running. With any other state, known or not, the job has ended.
    #[must_use]
    pub const fn values(&self) -> &'static [&'static str] {
        self.values
    }
}

/// A rule about the parameters of a request.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Rule {
    /// Exactly one of these parameters is set.
    ExactlyOneOf(&'static [&'static str]),
    /// At most one of these parameters is set.
    AtMostOneOf(&'static [&'static str]),
    /// All of these parameters are set.
    Required(&'static [&'static str]),
}

/// An operation of an API: its method, path, pagination, rate limit and security.
#[derive(Debug)]
pub struct Operation {
    id: &'static str,
    method: Method,
    path: &'static str,
    exactly_one_of: &'static [&'static [&'static str]],
    at_most_one_of: &'static [&'static [&'static str]],
    required: &'static [&'static str],
    pagination: &'static [Pagination],
    rate_limit: Option<RateLimit>,
    pending: Option<PendingStates>,
    accept: &'static str,
    media_types: &'static [&'static str],
    redirects: &'static [&'static str],
    servers: &'static [Server],
    security: Option<&'static [SecurityRequirement]>,
    streaming: Option<Streaming>,
}

/// For the emitted code.
#[doc(hidden)]
#[expect(clippy::return_self_not_must_use, reason = "emitted code uses the result")]
impl Operation {
    const fn new(method: Method, id: &'static str, path: &'static str) -> Self {
        Self {
            id,
            method,
            path,
            exactly_one_of: &[],
            at_most_one_of: &[],
            required: &[],
            pagination: &[],
            rate_limit: None,
            pending: None,
            accept: "application/json",
            media_types: &[],
            redirects: &[],
            servers: &[],
            security: None,
            streaming: None,
        }
    }

    pub const fn get(id: &'static str, path: &'static str) -> Self {
        Self::new(Method::Get, id, path)
    }

    pub const fn put(id: &'static str, path: &'static str) -> Self {
        Self::new(Method::Put, id, path)
    }

    pub const fn post(id: &'static str, path: &'static str) -> Self {
        Self::new(Method::Post, id, path)
    }

    pub const fn patch(id: &'static str, path: &'static str) -> Self {
        Self::new(Method::Patch, id, path)
    }

    pub const fn delete(id: &'static str, path: &'static str) -> Self {
        Self::new(Method::Delete, id, path)
    }

    pub const fn head(id: &'static str, path: &'static str) -> Self {
        Self::new(Method::Head, id, path)
    }

    pub const fn options(id: &'static str, path: &'static str) -> Self {
        Self::new(Method::Options, id, path)
    }

    pub const fn trace(id: &'static str, path: &'static str) -> Self {
        Self::new(Method::Trace, id, path)
    }

    pub const fn query(id: &'static str, path: &'static str) -> Self {
        Self::new(Method::Query, id, path)
    }

    pub const fn with_method(method: &'static str, id: &'static str, path: &'static str) -> Self {
        Self::new(Method::Other(method), id, path)
    }

    /// Sets groups of query parameters. Exactly one of each group is set.
    pub const fn exactly_one_of(mut self, groups: &'static [&'static [&'static str]]) -> Self {
        self.exactly_one_of = groups;
        self
    }

    /// Sets groups of query parameters. At most one of each group is set.
    pub const fn at_most_one_of(mut self, groups: &'static [&'static [&'static str]]) -> Self {
        self.at_most_one_of = groups;
        self
    }

    /// Sets the required query, header and cookie parameters. No query parameter of them is empty.
    pub const fn requires(mut self, names: &'static [&'static str]) -> Self {
        self.required = names;
        self
    }

    /// Sets the pagination styles, the default one first.
    pub const fn paged(mut self, styles: &'static [Pagination]) -> Self {
        self.pagination = styles;
        self
    }

    pub const fn limited(mut self, rate_limit: RateLimit) -> Self {
        self.rate_limit = Some(rate_limit);
        self
    }

    /// Declares that the response describes a background job, which runs while the string at the pointer is one of
    /// these values.
    pub const fn pending_while(mut self, pointer: &'static str, values: &'static [&'static str]) -> Self {
        self.pending = Some(PendingStates { pointer, values });
        self
    }

    /// Sets the media types of the response, if it is not JSON.
    pub const fn accepts(mut self, media_types: &'static str) -> Self {
        self.accept = media_types;
        self
    }

    /// Sets the media types that a successful response may have, if there are more than those that are accepted by
    /// default.
    pub const fn offers(mut self, media_types: &'static [&'static str]) -> Self {
        self.media_types = media_types;
        self
    }

    /// Sets the redirects (3xx) that are responses: status codes, or the range `3XX`.
    pub const fn redirects_with(mut self, statuses: &'static [&'static str]) -> Self {
        self.redirects = statuses;
        self
    }

    /// Declares that the response is a stream of items.
    pub const fn streams(mut self, streaming: Streaming) -> Self {
        self.streaming = Some(streaming);
        self
    }

    /// Sets servers that replace those of the API.
    pub const fn on_servers(mut self, servers: &'static [Server]) -> Self {
        self.servers = servers;
        self
    }

    /// Sets security requirements that replace those of the API. An empty slice means that no credentials are required.
    pub const fn secured_by(mut self, requirements: &'static [SecurityRequirement]) -> Self {
        self.security = Some(requirements);
        self
    }
}

impl Operation {
    /// Returns the value of the `Accept` header: the media types that the response may have.
    #[must_use]
    pub const fn accept(&self) -> &'static str {
        self.accept
    }

    /// Returns the media types that a successful response may have, as the description spells them; the default first.
    pub fn media_types(&self) -> impl Iterator<Item = &'static str> {
        let accepted = if self.media_types.is_empty() { self.accept } else { "" };
        let accepted = accepted
            .split(", ")
            .filter(|media_type| !media_type.is_empty() && !media_type.starts_with("*/*;"));
        self.media_types.iter().copied().chain(accepted)
    }

    /// Returns whether a status code is that of a declared redirect.
    #[cfg_attr(not(feature = "client"), expect(dead_code, reason = "for the client"))]
    pub(crate) fn is_declared_redirect(&self, status: u16) -> bool {
        let is_it = |declared: &&str| declared.eq_ignore_ascii_case("3XX") || declared.parse() == Ok(status);
        status / 100 == 3 && self.redirects.iter().any(is_it)
    }

    /// Returns how the response is read as a stream of items, if it is one.
    #[must_use]
    pub const fn streaming(&self) -> Option<Streaming> {
        self.streaming
    }

    /// Returns the servers that replace those of the API; empty if there are none.
    #[must_use]
    pub const fn servers(&self) -> &'static [Server] {
        self.servers
    }

    /// Returns the security requirements that replace those of the API; `None` if there are none. A request must meet
    /// one of them. An empty slice means that no credentials are required.
    #[must_use]
    pub const fn security(&self) -> Option<&'static [SecurityRequirement]> {
        self.security
    }

    /// Returns the ID of the operation: its `operationId` in the description.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// Returns the HTTP method.
    #[must_use]
    pub const fn method(&self) -> Method {
        self.method
    }

    /// Returns the path template, with parameter names in braces.
    #[must_use]
    pub const fn path(&self) -> &'static str {
        self.path
    }

    /// Returns the pagination styles, the default one first.
    pub fn pagination(&self) -> impl Iterator<Item = &Pagination> {
        self.pagination.iter()
    }

    /// Returns the rate limit of the operation, which applies in addition to a limit of the entire account.
    #[must_use]
    pub const fn rate_limit(&self) -> Option<&RateLimit> {
        self.rate_limit.as_ref()
    }

    /// Returns the states of a running background job, if the response describes one.
    #[must_use]
    pub const fn pending(&self) -> Option<&PendingStates> {
        self.pending.as_ref()
    }

    pub(crate) fn rules(&self) -> impl Iterator<Item = Rule> {
        let required = if self.required.is_empty() { None } else { Some(Rule::Required(self.required)) };
        let exactly = self.exactly_one_of.iter().map(|group| Rule::ExactlyOneOf(group));
        let at_most = self.at_most_one_of.iter().map(|group| Rule::AtMostOneOf(group));
        required.into_iter().chain(exactly).chain(at_most)
    }
}

#[cfg(test)]
mod tests {
    use super::{Method, Operation, Pagination, PaginationStyle, RateLimit};

    static EVENTS: Operation = Operation::get("Events", "/events")
        .at_most_one_of(&[&["before", "after"], &["a", "b"], &["c", "d"], &["e", "f"], &["g", "h"]])
        .paged(&[
            Pagination::time("events", 1000),
            Pagination::page_cursor("events", 0),
            Pagination::cursor("events", 10),
        ])
        .limited(RateLimit::new("exports", 10, 60).state_header("x-exports"));
    static JOB: Operation =
        Operation::get("Job", "/job").pending_while("/job/status", &["queued", "working"]);

    #[test]
    fn an_operation_returns_what_its_constant_declares() {
        assert_eq!((EVENTS.id(), EVENTS.method(), EVENTS.path()), ("Events", Method::Get, "/events"));
        let styles: Vec<_> = EVENTS.pagination().map(Pagination::style).collect();
        let expected = [PaginationStyle::Time, PaginationStyle::PageCursor, PaginationStyle::Cursor];
        assert_eq!(styles, expected);
        assert_eq!(EVENTS.rules().count(), 5);
        let limit = EVENTS
            .rate_limit()
            .map(|limit| (limit.bucket(), limit.requests(), limit.seconds(), limit.header()));
        assert_eq!(limit, Some(("exports", 10, 60, Some("x-exports"))));
        assert_eq!(EVENTS.pending(), None);
        let pending = JOB.pending().map(|pending| (pending.pointer(), pending.values()));
        assert_eq!(pending, Some(("/job/status", ["queued", "working"].as_slice())));
    }

    #[test]
    fn post_and_patch_are_not_idempotent() {
        let methods = [
            Method::Get,
            Method::Put,
            Method::Post,
            Method::Patch,
            Method::Delete,
            Method::Head,
            Method::Query,
        ];
        let idempotent = methods.map(|method| (method.to_string(), method.is_idempotent()));
        let expected = [
            ("GET", true),
            ("PUT", true),
            ("POST", false),
            ("PATCH", false),
            ("DELETE", true),
            ("HEAD", true),
            ("QUERY", true),
        ];
        assert_eq!(idempotent, expected.map(|(name, idempotent)| (name.to_owned(), idempotent)));
    }
}
