//! The state of one pass over the description.

use std::collections::HashSet;

use super::files::{NodeRef, ResolveError};
use crate::base::copies::Copies;
use crate::base::diagnostic::Findings;
use crate::base::mode::Mode;
use crate::base::node_path::NodePath;
use crate::base::pointer::Pointer;

/// The state of one pass over the description.
pub(super) struct RewriteState {
    pub(super) findings: Findings,
    /// The nodes that were moved: the new pointer of each, and where it comes from.
    pub(super) moves: Vec<(Pointer, NodeRef)>,
    /// Whether the tree changed.
    pub(super) changed: bool,
    /// The number of references that were replaced by their targets.
    pub(super) inlined: usize,
    /// The targets that replaced a reference. Another copy of one is counted.
    pub(super) copied: HashSet<NodeRef>,
    /// The targets of the references that are being replaced, outermost first.
    pub(super) trail: Vec<NodeRef>,
}

impl RewriteState {
    pub(super) fn new(mode: Mode, copies: Copies) -> Self {
        let mut findings = Findings::new(mode);
        findings.set_copies(copies);
        Self {
            findings,
            moves: Vec::new(),
            changed: false,
            inlined: 0,
            copied: HashSet::new(),
            trail: Vec::new(),
        }
    }

    /// Reports a reference that can't be resolved.
    pub(super) fn report(
        &mut self,
        at: &NodePath<'_>,
        text: &str,
        error: &ResolveError,
        suggestion: Option<String>,
    ) {
        let (message, help) = match error {
            ResolveError::Remote => (
                format!("the reference {text:?} points to another server, and remote files are not loaded"),
                "save the file next to the description and refer to it by its path",
            ),
            ResolveError::Unreadable(why) => (
                format!("the file of the reference {text:?} can't be read: {why}"),
                "create the file, or move its content into the description",
            ),
            ResolveError::WrongKind(section) => (
                format!("the reference {text:?} points to one of the {section}, which is not allowed here"),
                "refer to a component of the right kind",
            ),
            ResolveError::NotFound => (
                format!("unresolved reference {text:?}"),
                "fix the reference, or add its target with an overlay",
            ),
        };
        let help = suggestion.map_or_else(|| help.to_owned(), |meant| format!("did you mean {meant}?"));
        self.findings.problem(&at.child("$ref"), message, help);
    }
}
