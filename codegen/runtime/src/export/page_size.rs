//! The size of pages: halved when the server can't cope, grown back slowly.

use crate::operation::Pagination;
use crate::request::Parts;

/// The smallest page that is asked for of its own accord.
const FLOOR: u32 = 10;
/// By this part of what the caller wants a page grows after each one that came well.
const STEPS: u32 = 10;

/// The size of the pages to ask for.
#[derive(Clone, Debug)]
pub(crate) struct PageSize {
    parameter: Option<&'static str>,
    wanted: u32,
    largest: u32,
    current: u32,
}

impl PageSize {
    /// The size that the caller's request asks for, or the largest one.
    pub(crate) fn new(way: &Pagination, template: &Parts) -> Self {
        let parameter = way.size_parameter();
        let asked = parameter.and_then(|name| natural(template, name));
        let largest = way.max_page_size().unwrap_or(u32::MAX);
        let wanted = asked.unwrap_or(largest).min(largest).max(1);
        Self { parameter, wanted, largest, current: wanted }
    }

    /// How many records a full page holds.
    pub(crate) fn current(&self) -> u32 {
        self.current
    }

    /// Writes the size into a request, unless that is what the server would send anyway.
    pub(crate) fn apply(&self, parts: &mut Parts) {
        let Some(name) = self.parameter else { return };
        if natural(parts, name).unwrap_or(self.largest) != self.current {
            parts.query_mut().put(name, &self.current.to_string());
        }
    }

    /// Asks for half from now on, where a size can be asked for.
    pub(crate) fn halve(&mut self) {
        if self.parameter.is_some() {
            self.current = (self.current / 2).max(FLOOR).min(self.current);
        }
    }

    /// Grows a little, up to what the caller wants.
    pub(crate) fn grow(&mut self) {
        self.current = self.current.saturating_add((self.wanted / STEPS).max(1)).min(self.wanted);
    }

    /// Asks for the largest page, whatever the caller wants.
    pub(crate) fn enlarge(&mut self) {
        if self.parameter.is_some() && self.largest != u32::MAX {
            self.current = self.largest;
        }
    }

    /// Goes back from the largest page to what the caller wants.
    pub(crate) fn settle(&mut self) {
        self.current = self.current.min(self.wanted);
    }
}

/// The size that a request asks for as it stands.
fn natural(parts: &Parts, parameter: &str) -> Option<u32> {
    parts.query().get(parameter)?.parse().ok()
}
