//! Diagnostics: what is wrong, where, and how to fix it.

use std::collections::HashSet;
use std::fmt;

use super::copies::{self, Copies};
use super::kept_items::KeptItems;
use super::mode::Mode;
use super::pointer::Pointer;
use super::skipped::Skipped;
use super::snippet::Snippet;
use super::suggest::Suggestions;

/// The severity of a [`Diagnostic`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// A problem that makes the run fail.
    Error,
    /// A problem that doesn't stop the run.
    Warning,
}

/// A location in a text file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// The file as the caller named it.
    pub file: String,
    /// Line, from 1. 0 if only the file is known.
    pub line: usize,
    /// Column in characters, from 1. 0 if only the file is known.
    pub column: usize,
}

/// A node of a description, with its location in the description or an overlay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeLocation {
    /// JSON pointer to the node in the description with overlays applied, as OpenAPI 3.
    pub pointer: Pointer,
    /// JSON pointer to the node as the description is written. It differs for Swagger 2.0.
    pub written: Pointer,
    /// The source location of the node.
    pub location: Location,
}

impl Location {
    /// Creates a location without line and column.
    #[must_use]
    pub fn file(file: &str) -> Self {
        Self { file: file.to_owned(), line: 0, column: 0 }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line == 0 {
            f.write_str(&self.file)
        } else {
            write!(f, "{}:{}:{}", self.file, self.line, self.column)
        }
    }
}

/// An error or a warning, with its location and help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Whether it is an error or a warning.
    pub severity: Severity,
    /// The location of the problem.
    pub location: Location,
    /// The source line. `None` if only the file is known, or the line is blank.
    pub snippet: Option<Snippet>,
    /// JSON pointer to the node with the problem.
    pub pointer: Pointer,
    /// The problem.
    pub message: String,
    /// How to fix it.
    pub help: String,
}

impl Diagnostic {
    /// Returns location, message, pointer and help on one line, for `cargo::warning` and `cargo::error`.
    #[must_use]
    pub fn one_line(&self) -> String {
        let text = format!("{}: {} ({}); {}", self.location, self.message, self.pointer, self.help);
        text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        writeln!(f, "{severity}: {}", self.message)?;
        write!(f, "  --> {}", self.location)?;
        if !self.pointer.tokens().is_empty() {
            write!(f, " ({})", self.pointer)?;
        }
        write!(f, "\n  help: {}", self.help)
    }
}

/// A diagnostic without a source location.
///
/// The stages after `read` know JSON pointers only. `Document::diagnostics` adds the locations at the end of a run.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    pub(crate) severity: Severity,
    pub(crate) pointer: Pointer,
    /// The location and its source line, if they are known: the problem is outside of the description, or it was found
    /// before the tree was spelled in another version of the standard.
    pub(crate) location: Option<(Location, Option<Snippet>)>,
    pub(crate) message: String,
    pub(crate) help: String,
}

/// Collects the findings of a run, so that all of them are reported, and the parts of the document that are skipped.
#[derive(Debug)]
pub(crate) struct Findings {
    mode: Mode,
    list: Vec<Finding>,
    /// The findings that are added only once.
    once: HashSet<(Pointer, String)>,
    /// The pointers of all findings, and those above them.
    nodes: HashSet<Pointer>,
    skipped: Vec<Skipped>,
    suggestions: Suggestions,
    copies: Copies,
    kept: KeptItems,
    /// How many findings and skipped parts have the pointers of the tree before items were left out.
    located: (usize, usize),
}

impl Findings {
    pub(crate) fn new(mode: Mode) -> Self {
        Self {
            mode,
            list: Vec::new(),
            once: HashSet::new(),
            nodes: HashSet::new(),
            skipped: Vec::new(),
            suggestions: Suggestions::default(),
            copies: Copies::default(),
            kept: KeptItems::default(),
            located: (0, 0),
        }
    }

    pub(crate) fn mode(&self) -> Mode {
        self.mode
    }

    /// Adds a problem in the description that the run can recover from: an error in strict mode, a warning in lenient
    /// mode.
    pub(crate) fn problem(&mut self, at: &Pointer, message: impl Into<String>, help: impl Into<String>) {
        let severity = match self.mode {
            Mode::Strict => Severity::Error,
            Mode::Lenient => Severity::Warning,
        };
        self.push(severity, at, message.into(), help.into());
    }

    /// Adds a problem that the run can't recover from.
    pub(crate) fn error(&mut self, at: &Pointer, message: impl Into<String>, help: impl Into<String>) {
        self.push(Severity::Error, at, message.into(), help.into());
    }

    /// Adds an error outside of the description, with its location.
    pub(crate) fn error_at(
        &mut self,
        location: (Location, Option<Snippet>),
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        add_node(&mut self.nodes, &Pointer::root());
        self.list.push(Finding {
            severity: Severity::Error,
            pointer: Pointer::root(),
            location: Some(location),
            message: message.into(),
            help: help.into(),
        });
    }

    pub(crate) fn warning(&mut self, at: &Pointer, message: impl Into<String>, help: impl Into<String>) {
        self.push(Severity::Warning, at, message.into(), help.into());
    }

    /// Adds a warning, unless it was added before. Schemas are read once for each type that contains them.
    pub(crate) fn warning_once(&mut self, at: &Pointer, message: impl Into<String>, help: impl Into<String>) {
        let message = message.into();
        if self.once.insert((at.clone(), message.clone())) {
            self.warning(at, message, help);
        }
    }

