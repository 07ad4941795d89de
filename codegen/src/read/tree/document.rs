//! One tree made of several files, in which each node still knows where it stands.

use serde_json::Value;

use super::file::File;
use super::origins::{Edit, Origins};
use crate::base::diagnostic::{Diagnostic, Finding, Findings, Place, Severity};
use crate::base::pointer::Pointer;

/// The base document with overlays applied.
#[derive(Debug)]
pub(crate) struct Document<'a> {
    /// The tree as it is now.
    pub(crate) value: Value,
    origins: Origins<'a>,
    /// What is wrong with the syntax and could be read all the same.
    warnings: Vec<Diagnostic>,
}

/// What a run has to say of its document.
pub(crate) struct Told {
    /// Whether something is wrong that nothing can be made of.
    pub(crate) failed: bool,
    /// Where something was found.
    pub(crate) nodes: Vec<Pointer>,
    /// All of it, in the order of files and lines.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl<'a> Document<'a> {
    pub(crate) fn new(base: File<'a>, value: Value) -> Self {
        Self { value, origins: Origins::new(base), warnings: Vec::new() }
    }

    /// Adds a file of which parts come into the tree, so that they can be found; returns its number.
    pub(crate) fn add_file(&mut self, file: File<'a>) -> usize {
        self.origins.add(file)
    }

    /// Goes back to a tree without edits; the added files stay.
    pub(crate) fn start_over(&mut self, value: Value) {
        self.value = value;
        self.origins.start_over();
    }

    /// Reports problems of a file's syntax as warnings.
    pub(crate) fn warn(&mut self, problems: Vec<Diagnostic>) {
        let warning = |problem| Diagnostic { severity: Severity::Warning, ..problem };
        self.warnings.extend(problems.into_iter().map(warning));
    }

    pub(crate) fn record(&mut self, edit: Edit) {
        self.origins.record(edit);
    }

    /// An added file.
    pub(crate) fn file(&self, number: usize) -> &File<'a> {
        self.origins.file(number)
    }

    /// The file and line where a node of the tree came from.
    pub(crate) fn place(&self, pointer: &Pointer) -> Place {
        self.origins.place(pointer)
    }

    /// What there is to say: what was found, and remarks of which nothing follows.
    pub(crate) fn told(&self, findings: Findings, remarks: Findings) -> Told {
        let failed = findings.has_errors();
        let mut findings = findings.into_vec();
        let nodes = self.nodes(&findings);
        findings.extend(remarks.into_vec());
        Told { failed, nodes, diagnostics: self.locate(findings) }
    }

    /// The nodes that findings, and problems of the syntax, are about; later stages spell some nodes differently.
    fn nodes(&self, findings: &[Finding]) -> Vec<Pointer> {
        let found = findings.iter().map(|finding| finding.pointer.existing(&self.value));
        found.chain(self.warnings.iter().map(|warning| warning.pointer.clone())).collect()
    }

    /// Gives findings their places, in the order of files and lines.
    fn locate(&self, findings: Vec<Finding>) -> Vec<Diagnostic> {
        let mut diagnostics: Vec<_> = findings
            .into_iter()
            .map(|finding| {
                let (file, at) = self.origins.find(&finding.pointer);
                let place = file.place(&at);
                Diagnostic {
                    severity: finding.severity,
                    excerpt: file.excerpt(&place),
                    place,
                    pointer: finding.pointer.existing(&self.value),
                    message: finding.message,
                    help: finding.help,
                }
            })
            .chain(self.warnings.iter().cloned())
            .collect();
        diagnostics.sort_by(|a, b| (a.severity, &a.place).cmp(&(b.severity, &b.place)));
        // Of what two stages found, the first says more.
        diagnostics.dedup_by(|later, first| (&later.place, &later.message) == (&first.place, &first.message));
        diagnostics
    }

    /// The tree, and where its nodes came from.
    pub(crate) fn into_parts(self) -> (Value, Origins<'static>) {
        (self.value, self.origins.into_owned())
    }
}
