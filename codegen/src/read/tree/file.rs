//! A parsed file with the positions of its nodes.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::OnceLock;

use serde_json::{Number, Value};

use super::source_lines::{self, SourceLines};
use crate::base::diagnostic::{Diagnostic, Diagnostics, Location, Severity};
use crate::base::pointer::Pointer;
use crate::base::snippet::{LineIndex, Snippet};
use crate::read::yaml::parsed::{Parsed, SyntaxProblem};
use crate::read::yaml::positions::NodePositions;
use crate::read::yaml::text as yaml;

/// A source file: its name and content.
#[derive(Clone, Debug)]
pub struct Source {
    /// The name of the file in diagnostics: a path as the user would type it.
    pub name: String,
    /// The content.
    pub bytes: Vec<u8>,
}

impl Source {
    /// Creates a source from a name and content.
    #[must_use]
    pub fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), bytes: bytes.into() }
    }
}

/// A parsed file with the positions of its nodes.
#[derive(Clone, Debug)]
pub(crate) struct ParsedFile<'a> {
    name: Cow<'a, str>,
    text: Cow<'a, str>,
    /// `None` if parsing failed.
    positions: Option<NodePositions>,
    /// The values of the numbers that the tree doesn't hold as they are written.
    numbers: HashSet<String>,
    line_index: OnceLock<LineIndex>,
}

impl<'a> ParsedFile<'a> {
    /// Parses a file. The error contains all syntax problems.
    pub(crate) fn read(source: &'a Source) -> Result<(Self, Value), Diagnostics> {
        let (file, value, problems) = Self::read_leniently(source)?;
        if problems.is_empty() { Ok((file, value)) } else { Err(Diagnostics(problems)) }
    }

    /// Parses a file. Syntax problems that the parser can recover from are returned with the tree.
    pub(crate) fn read_leniently(source: &'a Source) -> Result<(Self, Value, Vec<Diagnostic>), Diagnostics> {
        let text = text(source)?;
        let mut file = Self {
            name: (&source.name).into(),
            text: text.into(),
            positions: None,
            numbers: HashSet::new(),
            line_index: OnceLock::new(),
        };
        let Parsed { value, numbers, positions, problems } =
            yaml::read(text).map_err(|problems| Diagnostics(file.syntax_problems(problems)))?;
        file.positions = positions;
        file.numbers = numbers;
        if value.is_null() {
            let help = "write the document into it, or name another file";
            return Err(Diagnostics::error(
                Location::file(&file.name),
                Pointer::root(),
                "the file is empty",
                help,
            ));
        }
        let problems = file.syntax_problems(problems);
        Ok((file, value, problems))
    }

    /// Returns whether numbers of a value may be written in another way than the tree holds them.
    pub(super) fn may_have(&self, number: &Number) -> bool {
        !self.numbers.is_empty() && self.numbers.contains(&number.to_string())
    }

    /// Returns whether the file has numbers that the tree doesn't hold as they are written.
    pub(super) fn has_numbers(&self) -> bool {
        !self.numbers.is_empty()
    }

    /// Returns a number as it is written, if the tree doesn't hold it so.
    pub(super) fn number(&self, pointer: &Pointer, number: &Number) -> Option<&str> {
        self.positions.as_ref()?.number(pointer.tokens(), number)
    }

    /// Copies all data that is borrowed from the source.
    pub(crate) fn into_owned(self) -> ParsedFile<'static> {
        let (name, text) = (self.name.into_owned().into(), self.text.into_owned().into());
        let Self { positions, numbers, line_index, .. } = self;
        ParsedFile { name, text, positions, numbers, line_index }
    }

    /// Returns the location of a node, or of its nearest ancestor that exists in the file.
    pub(crate) fn location(&self, pointer: &Pointer) -> Location {
        let Some(positions) = &self.positions else { return Location::file(&self.name) };
        let (line, column) = positions.nearest(pointer);
        Location { file: self.name.clone().into_owned(), line, column }
    }

    /// Returns the source line at a location of this file.
    pub(crate) fn snippet(&self, location: &Location) -> Option<Snippet> {
        let (text, line_index) = self.indexed_text();
        line_index.snippet(text, location.line, location.column)
    }

    /// Returns the lines of a node, or of its nearest ancestor that exists in the file.
    pub(super) fn lines(&self, pointer: &Pointer) -> Option<SourceLines<'_>> {
        let (start, next) = self.positions.as_ref()?.span(pointer);
        let (text, line_index) = self.indexed_text();
        let location = Location { file: self.name.clone().into_owned(), line: start.0, column: start.1 };
        Some(SourceLines { location, text: source_lines::of(text, line_index, start.0, next)? })
    }

    /// Returns the text that positions refer to, without a byte order mark, and its index.
    fn indexed_text(&self) -> (&str, &LineIndex) {
        let text = self.text.strip_prefix('\u{feff}').unwrap_or(&self.text);
        (text, self.line_index.get_or_init(|| LineIndex::new(text)))
    }

    fn syntax_problems(&self, problems: Vec<SyntaxProblem>) -> Vec<Diagnostic> {
        let diagnostic = |problem: SyntaxProblem| {
            let (line, column) = problem.position;
            let location = Location { file: self.name.clone().into_owned(), line, column };
            Diagnostic {
                severity: Severity::Error,
                snippet: self.snippet(&location),
                location,
                pointer: problem.pointer,
                message: problem.message,
                help: problem.help,
            }
        };
        problems.into_iter().map(diagnostic).collect()
    }
}

fn text(source: &Source) -> Result<&str, Diagnostics> {
    std::str::from_utf8(&source.bytes).map_err(|error| {
        let valid = &source.bytes[..error.valid_up_to()];
        let line = valid.iter().filter(|byte| **byte == b'\n').count() + 1;
        let column = valid.iter().rev().take_while(|byte| **byte != b'\n').count() + 1;
        let location = Location { file: source.name.clone(), line, column };
        let help = "save it as UTF-8 text; binary files are not supported";
        Diagnostics::error(location, Pointer::root(), "the file is not UTF-8 text", help)
    })
}