    /// Adds a [`problem`](Self::problem), unless it was added before.
    pub(crate) fn problem_once(&mut self, at: &Pointer, message: impl Into<String>, help: impl Into<String>) {
        let message = message.into();
        if self.once.insert((at.clone(), message.clone())) {
            self.problem(at, message, help);
        }
    }

    /// Records that a part of the document is not emitted, and why.
    pub(crate) fn skip(&mut self, at: &Pointer, reason: impl Into<String>) {
        self.skipped.push(Skipped { pointer: at.clone(), reason: reason.into() });
    }

    /// Records the former indexes of the items that are left of an array. The pointer of the array is that before items
    /// were left out.
    pub(crate) fn keep_items(&mut self, array: Pointer, former: Vec<usize>) {
        self.kept.record(array, former);
    }

    /// Notes that all findings so far have the pointers of the tree before items were left out.
    pub(crate) fn end_original(&mut self) {
        self.located = (self.list.len(), self.skipped.len());
    }

    /// Gives later findings the pointers of the tree before items were left out.
    pub(crate) fn restore_pointers(&mut self) {
        let (findings, skipped) = self.located;
        let findings = self.list.iter_mut().skip(findings).filter(|finding| finding.location.is_none());
        let skipped = self.skipped.iter_mut().skip(skipped);
        let pointers = findings.map(|finding| &mut finding.pointer);
        for pointer in pointers.chain(skipped.map(|skipped| &mut skipped.pointer)) {
            self.kept.restore(pointer);
        }
        self.index();
        self.end_original();
    }

    /// Returns where the items of arrays were before others were left out.
    pub(crate) fn kept_items(&self) -> &KeptItems {
        &self.kept
    }

    /// Takes the parts that were skipped so far, sorted by pointer and without duplicates.
    pub(crate) fn take_skipped(&mut self) -> Vec<Skipped> {
        let mut skipped = std::mem::take(&mut self.skipped);
        skipped.sort();
        skipped.dedup();
        skipped
    }

    /// Returns the known name that is closest to a misspelled one, for "did you mean" in the help.
    pub(crate) fn nearest<'n>(&self, name: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
        self.suggestions.nearest(name, known)
    }

    /// Sets the bound of what is copied.
    pub(crate) fn set_copies(&mut self, copies: Copies) {
        self.copies = copies;
    }

    /// Sets the bound for the document with all files that it refers to. `size` includes the copies so far.
    pub(crate) fn set_size(&mut self, size: usize) {
        self.copies = self.copies.within(size);
    }

    /// What was copied so far.
    pub(crate) fn copies(&self) -> &Copies {
        &self.copies
    }

    /// Counts the bytes of another copy of a node. Returns false if that is too many; the first time, adds an error.
    pub(crate) fn can_copy(&mut self, at: &Pointer, bytes: usize) -> bool {
        let was_exceeded = self.copies.is_exceeded();
        let can_copy = self.copies.count(bytes);
        if !can_copy && !was_exceeded {
            self.error(at, self.copies.message(), copies::HELP);
        }
        can_copy
    }

    pub(crate) fn has_errors(&self) -> bool {
        self.list.iter().any(|finding| finding.severity == Severity::Error)
    }

    /// Returns whether there are findings at a node or below it. Their consequences are not reported again.
    pub(crate) fn any_below(&self, at: &Pointer) -> bool {
        self.nodes.contains(at)
    }

    /// Returns the number of findings so far.
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// Removes the findings after the first ones.
    pub(crate) fn truncate(&mut self, count: usize) {
        self.list.truncate(count);
        self.index();
    }

    /// Sets the locations of the findings so far, and their pointers, which the tree no longer has afterwards.
    pub(crate) fn locate(&mut self, locate: impl Fn(&Pointer) -> (Pointer, (Location, Option<Snippet>))) {
        for finding in self.list.iter_mut().filter(|finding| finding.location.is_none()) {
            let (pointer, location) = locate(&finding.pointer);
            finding.pointer = pointer;
            finding.location = Some(location);
        }
        self.index();
    }

    pub(crate) fn into_vec(self) -> Vec<Finding> {
        self.list
    }

    fn push(&mut self, severity: Severity, at: &Pointer, message: String, help: String) {
        add_node(&mut self.nodes, at);
        self.list.push(Finding { severity, pointer: at.clone(), location: None, message, help });
    }

    /// Collects the pointers of the findings again, after they changed.
    fn index(&mut self) {
        self.nodes.clear();
        for finding in &self.list {
            add_node(&mut self.nodes, &finding.pointer);
        }
    }
}

/// Adds a pointer and those above it. If one is known, so are those above it.
fn add_node(nodes: &mut HashSet<Pointer>, pointer: &Pointer) {
    let mut next = Some(pointer.clone());
    while let Some(pointer) = next {
        next = pointer.parent();
        if !nodes.insert(pointer) {
            return;
        }
    }
}

/// The error of a failed run: all diagnostics, of which at least one is an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostics(pub Vec<Diagnostic>);

impl Diagnostics {
    pub(crate) fn error(
        location: Location,
        pointer: Pointer,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self(vec![Diagnostic {
            severity: Severity::Error,
            location,
            snippet: None,
            pointer,
            message: message.into(),
            help: help.into(),
        }])
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, diagnostic) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n\n")?;
            }
            write!(f, "{diagnostic}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostics {}
