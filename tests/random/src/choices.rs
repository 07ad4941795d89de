//! Choices that are determined by bytes.

use arbitrary::Unstructured;

/// A source of choices, determined by bytes. After the last byte, each choice is the first option, so that generating
/// always ends.
pub(crate) struct Choices<'b>(Unstructured<'b>);

impl<'b> Choices<'b> {
    pub(crate) fn new(bytes: &'b [u8]) -> Self {
        Self(Unstructured::new(bytes))
    }

    /// Returns a number up to and including `most`.
    pub(crate) fn up_to(&mut self, most: usize) -> usize {
        self.0.int_in_range(0..=most).unwrap_or_default()
    }

    /// Returns true with a probability of 1 in `times`.
    pub(crate) fn chance(&mut self, times: usize) -> bool {
        let last = times.saturating_sub(1);
        self.up_to(last) == last && last > 0
    }

    /// Returns one of several values; there must be at least one.
    pub(crate) fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.up_to(from.len().saturating_sub(1))].clone()
    }

    /// Returns any bits.
    pub(crate) fn bits(&mut self) -> i64 {
        self.0.arbitrary().unwrap_or_default()
    }

    /// Returns up to eight characters of any script.
    pub(crate) fn text(&mut self) -> String {
        let length = self.up_to(8);
        let text = (0..length).map_while(|_| self.0.arbitrary::<char>().ok());
        text.collect()
    }
}
