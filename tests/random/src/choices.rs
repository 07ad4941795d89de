//! Decisions, each taken by some bytes.

use arbitrary::Unstructured;

/// Bytes that decide. Where none are left, every decision is the first of its choices, so that whatever is being
/// made comes to an end.
pub(crate) struct Choices<'b>(Unstructured<'b>);

impl<'b> Choices<'b> {
    pub(crate) fn new(bytes: &'b [u8]) -> Self {
        Self(Unstructured::new(bytes))
    }

    /// A number up to and with `most`.
    pub(crate) fn up_to(&mut self, most: usize) -> usize {
        self.0.int_in_range(0..=most).unwrap_or_default()
    }

    /// True once in so many times.
    pub(crate) fn chance(&mut self, times: usize) -> bool {
        let last = times.saturating_sub(1);
        self.up_to(last) == last && last > 0
    }

    /// One of several things, of which there is at least one.
    pub(crate) fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.up_to(from.len().saturating_sub(1))].clone()
    }

    /// Any bits.
    pub(crate) fn bits(&mut self) -> i64 {
        self.0.arbitrary().unwrap_or_default()
    }

    /// A few characters, of any script.
    pub(crate) fn text(&mut self) -> String {
        let length = self.up_to(8);
        let text = (0..length).map_while(|_| self.0.arbitrary::<char>().ok());
        text.collect()
    }
}
