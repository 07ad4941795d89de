//! What a run gives.

use serde_json::Value;

use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::generated::GeneratedFile;
use crate::base::pointer::Pointer;
use crate::base::timings::Timings;
use crate::ir::api::Api;
use crate::read::tree::lines::{Action, Lines};
use crate::read::tree::origins::Origins;

/// What a run gives.
#[derive(Debug)]
pub struct Output {
    /// The emitted files, sorted by path; none where the options say so.
    pub files: Vec<GeneratedFile>,
    /// What they were made from.
    pub api: Api,
    /// The description with its overlays applied and bundled, before it was normalized.
    pub patched: Value,
    /// What a maintainer should look at.
    pub warnings: Vec<Diagnostic>,
    /// How long the stages took.
    pub timings: Timings,
    /// Where something is not emitted as it is declared, and a warning says so.
    pub(crate) told: Vec<Pointer>,
    /// Where the nodes of `patched` came from.
    pub(crate) origins: Origins<'static>,
}

impl Output {
    /// The file and line where a node of [`Output::patched`] came from: the description's, or an overlay's.
    #[must_use]
    pub fn place(&self, pointer: &Pointer) -> Place {
        self.origins.place(pointer)
    }

    /// The lines that a node of [`Output::patched`] came from, of the description or an overlay; of the nearest one
    /// above it where the text doesn't hold it.
    #[must_use]
    pub fn lines(&self, pointer: &Pointer) -> Option<Lines<'_>> {
        self.origins.lines(pointer)
    }

    /// The overlays' actions that made a node of [`Output::patched`] what it is, in the order in which they applied:
    /// those that wrote it, or something in it, or took something out of it.
    #[must_use]
    pub fn actions(&self, pointer: &Pointer) -> Vec<Action<'_>> {
        self.origins.actions(pointer)
    }
}
