//! What one walk over everything finds.

use super::files::{Lost, Spot};
use crate::base::diagnostic::Findings;
use crate::base::options::Mode;
use crate::base::path::Path;
use crate::base::pointer::Pointer;

/// What one walk over everything finds.
pub(super) struct Pass {
    pub(super) findings: Findings,
    /// What stands elsewhere in the tree than where it comes from.
    pub(super) moves: Vec<(Pointer, Spot)>,
    pub(super) changed: bool,
    pub(super) written_out: usize,
    /// References that are being written out, outermost first.
    pub(super) trail: Vec<Spot>,
}

impl Pass {
    pub(super) fn new(mode: Mode) -> Self {
        Self {
            findings: Findings::new(mode),
            moves: Vec::new(),
            changed: false,
            written_out: 0,
            trail: Vec::new(),
        }
    }

    /// Says why a reference leads to nothing that can stand there.
    pub(super) fn report(&mut self, at: &Path<'_>, text: &str, lost: &Lost, meant: Option<String>) {
        let (message, help) = match lost {
            Lost::Remote => (
                format!("the reference {text:?} leads to another server, which is not asked"),
                "save the file beside the description and refer to it by its path",
            ),
            Lost::Unreadable(why) => (
                format!("the file of the reference {text:?} can't be read: {why}"),
                "put the file there, or move what it holds into the description",
            ),
            Lost::OtherKind(folder) => (
                format!("the reference {text:?} leads to one of the {folder}, which can't stand here"),
                "refer to a component of the kind that belongs here",
            ),
            Lost::Nowhere => (
                format!("the reference {text:?} leads nowhere"),
                "add what it names by an overlay, or mend the reference",
            ),
        };
        let help = meant.map_or_else(|| help.to_owned(), |meant| format!("did you mean {meant}?"));
        self.findings.mistake(&at.child("$ref"), message, help);
    }
}
