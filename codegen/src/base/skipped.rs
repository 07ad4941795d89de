//! Parts of the document that are not emitted.

use super::pointer::Pointer;

/// A part of the document that is not emitted, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skipped {
    /// JSON pointer to the part.
    pub pointer: Pointer,
    /// Why it is not emitted, as a clause.
    pub reason: String,
}
