//! The pagination of an operation.

use std::time::Duration;

/// The pagination style of an operation: how a page of records leads to the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PaginationStyle {
    /// The first request has a start time, and each later one the `after_cursor` of the previous page, until
    /// `end_of_stream` is true.
    Cursor,
    /// The next request starts at the `end_time` of this page. The bound is inclusive, so some records are repeated.
    Time,
    /// `next_page` is the URL of the next page, or null on the last page.
    NextPage,
    /// `next_page` is a URL with a `cursor`. The last page has no records.
    RoutingCursor,
    /// `next_page` is the URL of the next page, and is always set. The last page is empty, or its `next_page` is its own
    /// URL.
    Chat,
    /// The next request has the `meta.after_cursor` of this page as `page[after]`, until `meta.has_more` is false.
    PageCursor,
}

/// A pagination style of an operation, and the location of the records in its pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Pagination {
    style: PaginationStyle,
    items: &'static str,
    max_page_size: u32,
    size: Option<&'static str>,
    identity: &'static [&'static str],
    time_field: Option<&'static str>,
    late_seconds: u32,
}

/// For the emitted code.
#[doc(hidden)]
#[expect(clippy::return_self_not_must_use, reason = "emitted code uses the result")]
impl Pagination {
    const fn new(style: PaginationStyle, items: &'static str, max_page_size: u32) -> Self {
        Self { style, items, max_page_size, size: None, identity: &[], time_field: None, late_seconds: 0 }
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

    /// Sets the query parameter for the page size.
    pub const fn sized_by(mut self, parameter: &'static str) -> Self {
        self.size = Some(parameter);
        self
    }

    /// Sets the fields that identify a version of a record.
    pub const fn identified_by(mut self, fields: &'static [&'static str]) -> Self {
        self.identity = fields;
        self
    }

    /// Sets the field of a record with the time that the pages are ordered by.
    pub const fn ordered_by(mut self, field: &'static str) -> Self {
        self.time_field = Some(field);
        self
    }

    /// Sets by how many seconds a record may appear late.
    pub const fn late_by(mut self, seconds: u32) -> Self {
        self.late_seconds = seconds;
        self
    }
}

impl Pagination {
    /// Returns the pagination style.
    #[must_use]
    pub const fn style(&self) -> PaginationStyle {
        self.style
    }

    /// Returns the name of the array of records in the response.
    #[must_use]
    pub const fn items(&self) -> &'static str {
        self.items
    }

    /// Returns the largest page size that the server accepts, if it is declared.
    #[must_use]
    pub const fn max_page_size(&self) -> Option<u32> {
        if self.max_page_size == 0 { None } else { Some(self.max_page_size) }
    }

    /// Returns the query parameter for the page size, if there is one.
    #[must_use]
    pub const fn size_parameter(&self) -> Option<&'static str> {
        self.size
    }

    /// Returns the fields that identify a version of a record. If there are none, records are compared completely.
    #[must_use]
    pub const fn identity(&self) -> &'static [&'static str] {
        self.identity
    }

    /// Returns the field of a record with the time that the pages are ordered by, if the records have one.
    #[must_use]
    pub const fn time_field(&self) -> Option<&'static str> {
        self.time_field
    }

    /// Returns how long after its own time a record may still appear.
    #[must_use]
    pub const fn allowed_lateness(&self) -> Duration {
        Duration::from_secs(self.late_seconds as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::{Duration, Pagination, PaginationStyle};

    #[test]
    fn undeclared_settings_are_none() {
        let pagination = Pagination::routing_cursor("values", 0);
        assert_eq!(
            (pagination.style(), pagination.items(), pagination.max_page_size()),
            (PaginationStyle::RoutingCursor, "values", None)
        );
        assert_eq!(
            (pagination.size_parameter(), pagination.time_field(), pagination.allowed_lateness()),
            (None, None, Duration::ZERO)
        );
        assert!(pagination.identity().is_empty());
    }

    #[test]
    fn declared_settings_are_returned() {
        let pagination = Pagination::time("events", 1000)
            .sized_by("per_page")
            .identified_by(&["id", "version"])
            .ordered_by("time")
            .late_by(90);
        assert_eq!(
            (pagination.style(), pagination.items(), pagination.max_page_size()),
            (PaginationStyle::Time, "events", Some(1000))
        );
        assert_eq!((pagination.size_parameter(), pagination.time_field()), (Some("per_page"), Some("time")));
        assert_eq!(
            (pagination.identity(), pagination.allowed_lateness()),
            (["id", "version"].as_slice(), Duration::from_secs(90))
        );
    }
}
