//! The state of spelling a document.

use super::shared::Shared;
use crate::base::diagnostic::Findings;
use crate::base::pointer::Pointer;
use crate::base::written_pointers::WrittenPointers;

/// Spells the parts of a document as OpenAPI 3.0.
pub(super) struct Speller<'f> {
    pub(super) findings: &'f mut Findings,
    pub(super) written: WrittenPointers,
    pub(super) shared: Shared,
}

impl Speller<'_> {
    /// Reports a problem at a node as it is written.
    pub(super) fn problem(&mut self, at: &Pointer, message: impl Into<String>, help: impl Into<String>) {
        self.findings.problem(at, message, help);
    }
}
