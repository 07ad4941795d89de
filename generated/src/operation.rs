//! What is known of an operation before it is called: constants that the request values refer to.

use std::fmt;

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
        }
    }

    /// Whether sending the request twice does what sending it once does.
    #[must_use]
    pub const fn is_idempotent(self) -> bool {
        matches!(self, Self::Get | Self::Put | Self::Delete)
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// How the pages of an answer follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PaginationStyle {
    /// The first request names a start, each later one the `after_cursor` of the page before, until
    /// `end_of_stream`.
    Cursor,
    /// The next request starts at the `end_time` of this page; the bound is inclusive, so records come again.
    Time,
    /// `next_page` is an address, or null at the end.
    NextPage,
    /// `next_page` holds a cursor; a page with the `count` 0 is the end.
    RoutingCursor,
    /// `next_page` is always there; the end is a page that is not full or does not move on.
    Chat,
    /// `meta.has_more` and `meta.after_cursor`.
    PageCursor,
}

/// One way of paging that an operation knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Pagination {
    style: PaginationStyle,
    items: &'static str,
    max_page_size: u32,
}

impl Pagination {
    pub(crate) const fn cursor(items: &'static str, max_page_size: u32) -> Self {
        Self { style: PaginationStyle::Cursor, items, max_page_size }
    }

    pub(crate) const fn time(items: &'static str, max_page_size: u32) -> Self {
        Self { style: PaginationStyle::Time, items, max_page_size }
    }

    pub(crate) const fn next_page(items: &'static str, max_page_size: u32) -> Self {
        Self { style: PaginationStyle::NextPage, items, max_page_size }
    }

    pub(crate) const fn routing_cursor(items: &'static str, max_page_size: u32) -> Self {
        Self { style: PaginationStyle::RoutingCursor, items, max_page_size }
    }

    pub(crate) const fn chat(items: &'static str, max_page_size: u32) -> Self {
        Self { style: PaginationStyle::Chat, items, max_page_size }
    }

    pub(crate) const fn page_cursor(items: &'static str, max_page_size: u32) -> Self {
        Self { style: PaginationStyle::PageCursor, items, max_page_size }
    }

    /// How the pages follow each other.
    #[must_use]
    pub const fn style(&self) -> PaginationStyle {
        self.style
    }

    /// The key of the list in the answer.
    #[must_use]
    pub const fn items(&self) -> &'static str {
        self.items
    }

    /// The largest page that may be asked for, if that is known.
    #[must_use]
    pub const fn max_page_size(&self) -> Option<u32> {
        if self.max_page_size == 0 { None } else { Some(self.max_page_size) }
    }
}

/// A limit that operations share by the name of its bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RateLimit {
    bucket: &'static str,
    requests: u32,
    seconds: u32,
}

impl RateLimit {
    pub(crate) const fn new(bucket: &'static str, requests: u32, seconds: u32) -> Self {
        Self { bucket, requests, seconds }
    }

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

    /// The length of the window.
    #[must_use]
    pub const fn seconds(&self) -> u32 {
        self.seconds
    }
}

/// A rule about query parameters that belong together.
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
}

impl Operation {
    const fn new(method: Method, id: &'static str, path: &'static str) -> Self {
        Self { id, method, path, rules: [None; 4], pagination: [None; 2], rate_limit: None }
    }

    pub(crate) const fn get(id: &'static str, path: &'static str) -> Self {
        Self::new(Method::Get, id, path)
    }

    pub(crate) const fn put(id: &'static str, path: &'static str) -> Self {
        Self::new(Method::Put, id, path)
    }

    pub(crate) const fn post(id: &'static str, path: &'static str) -> Self {
        Self::new(Method::Post, id, path)
    }

    pub(crate) const fn patch(id: &'static str, path: &'static str) -> Self {
        Self::new(Method::Patch, id, path)
    }

    pub(crate) const fn delete(id: &'static str, path: &'static str) -> Self {
        Self::new(Method::Delete, id, path)
    }

    /// Adds a rule: one of these query parameters and no other.
    pub(crate) const fn exactly_one_of(self, names: &'static [&'static str]) -> Self {
        self.rule(Rule::ExactlyOneOf(names))
    }

    /// Adds a rule: one of these query parameters, or none.
    pub(crate) const fn at_most_one_of(self, names: &'static [&'static str]) -> Self {
        self.rule(Rule::AtMostOneOf(names))
    }

    /// Adds a rule: all of these query parameters, and none of them empty.
    pub(crate) const fn requires(self, names: &'static [&'static str]) -> Self {
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
    pub(crate) const fn paged(mut self, pagination: Pagination) -> Self {
        let mut index = 0;
        while self.pagination[index].is_some() {
            index += 1;
        }
        self.pagination[index] = Some(pagination);
        self
    }

    pub(crate) const fn limited(mut self, rate_limit: RateLimit) -> Self {
        self.rate_limit = Some(rate_limit);
        self
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
        .limited(RateLimit::new("exports", 10, 60));

    #[test]
    fn constants_are_readable() {
        assert_eq!((EVENTS.id(), EVENTS.method(), EVENTS.path()), ("Events", Method::Get, "/events"));
        let ways: Vec<_> =
            EVENTS.pagination().map(|way| (way.style(), way.items(), way.max_page_size())).collect();
        assert_eq!(
            ways,
            [(PaginationStyle::Time, "events", Some(1000)), (PaginationStyle::PageCursor, "events", None)]
        );
        let limit = EVENTS.rate_limit().map(|limit| (limit.bucket(), limit.requests(), limit.seconds()));
        assert_eq!(limit, Some(("exports", 10, 60)));
    }

    #[test]
    fn methods_know_whether_they_repeat() {
        let repeatable = [Method::Get, Method::Put, Method::Post, Method::Patch, Method::Delete]
            .map(|method| (method.to_string(), method.is_idempotent()));
        let expected = [("GET", true), ("PUT", true), ("POST", false), ("PATCH", false), ("DELETE", true)];
        assert_eq!(repeatable, expected.map(|(name, idempotent)| (name.to_owned(), idempotent)));
    }
}
