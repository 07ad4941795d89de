//! The error of the decoder.

use std::error::Error;
use std::fmt;
use std::str::Utf8Error;

use serde::de::IgnoredAny;
use serde_json::Value;

use crate::json::syntax::{is_truncated, syntax_message};
use crate::state::decode_context::DecodeContext;
use crate::state::problem::DecodeProblem;

/// An error for JSON that is invalid or doesn't match its declared type.
///
/// The message contains the JSON pointer and the kind of the value, but never the value itself.
#[derive(Clone, PartialEq, Eq)]
pub struct DecodeError(Box<Details>);

#[derive(Clone, PartialEq, Eq)]
struct Details {
    path: String,
    problem: DecodeProblem,
    line: usize,
    column: usize,
    truncated: bool,
}

impl DecodeError {
    /// Creates the error that the context describes.
    #[cold]
    pub(super) fn new(context: DecodeContext, text: &[u8]) -> Self {
        let path = context.pointer();
        match context.problem {
            Some(problem) => Self::at(path, problem, text, context.at),
            None => Self::syntax(text).inside(&path),
        }
    }

    /// Creates the error for a body that is not UTF-8.
    #[cold]
    pub(crate) fn not_text(body: &[u8], error: &Utf8Error) -> Self {
        let problem = DecodeProblem::Format(String::from("invalid UTF-8"));
        // The column is that of the invalid character.
        let mut not_text = Self::at(String::new(), problem, body, error.valid_up_to());
        not_text.0.column += 1;
        not_text.0.truncated = error.error_len().is_none();
        not_text
    }

    /// Creates the error for invalid JSON, with the message of `serde_json`.
    #[cold]
    pub(crate) fn syntax(text: &[u8]) -> Self {
        let json = str::from_utf8(text).unwrap_or_default();
        let error = serde_json::from_str::<IgnoredAny>(json).err();
        // `IgnoredAny` accepts unpaired surrogates, `Value` doesn't.
        let Some(error) = error.or_else(|| serde_json::from_str::<Value>(json).err()) else {
            let problem = DecodeProblem::Format(String::from("invalid value"));
            return Self::at(String::new(), problem, text, text.len());
        };
        let problem = DecodeProblem::Format(syntax_message(&error));
        let (line, column, truncated) = (error.line(), error.column(), is_truncated(text));
        Self(Box::new(Details { path: String::new(), problem, line, column, truncated }))
    }

    /// Creates the error for a page without its array of records.
    #[cfg(feature = "export")]
    #[cold]
    pub(crate) fn missing_records(name: &'static str, body: &[u8]) -> Self {
        Self::at(
            String::new(),
            DecodeProblem::Missing { model: "the page", fields: vec![name] },
            body,
            body.len(),
        )
    }

    /// Creates the error for a value of the wrong kind. `at` is a byte offset in the text.
    #[cfg(feature = "export")]
    #[cold]
    pub(crate) fn mismatch(
        path: &str,
        expected: &'static str,
        found: &'static str,
        text: &[u8],
        at: usize,
    ) -> Self {
        Self::at(path.to_owned(), DecodeProblem::Mismatch { expected, found }, text, at)
    }

    fn at(path: String, problem: DecodeProblem, text: &[u8], at: usize) -> Self {
        let before = text.get(..at).unwrap_or(text);
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        let column = before.iter().rev().take_while(|byte| **byte != b'\n').count();
        Self(Box::new(Details { path, problem, line, column, truncated: false }))
    }

    /// Prepends a path to the path of the error.
    pub(crate) fn inside(mut self, path: &str) -> Self {
        self.0.path.insert_str(0, path);
        self
    }

    /// Returns the message without the line and column.
    pub(super) fn message_without_position(&self) -> String {
        let Details { path, problem, .. } = &*self.0;
        if path.is_empty() { problem.to_string() } else { format!("{path}: {problem}") }
    }

    /// Returns the location of the value as a JSON pointer (RFC 6901): `/items/0/id`. Empty for the entire document.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// Returns the expected kind of value, if the value has another kind.
    #[must_use]
    pub fn expected(&self) -> Option<&str> {
        match &self.0.problem {
            DecodeProblem::Mismatch { expected, .. } => Some(expected),
            _ => None,
        }
    }

    /// Returns the kind of the value, if it isn't the expected one.
    #[must_use]
    pub fn found(&self) -> Option<&str> {
        match &self.0.problem {
            DecodeProblem::Mismatch { found, .. } => Some(found),
            _ => None,
        }
    }

    /// Returns the required fields that are missing.
    #[must_use]
    pub fn missing_fields(&self) -> &[&'static str] {
        match &self.0.problem {
            DecodeProblem::Missing { fields, .. } => fields,
            _ => &[],
        }
    }

    /// Returns whether the JSON text is truncated, because the body is incomplete.
    #[must_use]
    pub fn is_truncated(&self) -> bool {
        self.0.truncated
    }

    /// Returns the line, counted from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.0.line
    }

    /// Returns the column in bytes, counted from 1.
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
