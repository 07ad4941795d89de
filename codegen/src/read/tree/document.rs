//! The tree of a description, whose nodes can be traced back to their source files.

use serde_json::{Number, Value};

use super::file::ParsedFile;
use super::origins::{Edit, Origins};
use crate::base::copies::Copies;
use crate::base::diagnostic::{Diagnostic, Finding, Findings, Location, Severity};
use crate::base::node_path::NodePath;
use crate::base::pointer::Pointer;
use crate::base::snippet::Snippet;
use crate::base::written_pointers::WrittenPointers;

/// The description with overlays applied.
#[derive(Debug)]
pub(crate) struct Document<'a> {
    /// The current tree.
    pub(crate) value: Value,
    origins: Origins<'a>,
    /// Syntax problems that the parser recovered from.
    warnings: Vec<Diagnostic>,
    /// What the tree repeats of the files.
    pub(crate) copies: Copies,
}

/// The diagnostics of a run.
pub(crate) struct DocumentDiagnostics {
    /// Whether there are errors, so that the run fails.
    pub(crate) has_errors: bool,
    /// The nodes with findings.
    pub(crate) nodes: Vec<Pointer>,
    /// All diagnostics, sorted by file and line.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl<'a> Document<'a> {
    pub(crate) fn new(base: ParsedFile<'a>, value: Value, copies: Copies) -> Self {
        Self { value, origins: Origins::new(base), warnings: Vec::new(), copies }
    }

    /// Adds a file that parts of the tree come from, and returns its number.
    pub(crate) fn add_file(&mut self, file: ParsedFile<'a>) -> usize {
        self.origins.add(file)
    }

    /// Replaces the tree by one without edits. The added files stay.
    pub(crate) fn start_over(&mut self, value: Value) {
        self.value = value;
        self.origins.start_over();
    }

    /// Adds syntax problems as warnings.
    pub(crate) fn warn(&mut self, problems: Vec<Diagnostic>) {
        let warning = |problem| Diagnostic { severity: Severity::Warning, ..problem };
        self.warnings.extend(problems.into_iter().map(warning));
    }

    pub(crate) fn record(&mut self, edit: Edit) {
        self.origins.record(edit);
    }

    /// Replaces the tree by its spelling in another version of the standard. Findings so far keep their locations.
    pub(crate) fn spell(&mut self, value: Value, written: WrittenPointers, findings: &mut Findings) {
        findings.locate(|pointer| (pointer.existing(&self.value), self.find(pointer)));
        self.value = value;
        self.origins.record(Edit::Spelled(written));
    }

    /// Returns whether there are numbers that the tree doesn't hold as they are written.
    pub(super) fn has_other_numbers(&self) -> bool {
        self.origins.has_numbers()
    }

    /// Returns a number of the tree as it is written, if the tree doesn't hold it so.
    pub(super) fn other_number(&self, at: &NodePath<'_>, number: &Number) -> Option<String> {
        self.origins.number(&|| at.to_pointer(), number)
    }

    /// Returns an added file.
    pub(crate) fn file(&self, number: usize) -> &ParsedFile<'a> {
        self.origins.file(number)
    }

    /// Returns the source location of a node of the tree.
    pub(crate) fn location(&self, pointer: &Pointer) -> Location {
        self.origins.location(pointer)
    }

    /// Returns the diagnostics of a run. Only `findings` decide whether it failed, and which nodes have findings.
    pub(crate) fn diagnostics(&self, findings: Findings, check_findings: Findings) -> DocumentDiagnostics {
        let has_errors = findings.has_errors();
        let mut findings = findings.into_vec();
        let nodes = self.nodes(&findings);
        findings.extend(check_findings.into_vec());
        DocumentDiagnostics { has_errors, nodes, diagnostics: self.locate(findings) }
    }

    /// Returns the nodes with findings or syntax problems. Later stages change some pointers, so the deepest existing
    /// node is used.
    fn nodes(&self, findings: &[Finding]) -> Vec<Pointer> {
        let (located, others): (Vec<_>, Vec<_>) =
            findings.iter().partition(|finding| finding.location.is_some());
        let found = others.into_iter().map(|finding| finding.pointer.existing(&self.value));
        let written = located.into_iter().map(|finding| finding.pointer.clone());
        let written = written.chain(self.warnings.iter().map(|warning| warning.pointer.clone()));
        found.chain(self.origins.made_of(written.collect())).collect()
    }

    /// Adds locations to findings, and sorts them by file and line.
    fn locate(&self, findings: Vec<Finding>) -> Vec<Diagnostic> {
        let mut diagnostics: Vec<_> = findings
            .into_iter()
            .map(|finding| {
                let (pointer, (location, snippet)) = if let Some(location) = finding.location {
                    (self.origins.before_moves(&finding.pointer), location)
                } else {
                    (self.written_existing(&finding.pointer), self.find(&finding.pointer))
                };
                Diagnostic {
                    severity: finding.severity,
                    snippet,
                    location,
                    pointer,
                    message: finding.message,
                    help: finding.help,
                }
            })
            .chain(self.warnings.iter().cloned())
            .collect();
        diagnostics.sort_by(|a, b| (a.severity, &a.location).cmp(&(b.severity, &b.location)));
        // If two stages found the same problem, the first one has the better help.
        diagnostics
            .dedup_by(|later, first| (&later.location, &later.message) == (&first.location, &first.message));
        diagnostics
    }

    /// Returns the pointer of the deepest existing node as the description is written.
    fn written_existing(&self, pointer: &Pointer) -> Pointer {
        let existing = pointer.existing(&self.value);
        let missing = pointer.tokens().len() - existing.tokens().len();
        let written = self.origins.written(pointer);
        // A node that was replaced by another one has the pointer that it is read at.
        let is_reference = written.last() == Some("$ref");
        if missing == 1 && is_reference {
            written.parent().unwrap_or(existing)
        } else {
            self.origins.written(&existing)
        }
    }

    /// Returns the location of a node, and its source line.
    fn find(&self, pointer: &Pointer) -> (Location, Option<Snippet>) {
        let (file, at) = self.origins.find(pointer);
        let location = file.location(&at);
        let snippet = file.snippet(&location);
        (location, snippet)
    }

    /// Returns the pointer of a node as the description is written.
    pub(crate) fn written(&self, pointer: &Pointer) -> Pointer {
        self.origins.written(pointer)
    }

    /// Returns the tree, and where its nodes come from.
    pub(crate) fn into_parts(self) -> (Value, Origins<'static>) {
        (self.value, self.origins.into_owned())
    }
}
