//! How accurate a value is that was read from text.

/// Whether a value represents a text exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accuracy {
    /// The value is written as the same text.
    Exact,
    /// The value is equal, or rounded to the precision of its type, but written differently.
    Rounded,
    /// The value is beyond the range of its type.
    OutOfRange,
}
