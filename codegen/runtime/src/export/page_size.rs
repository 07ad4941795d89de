//! The page size, which shrinks when the server is overloaded and grows back slowly.

use crate::operation::Pagination;
use crate::request::RequestParts;

/// The smallest page size that is used unless the caller wants a smaller one.
const MINIMUM: u32 = 10;
/// After each successful page, the size grows by the wanted size divided by this number.
const GROWTH_STEPS: u32 = 10;

/// The size of the pages to request.
#[derive(Clone, Debug)]
pub(crate) struct PageSize {
    parameter: Option<&'static str>,
    wanted: u32,
    largest: u32,
    current: u32,
}

impl PageSize {
    /// Starts with the page size in the request, or the largest one.
    pub(crate) fn new(pagination: &Pagination, template: &RequestParts) -> Self {
        let parameter = pagination.size_parameter();
        let requested = parameter.and_then(|name| size_in(template, name));
        let largest = pagination.max_page_size().unwrap_or(u32::MAX);
        let wanted = requested.unwrap_or(largest).min(largest).max(1);
        Self { parameter, wanted, largest, current: wanted }
    }

    /// Returns how many records a full page has.
    pub(crate) fn current(&self) -> u32 {
        self.current
    }

    /// Sets the page size of a request, unless the server would use that size anyway.
    pub(crate) fn apply(&self, parts: &mut RequestParts) {
        let Some(name) = self.parameter else { return };
        if size_in(parts, name).unwrap_or(self.largest) != self.current {
            parts.query_mut().put(name, &self.current.to_string());
        }
    }

    /// Halves the page size, if the operation has a parameter for it.
    pub(crate) fn halve(&mut self) {
        if self.parameter.is_some() {
            self.current = (self.current / 2).max(MINIMUM).min(self.current);
        }
    }

    /// Grows the page size by one step, up to the size that the caller wants.
    pub(crate) fn grow(&mut self) {
        self.current = self.current.saturating_add((self.wanted / GROWTH_STEPS).max(1)).min(self.wanted);
    }

    /// Sets the largest page size, even if the caller wants a smaller one.
    pub(crate) fn enlarge(&mut self) {
        if self.parameter.is_some() && self.largest != u32::MAX {
            self.current = self.largest;
        }
    }

    /// Returns from the largest page size to the size that the caller wants.
    pub(crate) fn settle(&mut self) {
        self.current = self.current.min(self.wanted);
    }
}

/// Returns the page size in a request.
fn size_in(parts: &RequestParts, parameter: &str) -> Option<u32> {
    parts.query().get(parameter)?.parse().ok()
}
