//! The page size, which shrinks when the server is overloaded and grows back slowly.

use crate::operation::Pagination;
use crate::request::RequestParts;

/// After each successful page, the size grows by the current size divided by this number.
const GROWTH_STEPS: u32 = 10;

/// The size of the pages to request.
#[derive(Clone, Debug)]
pub(crate) struct PageSize {
    parameter: Option<&'static str>,
    wanted: u32,
    largest: u32,
    current: u32,
    /// The growth that is less than a record, in parts of one divided by [`GROWTH_STEPS`].
    growth: u32,
}

impl PageSize {
    /// Starts with the page size in the request, or the largest one.
    pub(crate) fn new(pagination: &Pagination, template: &RequestParts) -> Self {
        let parameter = pagination.size_parameter();
        let requested = parameter.and_then(|name| size_in(template, name));
        let largest = pagination.max_page_size().unwrap_or(u32::MAX);
        let wanted = requested.unwrap_or(largest).min(largest).max(1);
        Self { parameter, wanted, largest, current: wanted, growth: 0 }
    }

    /// Starts with the size that an earlier process reached, unless the caller wants a smaller one.
    pub(crate) fn resume(&mut self, reached: u32) {
        if self.parameter.is_some() {
            self.current = reached.clamp(1, self.wanted);
        }
    }

    /// Returns the size for a checkpoint: the current one, if it is smaller than the caller wants.
    pub(crate) fn reached(&self) -> Option<u32> {
        (self.current < self.wanted).then_some(self.current)
    }

    /// Returns the size, if the operation has a parameter for it.
    pub(crate) fn chosen(&self) -> Option<u32> {
        self.parameter.map(|_| self.current)
    }

    /// Returns how many records a full page has.
    pub(crate) fn current(&self) -> u32 {
        self.current
    }

    /// Returns how many records the largest page has.
    pub(crate) fn largest(&self) -> u32 {
        self.largest
    }

    /// Sets the page size of a request, unless the server would use that size anyway.
    pub(crate) fn apply(&self, parts: &mut RequestParts) {
        let Some(name) = self.parameter else { return };
        if size_in(parts, name).unwrap_or(self.largest) != self.current {
            parts.query_mut().put(name, &self.current.to_string());
        }
    }

    /// Halves the page size, if the operation has a parameter for it. Returns whether it is smaller now.
    pub(crate) fn halve(&mut self) -> bool {
        let can_shrink = self.parameter.is_some() && self.current > 1;
        if can_shrink {
            self.current /= 2;
            self.growth = 0;
        }
        can_shrink
    }

    /// Grows the page size by a tenth, up to the size that the caller wants, or returns to it from a larger one. A small
    /// size grows by less than a record per page: otherwise a server that manages a single record would fail at every
    /// other request.
    pub(crate) fn grow(&mut self) {
        let growth = self.growth.saturating_add(self.current);
        self.growth = growth % GROWTH_STEPS;
        self.current = self.current.saturating_add(growth / GROWTH_STEPS).min(self.wanted);
    }

    /// Returns whether [`enlarge`](Self::enlarge) makes the page larger.
    pub(crate) fn is_below_largest(&self) -> bool {
        self.parameter.is_some() && self.largest != u32::MAX && self.current < self.largest
    }

    /// Sets the largest page size, even if the caller wants a smaller one.
    pub(crate) fn enlarge(&mut self) {
        if self.is_below_largest() {
            self.current = self.largest;
        }
    }
}

/// Returns the page size in a request.
fn size_in(parts: &RequestParts, parameter: &str) -> Option<u32> {
    parts.query().get(parameter)?.parse().ok()
}
