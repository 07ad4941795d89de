//! What is known of an operation before it is called: constants that the request values refer to.

mod pagination;

use std::fmt;

pub use pagination::{Pagination, PaginationStyle};

use crate::api::{Requirement, Server};

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// Reads.
    Get,
    /// Replaces.
    Put,
    /// Creates, or starts something.
    Post,
    /// Changes a part.
    Patch,
    /// Removes.
    Delete,
    /// Reads the head of the answer alone.
    Head,
    /// Asks what may be done.
    Options,
    /// Asks for the request as the server got it.
    Trace,
    /// Reads, with a body that says what.
    Query,
}

impl Method {
    /// The method as it stands in a request.
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
        }
    }

    /// Whether sending the request twice does what sending it once does.
    #[must_use]
    pub const fn is_idempotent(self) -> bool {
        !matches!(self, Self::Post | Self::Patch)
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A limit that operations share by the name of its bucket.
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

    /// Names the header that tells the bucket's state.
    #[must_use]
    pub const fn told_by(mut self, header: &'static str) -> Self {
        self.header = Some(header);
        self
    }
}

impl RateLimit {
    /// The name of the bucket that requests are counted in.
    #[must_use]
    pub const fn bucket(&self) -> &'static str {
        self.bucket
    }

    /// How many requests are allowed within [`seconds`](Self::seconds).
    #[must_use]
    pub const fn requests(&self) -> u32 {
        self.requests
    }

    /// The length of the window in seconds.
    #[must_use]
    pub const fn seconds(&self) -> u32 {
        self.seconds
    }

    /// The header of each answer that tells the state of this bucket, as `total=10; remaining=9; resets=6`, if
    /// there is one. `resets` is in seconds.
    #[must_use]
    pub const fn header(&self) -> Option<&'static str> {
        self.header
    }
}

/// How an answer shows that the background work which it describes is not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Pending {
    pointer: &'static str,
    values: &'static [&'static str],
}

impl Pending {
    /// Where the state stands in the answer, as a JSON Pointer (RFC 6901).
    #[must_use]
    pub const fn pointer(&self) -> &'static str {
        self.pointer
    }

    /// The states of work that goes on. With any other one, known or not, it is over.
    #[must_use]
    pub const fn values(&self) -> &'static [&'static str] {
        self.values
    }
}

/// A rule about parameters that belong together.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Rule {
    /// One of them and no other.
    ExactlyOneOf(&'static [&'static str]),
    /// One of them, or none.
    AtMostOneOf(&'static [&'static str]),
    /// All of them.
    Required(&'static [&'static str]),
}

/// What is known of an operation before it is called.
#[derive(Debug)]
pub struct Operation {
    id: &'static str,
    method: Method,
    path: &'static str,
    rules: [Option<Rule>; 4],
    pagination: [Option<Pagination>; 2],
    rate_limit: Option<RateLimit>,
    pending: Option<Pending>,
    accept: &'static str,
    servers: &'static [Server],
    security: Option<&'static [Requirement]>,
}

/// For the emitted code.
#[doc(hidden)]
#[expect(clippy::return_self_not_must_use, reason = "the emitted code uses what it gets")]
impl Operation {
    const fn new(method: Method, id: &'static str, path: &'static str) -> Self {
        Self {
            id,
            method,
            path,
            rules: [None; 4],
            pagination: [None; 2],
            rate_limit: None,
            pending: None,
            accept: "application/json",
            servers: &[],
            security: None,
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

    /// Adds a rule: one of these query parameters and no other.
    pub const fn exactly_one_of(self, names: &'static [&'static str]) -> Self {
        self.rule(Rule::ExactlyOneOf(names))
    }

    /// Adds a rule: one of these query parameters, or none.
    pub const fn at_most_one_of(self, names: &'static [&'static str]) -> Self {
        self.rule(Rule::AtMostOneOf(names))
    }

