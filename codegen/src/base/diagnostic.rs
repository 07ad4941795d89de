//! What went wrong, where, and what to do about it.

use std::fmt;

use super::excerpt::Excerpt;
use super::options::Mode;
use super::pointer::Pointer;
use super::skipped::Skipped;
use super::suggest::Suggestions;

/// How bad a [`Diagnostic`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing can be generated.
    Error,
    /// Generated all the same; a maintainer should look at it.
    Warning,
}

/// A place in a text file; line and column count from 1.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file as the caller named it.
    pub file: String,
    /// Line, from 1; 0 where only the file is known.
    pub line: usize,
    /// Column in characters, from 1; 0 where only the file is known.
    pub column: usize,
}

/// A node of a description, and the file and line that it came from: the description's, or an overlay's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// The node of the description with its overlays applied.
    pub pointer: Pointer,
    /// Where it was written.
    pub place: Place,
}

impl Place {
    /// A place of which only the file is known.
    #[must_use]
    pub fn file(file: &str) -> Self {
        Self { file: file.to_owned(), line: 0, column: 0 }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line == 0 {
            f.write_str(&self.file)
        } else {
            write!(f, "{}:{}:{}", self.file, self.line, self.column)
        }
    }
}

/// One finding, with its place and its cure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// Where it stands.
    pub place: Place,
    /// The line there; `None` where only the file is known, or the line is empty.
    pub excerpt: Option<Excerpt>,
    /// Which node of the document it is about.
    pub pointer: Pointer,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Diagnostic {
    /// All of it in one line, as cargo wants the warnings and errors of a build script: location, message, help.
    #[must_use]
    pub fn one_line(&self) -> String {
        let text = format!("{}: {} ({}); {}", self.place, self.message, self.pointer, self.help);
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
        write!(f, "  --> {}", self.place)?;
        if !self.pointer.tokens().is_empty() {
            write!(f, " ({})", self.pointer)?;
        }
        write!(f, "\n  help: {}", self.help)
    }
}

/// A finding that knows its node but not yet its place in a file.
///
/// The stages behind the document know pointers only; [`Document::place`](crate::document::Document::place)
/// turns them into places once, at the end, when something did go wrong.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    pub(crate) severity: Severity,
    pub(crate) pointer: Pointer,
    pub(crate) message: String,
    pub(crate) help: String,
}

/// Collects findings, so that a run reports all of them and not the first; and what the crate will not have.
#[derive(Debug)]
pub(crate) struct Findings {
    mode: Mode,
    list: Vec<Finding>,
    skipped: Vec<Skipped>,
    suggestions: Suggestions,
}

impl Findings {
    pub(crate) fn new(mode: Mode) -> Self {
        Self { mode, list: Vec::new(), skipped: Vec::new(), suggestions: Suggestions::default() }
    }

    pub(crate) fn mode(&self) -> Mode {
        self.mode
    }

    /// A mistake of the description that a sensible reading can go on from: an error in strict mode only.
    pub(crate) fn mistake(&mut self, at: &Pointer, message: impl Into<String>, help: impl Into<String>) {
        let severity = match self.mode {
            Mode::Strict => Severity::Error,
            Mode::Lenient => Severity::Warning,
        };
        self.push(severity, at, message.into(), help.into());
    }

    /// What leaves nothing to go on from.
    pub(crate) fn error(&mut self, at: &Pointer, message: impl Into<String>, help: impl Into<String>) {
        self.push(Severity::Error, at, message.into(), help.into());
    }

    pub(crate) fn warning(&mut self, at: &Pointer, message: impl Into<String>, help: impl Into<String>) {
        self.push(Severity::Warning, at, message.into(), help.into());
    }

    /// Notes that a part of the document is left out, and why.
    pub(crate) fn skip(&mut self, at: &Pointer, reason: impl Into<String>) {
        self.skipped.push(Skipped { pointer: at.clone(), reason: reason.into() });
    }

    /// What was left out so far, in the order of the pointers, each once.
    pub(crate) fn take_skipped(&mut self) -> Vec<Skipped> {
        let mut skipped = std::mem::take(&mut self.skipped);
        skipped.sort();
        skipped.dedup();
        skipped
    }

    /// The known name that a misspelt one most likely means, for a finding's help.
    pub(crate) fn nearest<'n>(&self, name: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
        self.suggestions.nearest(name, known)
    }

    pub(crate) fn has_errors(&self) -> bool {
        self.list.iter().any(|finding| finding.severity == Severity::Error)
    }

    /// Whether anything was found at a node or below it: what follows from that needs no saying.
    pub(crate) fn any_below(&self, at: &Pointer) -> bool {
        self.list.iter().any(|finding| finding.pointer.below(at).is_some())
    }

    /// How many there are so far.
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    pub(crate) fn into_vec(self) -> Vec<Finding> {
        self.list
    }

    fn push(&mut self, severity: Severity, at: &Pointer, message: String, help: String) {
        self.list.push(Finding { severity, pointer: at.clone(), message, help });
    }
}

/// All that a failed run has to say. Never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report(pub Vec<Diagnostic>);

impl Report {
    pub(crate) fn error(
        place: Place,
        pointer: Pointer,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self(vec![Diagnostic {
            severity: Severity::Error,
            place,
            excerpt: None,
            pointer,
            message: message.into(),
            help: help.into(),
        }])
    }
}

impl fmt::Display for Report {
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

impl std::error::Error for Report {}
