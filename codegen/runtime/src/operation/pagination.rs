//! How an operation is paged.

use std::time::Duration;

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
    size: Option<&'static str>,
    identity: &'static [&'static str],
    position: Option<&'static str>,
    late_seconds: u32,
}

/// For the emitted code.
#[doc(hidden)]
#[expect(clippy::return_self_not_must_use, reason = "the emitted code uses what it gets")]
impl Pagination {
    const fn new(style: PaginationStyle, items: &'static str, max_page_size: u32) -> Self {
        Self { style, items, max_page_size, size: None, identity: &[], position: None, late_seconds: 0 }
    }

    pub const fn cursor(items: &'static str, max_page_size: u32) -> Self {
        Self::new(PaginationStyle::Cursor, items, max_page_size)
    }

    pub const fn time(items: &'static str, max_page_size: u32) -> Self {
        Self::new(PaginationStyle::Time, items, max_page_size)
    }

    pub const fn next_page(items: &'static str, max_page_size: u32) -> Self {
        Self::new(PaginationStyle::NextPage, items, max_page_size)
    }

    pub const fn routing_cursor(items: &'static str, max_page_size: u32) -> Self {
        Self::new(PaginationStyle::RoutingCursor, items, max_page_size)
    }

    pub const fn chat(items: &'static str, max_page_size: u32) -> Self {
        Self::new(PaginationStyle::Chat, items, max_page_size)
    }

    pub const fn page_cursor(items: &'static str, max_page_size: u32) -> Self {
        Self::new(PaginationStyle::PageCursor, items, max_page_size)
    }

    /// Names the query parameter that sets the size of a page.
    pub const fn sized_by(mut self, parameter: &'static str) -> Self {
        self.size = Some(parameter);
        self
    }

    /// Names the fields of a record that tell it from others.
    pub const fn known_by(mut self, fields: &'static [&'static str]) -> Self {
        self.identity = fields;
        self
    }

    /// Names the field of a record that holds the time which the pages follow.
    pub const fn placed_by(mut self, field: &'static str) -> Self {
        self.position = Some(field);
        self
    }

    /// Sets by how many seconds a record may be late.
    pub const fn late_by(mut self, seconds: u32) -> Self {
        self.late_seconds = seconds;
        self
    }
}

impl Pagination {
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

    /// The query parameter that sets the size of a page, if there is one.
    #[must_use]
    pub const fn size_parameter(&self) -> Option<&'static str> {
        self.size
    }

    /// The fields that tell one version of a record from all others. If there are none, only a record equal in
    /// full is the same one.
    #[must_use]
    pub const fn identity(&self) -> &'static [&'static str] {
        self.identity
    }

    /// The field of a record that holds the time which the pages follow, if the records show it.
    #[must_use]
    pub const fn position(&self) -> Option<&'static str> {
        self.position
    }

    /// How far behind what has been exported already a record may still appear.
    #[must_use]
    pub const fn late(&self) -> Duration {
        Duration::from_secs(self.late_seconds as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::{Duration, Pagination, PaginationStyle};

    #[test]
    fn a_way_says_only_what_it_was_told() {
        let way = Pagination::routing_cursor("values", 0);
        assert_eq!(
            (way.style(), way.items(), way.max_page_size()),
            (PaginationStyle::RoutingCursor, "values", None)
        );
        assert_eq!((way.size_parameter(), way.position(), way.late()), (None, None, Duration::ZERO));
        assert!(way.identity().is_empty());
    }

    #[test]
    fn a_way_says_all_that_it_was_told() {
        let way = Pagination::time("events", 1000)
            .sized_by("per_page")
            .known_by(&["id", "version"])
            .placed_by("time")
            .late_by(90);
        assert_eq!(
            (way.style(), way.items(), way.max_page_size()),
            (PaginationStyle::Time, "events", Some(1000))
        );
        assert_eq!((way.size_parameter(), way.position()), (Some("per_page"), Some("time")));
        assert_eq!((way.identity(), way.late()), (["id", "version"].as_slice(), Duration::from_secs(90)));
    }
}