    /// Adds a rule: all of these parameters of query, headers and cookies, and none of those of the query empty.
    pub const fn requires(self, names: &'static [&'static str]) -> Self {
        self.rule(Rule::Required(names))
    }

    /// A rule too many stops the build, since operations are constants.
    const fn rule(mut self, rule: Rule) -> Self {
        let mut index = 0;
        while self.rules[index].is_some() {
            index += 1;
        }
        self.rules[index] = Some(rule);
        self
    }

    /// Adds a way of paging; one too many stops the build, since operations are constants.
    pub const fn paged(mut self, pagination: Pagination) -> Self {
        let mut index = 0;
        while self.pagination[index].is_some() {
            index += 1;
        }
        self.pagination[index] = Some(pagination);
        self
    }

    pub const fn limited(mut self, rate_limit: RateLimit) -> Self {
        self.rate_limit = Some(rate_limit);
        self
    }

    /// Says that the answer describes work that goes on while one of these texts is what the pointer leads to.
    pub const fn pending_while(mut self, pointer: &'static str, values: &'static [&'static str]) -> Self {
        self.pending = Some(Pending { pointer, values });
        self
    }

    /// Names the media types that the answer may have, if it is not JSON.
    pub const fn accepts(mut self, media_types: &'static str) -> Self {
        self.accept = media_types;
        self
    }

    /// Names the servers of its own that it has in place of the API's.
    pub const fn on_servers(mut self, servers: &'static [Server]) -> Self {
        self.servers = servers;
        self
    }

    /// Names the security requirements of its own that it has in place of the API's; none if it needs no credentials.
    pub const fn secured_by(mut self, requirements: &'static [Requirement]) -> Self {
        self.security = Some(requirements);
        self
    }
}

impl Operation {
    /// The media types that the answer may have, as the header `Accept` names them.
    #[must_use]
    pub const fn accept(&self) -> &'static str {
        self.accept
    }

    /// The servers of its own that it has in place of the API's.
    #[must_use]
    pub const fn servers(&self) -> &'static [Server] {
        self.servers
    }

    /// The security requirements of its own, if it has any in place of the API's. One of them has to be met; where
    /// the list is empty, no credentials are needed.
    #[must_use]
    pub const fn security(&self) -> Option<&'static [Requirement]> {
        self.security
    }

    /// The id that the API's description gives it.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// The HTTP method.
    #[must_use]
    pub const fn method(&self) -> Method {
        self.method
    }

    /// The path template, with names in braces.
    #[must_use]
    pub const fn path(&self) -> &'static str {
        self.path
    }

    /// The ways of paging, the usual one first.
    pub fn pagination(&self) -> impl Iterator<Item = &Pagination> {
        self.pagination.iter().flatten()
    }

    /// The limit of its own that it has beside the account's.
    #[must_use]
    pub const fn rate_limit(&self) -> Option<&RateLimit> {
        self.rate_limit.as_ref()
    }

    /// How the answer shows that the work which it describes is not done, if it describes any: the operation is
    /// then to be asked again.
    #[must_use]
    pub const fn pending(&self) -> Option<&Pending> {
        self.pending.as_ref()
    }

    pub(crate) fn rules(&self) -> impl Iterator<Item = Rule> {
        self.rules.iter().flatten().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::{Method, Operation, Pagination, PaginationStyle, RateLimit};

    static EVENTS: Operation = Operation::get("Events", "/events")
        .at_most_one_of(&["before", "after"])
        .paged(Pagination::time("events", 1000))
        .paged(Pagination::page_cursor("events", 0))
        .limited(RateLimit::new("exports", 10, 60).told_by("x-exports"));
    static JOB: Operation =
        Operation::get("Job", "/job").pending_while("/job/status", &["queued", "working"]);

    #[test]
    fn constants_are_readable() {
        assert_eq!((EVENTS.id(), EVENTS.method(), EVENTS.path()), ("Events", Method::Get, "/events"));
        let ways: Vec<_> = EVENTS.pagination().map(Pagination::style).collect();
        assert_eq!(ways, [PaginationStyle::Time, PaginationStyle::PageCursor]);
        let limit = EVENTS
            .rate_limit()
            .map(|limit| (limit.bucket(), limit.requests(), limit.seconds(), limit.header()));
        assert_eq!(limit, Some(("exports", 10, 60, Some("x-exports"))));
        assert_eq!(EVENTS.pending(), None);
        let pending = JOB.pending().map(|pending| (pending.pointer(), pending.values()));
        assert_eq!(pending, Some(("/job/status", ["queued", "working"].as_slice())));
    }

    #[test]
    fn methods_know_whether_they_repeat() {
        let methods = [
            Method::Get,
            Method::Put,
            Method::Post,
            Method::Patch,
            Method::Delete,
            Method::Head,
            Method::Query,
        ];
        let repeatable = methods.map(|method| (method.to_string(), method.is_idempotent()));
        let expected = [
            ("GET", true),
            ("PUT", true),
            ("POST", false),
            ("PATCH", false),
            ("DELETE", true),
            ("HEAD", true),
            ("QUERY", true),
        ];
        assert_eq!(repeatable, expected.map(|(name, idempotent)| (name.to_owned(), idempotent)));
    }
}
