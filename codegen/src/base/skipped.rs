//! What is left out.

use super::pointer::Pointer;

/// A part of the document that is not in the crate, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skipped {
    /// What was left out.
    pub pointer: Pointer,
    /// Why.
    pub reason: String,
}
