//! The output of the generator.

use serde_json::Value;

use crate::base::diagnostic::{Diagnostic, Location};
use crate::base::generated::GeneratedFile;
use crate::base::pointer::Pointer;
use crate::base::skipped::Skipped;
use crate::base::timings::Timings;
use crate::ir::api::Api;
use crate::read::tree::origins::Origins;
use crate::read::tree::source_lines::{OverlayAction, SourceLines};

/// The result of [`generate`](crate::generate).
#[derive(Debug)]
pub struct Output {
    /// The emitted files, sorted by path. Empty with [`Options::without_files`](crate::Options::without_files).
    pub files: Vec<GeneratedFile>,
    /// The API that the files were rendered from.
    pub api: Api,
    /// The description with overlays applied and references bundled, before normalization. A description of Swagger 2.0
    /// is spelled as OpenAPI 3.0.
    pub patched: Value,
    /// The warnings, sorted by file and line.
    pub warnings: Vec<Diagnostic>,
    /// The duration of each stage.
    pub timings: Timings,
    /// Nodes with a warning, which may not be emitted as declared.
    pub(crate) reported: Vec<Pointer>,
    /// The origins of the nodes of `patched`.
    pub(crate) origins: Origins<'static>,
}

impl Output {
    /// Returns the location of a node of [`Output::patched`] in the description or an overlay.
    #[must_use]
    pub fn location(&self, pointer: &Pointer) -> Location {
        self.origins.location(pointer)
    }

    /// Returns the pointer of a node of [`Output::patched`] as the description is written, which differs for Swagger 2.0.
    #[must_use]
    pub fn written(&self, pointer: &Pointer) -> Pointer {
        self.origins.written(pointer)
    }

    /// Returns the parts of the description that are not emitted, with their pointers as the description is written.
    #[must_use]
    pub fn skipped(&self) -> Vec<Skipped> {
        let written = |part: &Skipped| Skipped { pointer: self.written(&part.pointer), ..part.clone() };
        // What is written once may have been spelled out for several operations.
        let mut parts: Vec<_> = self.api.skipped.iter().map(written).collect();
        parts.sort();
        parts.dedup();
        parts
    }

    /// Returns the source lines of a node of [`Output::patched`]. If the source doesn't contain the node, these are the
    /// lines of its nearest ancestor.
    #[must_use]
    pub fn lines(&self, pointer: &Pointer) -> Option<SourceLines<'_>> {
        self.origins.lines(pointer)
    }

    /// Returns the overlay actions that wrote a node of [`Output::patched`] or changed something in it, in the order in
    /// which they were applied.
    #[must_use]
    pub fn actions(&self, pointer: &Pointer) -> Vec<OverlayAction<'_>> {
        self.origins.actions(pointer)
    }
}
