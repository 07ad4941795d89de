//! What is told of a text that can't be read.

use std::error::Error;
use std::fmt;
use std::str::Utf8Error;

use serde::de::IgnoredAny;
use serde_json::Value;

use crate::json::fault::{ends_early, without_place};
use crate::state::context::Context;
use crate::state::problem::Problem;

/// A body does not have the declared shape.
///
/// The text of the error names the place and the kinds of values, never the values themselves.
#[derive(Clone, PartialEq, Eq)]
pub struct DecodeError(Box<Details>);

#[derive(Clone, PartialEq, Eq)]
struct Details {
    path: String,
    problem: Problem,
    line: usize,
    column: usize,
    cut: bool,
}

impl DecodeError {
    /// The error that a context describes.
    #[cold]
    pub(super) fn new(context: Context, text: &[u8]) -> Self {
        let path = context.pointer();
        match context.problem {
            Some(problem) => Self::at(path, problem, text, context.at),
            None => Self::syntax(text).inside(&path),
        }
    }

    /// The error of a body that is not UTF-8.
    #[cold]
    pub(crate) fn not_text(body: &[u8], error: &Utf8Error) -> Self {
        let problem = Problem::Format(String::from("this is not UTF-8"));
        // Of the character itself nothing has been read.
        let mut not_text = Self::at(String::new(), problem, body, error.valid_up_to());
        not_text.0.column += 1;
        not_text.0.cut = error.error_len().is_none();
        not_text
    }

    /// The error of a text that is not JSON, in the words of `serde_json`.
    #[cold]
    pub(crate) fn syntax(text: &[u8]) -> Self {
        let json = str::from_utf8(text).unwrap_or_default();
        let error = serde_json::from_str::<IgnoredAny>(json).err();
        // Half a character is skipped, but not read.
        let Some(error) = error.or_else(|| serde_json::from_str::<Value>(json).err()) else {
            let problem = Problem::Format(String::from("the value does not fit"));
            return Self::at(String::new(), problem, text, text.len());
        };
        let problem = Problem::Format(without_place(&error));
        let (line, column, cut) = (error.line(), error.column(), ends_early(text));
        Self(Box::new(Details { path: String::new(), problem, line, column, cut }))
    }

    /// The error of a page that lacks its list.
    #[cfg(feature = "export")]
    #[cold]
    pub(crate) fn missing_list(name: &'static str, body: &[u8]) -> Self {
        Self::at(String::new(), Problem::Missing { model: "the page", fields: vec![name] }, body, body.len())
    }

    /// The error of a value of the wrong kind, so many bytes into the text.
    #[cfg(feature = "export")]
    #[cold]
    pub(crate) fn mismatch(
        path: &str,
        expected: &'static str,
        found: &'static str,
        text: &[u8],
        at: usize,
    ) -> Self {
        Self::at(path.to_owned(), Problem::Mismatch { expected, found }, text, at)
    }

    fn at(path: String, problem: Problem, text: &[u8], at: usize) -> Self {
        let before = text.get(..at).unwrap_or(text);
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        let column = before.iter().rev().take_while(|byte| **byte != b'\n').count();
        Self(Box::new(Details { path, problem, line, column, cut: false }))
    }

    /// The same error, told from outside of the value: its path goes on from there.
    pub(crate) fn inside(mut self, path: &str) -> Self {
        self.0.path.insert_str(0, path);
        self
    }

    /// The error without the place in the text.
    pub(super) fn without_text(&self) -> String {
        let Details { path, problem, .. } = &*self.0;
        if path.is_empty() { problem.to_string() } else { format!("{path}: {problem}") }
    }

    /// Where it happened, as a JSON pointer (RFC 6901): `/items/0/id`. Empty for the whole document.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// What was expected there, where another kind of value stood.
    #[must_use]
    pub fn expected(&self) -> Option<&str> {
        match &self.0.problem {
            Problem::Mismatch { expected, .. } => Some(expected),
            _ => None,
        }
    }

    /// The kind of value that stood there instead.
    #[must_use]
    pub fn found(&self) -> Option<&str> {
        match &self.0.problem {
            Problem::Mismatch { found, .. } => Some(found),
            _ => None,
        }
    }

    /// The required fields that are missing.
    #[must_use]
    pub fn missing(&self) -> &[&'static str] {
        match &self.0.problem {
            Problem::Missing { fields, .. } => fields,
            _ => &[],
        }
    }

    /// Whether the text ends too early, as a body does that was cut short.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.0.cut
    }

    /// The line, counted from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.0.line
    }

    /// The column, counted from 1.
    #[must_use]
    pub fn column(&self) -> usize {
        self.0.column
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Details { path, problem, line, column, .. } = &*self.0;
        if !path.is_empty() {
            write!(f, "{path}: ")?;
        }
        write!(f, "{problem} (line {line}, column {column})")
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Details { path, problem, line, column, .. } = &*self.0;
        let mut output = f.debug_struct("DecodeError");
        output.field("path", path).field("problem", problem);
        output.field("line", line).field("column", column).finish()
    }
}

impl Error for DecodeError {}
