//! The error of the decoder.

use std::error::Error;
use std::fmt;
use std::str::Utf8Error;

use serde::de::IgnoredAny;
use serde_json::Value;

use super::mismatch::{Mismatch, Mismatches, column};
use crate::json::syntax::{is_truncated, syntax_message};
use crate::secrets::Secrets;
use crate::state::decode_context::DecodeContext;
use crate::state::problem::DecodeProblem;

/// What to do about a number that its type can't represent, and that can be left out.
const KEPT_DIGITS: &str = "`send_lenient` and `decode_lenient` keep the digits of a number that its type can't represent; \
                           with `x-exact-number: true` in its schema, its type can";
/// What to do about any other one.
const ALL_DIGITS: &str =
    "with `x-exact-number: true` in its schema, the type of the number has all of its digits";

/// What to do about an object without a required field.
const MISSING_FIELD: &str = "servers may leave out what their description requires: with the schema in \
                             `optional_in_responses` of clientwright.toml, such fields are optional";

/// An error for JSON that is invalid or doesn't match its declared type.
///
/// The message names the first 20 mismatches. For each it contains the JSON pointer and the kind of the value, but never
/// the value itself.
#[derive(Clone, PartialEq, Eq)]
pub struct DecodeError(Box<Details>);

#[derive(Clone, PartialEq, Eq)]
struct Details {
    first: Mismatch,
    truncated: bool,
    is_not_text: bool,
    mismatches: Mismatches,
    /// What the caller can do.
    help: Option<&'static str>,
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
        not_text.0.first.column = column(body, error.valid_up_to()) + 1;
        not_text.0.truncated = error.error_len().is_none();
        not_text.0.is_not_text = true;
        not_text
    }

    /// Creates the error for invalid JSON, with the message of `serde_json`.
    #[cold]
    pub(crate) fn syntax(text: &[u8]) -> Self {
        let json = str::from_utf8(text).unwrap_or_default();
        let error = serde_json::from_str::<IgnoredAny>(json).err();
        let is_invalid = error.is_some();
        // `IgnoredAny` accepts unpaired surrogates, `Value` doesn't.
        let Some(error) = error.or_else(|| serde_json::from_str::<Value>(json).err()) else {
            let problem = DecodeProblem::Format(String::from("invalid value"));
            return Self::at(String::new(), problem, text, text.len());
        };
        let problem = if json.trim_ascii().is_empty() && str::from_utf8(text).is_ok() {
            DecodeProblem::Format(String::from("invalid JSON: the text is empty"))
        } else if is_invalid {
            DecodeProblem::Format(syntax_message(&error))
        } else {
            DecodeProblem::unreadable(&error)
        };
        let mut invalid = Self::at(String::new(), problem, text, text.len());
        (invalid.0.first.line, invalid.0.first.column) = (error.line(), error.column().max(1));
        invalid.0.truncated = is_truncated(text);
        invalid
    }

    /// Creates the error for content of another kind than the declared one.
    #[cold]
    pub(crate) fn content(expected: String, found: String, help: Option<&'static str>) -> Self {
        let problem = DecodeProblem::Content { expected, found };
        let mut error = Self::at(String::new(), problem, b"", 0);
        error.0.help = help;
        error
    }

    /// Creates the error for a body without a part that it is requested for, such as a page without its records.
    #[cfg(feature = "export")]
    #[cold]
    pub(crate) fn missing(model: &'static str, name: &'static str, body: &[u8]) -> Self {
        Self::at(String::new(), DecodeProblem::Missing { model, fields: vec![name] }, body, body.len())
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
        let first = Mismatch::new(path, problem, text, at);
        let mismatches = Mismatches::default();
        Self(Box::new(Details { first, truncated: false, is_not_text: false, mismatches, help: None }))
    }

    /// Creates the error for values that don't match.
    #[cold]
    pub(super) fn of(mismatches: Mismatches, text: &[u8]) -> Self {
        let problem = DecodeProblem::Format(String::from("invalid value"));
        let mut error = Self::at(String::new(), problem, text, text.len());
        if let Some(first) = mismatches.first() {
            error.0.first = first.clone();
        }
        error.with(mismatches)
    }

    /// Returns the error for a text that is not JSON after a value that doesn't match.
    pub(super) fn or_syntax(self, text: &[u8]) -> Self {
        if matches!(self.0.first.problem, DecodeProblem::Format(_)) { self } else { Self::syntax(text) }
    }

    /// Adds all mismatches of the text to the error.
    pub(super) fn with(mut self, mismatches: Mismatches) -> Self {
        // Bytes that are not UTF-8 have a JSON pointer if they are in a string.
        if let Some(first) = mismatches.first().filter(|_| self.0.is_not_text) {
            self.0.first = first.clone();
        }
        self.0.mismatches = mismatches;
        self
    }

    /// Moves the lines and columns behind a text.
    pub(crate) fn after(mut self, before: &[u8]) -> Self {
        self.0.first.move_after(before);
        self.0.mismatches = self.0.mismatches.after(before);
        self
    }

    /// Prepends a path to the paths of the error.
    pub(crate) fn inside(mut self, path: &str) -> Self {
        self.0.first.move_inside(path);
        self.0.mismatches = self.0.mismatches.inside(path);
        self
    }

    /// Removes credentials from the texts that come from the response: names of properties, and the media type.
    #[cfg_attr(not(feature = "client"), expect(dead_code, reason = "for the client"))]
    pub(crate) fn redacted(mut self, secrets: &Secrets) -> Self {
        self.0.first.redact(secrets);
        self.0.mismatches.redact(secrets);
        self
    }

    /// Returns whether the content is of another kind than the declared one.
    pub(crate) fn is_other_content(&self) -> bool {
        matches!(self.0.first.problem, DecodeProblem::Content { .. })
    }

    /// Returns the message of the first problem without the line and column.
    pub(super) fn message_without_position(&self) -> String {
        let Mismatch { path, problem, .. } = &self.0.first;
        if path.is_empty() { problem.to_string() } else { format!("{path}: {problem}") }
    }

    /// Returns whether the text contains bytes that are not UTF-8, and is not truncated.
    #[cfg(feature = "export")]
    pub(crate) fn is_not_text(&self) -> bool {
        self.0.is_not_text && !self.0.truncated
    }

    /// Returns all values that don't match their declared type. Empty if the JSON is invalid.
    ///
    /// [`decode_lenient`](crate::decode_lenient) leaves such values out, if they are not required.
    #[must_use]
    pub fn mismatches(&self) -> &Mismatches {
        &self.0.mismatches
    }

    /// Returns the location of the first value as a JSON pointer (RFC 6901): `/items/0/id`. Empty for the entire document.
    #[must_use]
    pub fn path(&self) -> &str {
        self.0.first.path()
    }

    /// Returns the expected kind of the first value, if the value has another kind.
    #[must_use]
    pub fn expected(&self) -> Option<&str> {
        self.0.first.expected()
    }

    /// Returns the kind of the first value, if it isn't the expected one.
    #[must_use]
    pub fn found(&self) -> Option<&str> {
        self.0.first.found()
    }

    /// Returns the required fields that are missing in the first object.
    #[must_use]
    pub fn missing_fields(&self) -> &[&'static str] {
        self.0.first.missing_fields()
    }

    /// Returns whether the JSON text is truncated, because the body is incomplete.
    #[must_use]
    pub fn is_truncated(&self) -> bool {
        self.0.truncated
    }

    /// Returns the line of the first problem, counted from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.0.first.line()
    }

    /// Returns the column of the first problem in bytes, counted from 1.
    #[must_use]
    pub fn column(&self) -> usize {
        self.0.first.column()
    }
}

impl DecodeError {
    /// Returns what the caller can do.
    fn help(&self) -> Option<&'static str> {
        let is_large = |mismatch: &Mismatch| mismatch.problem.is_large_number();
        let all = &self.0.mismatches;
        let is_kept = all.iter().any(|one| is_large(one) && !one.left_out().is_empty());
        let is_lost = is_large(&self.0.first) || all.iter().any(is_large);
        let digits = if is_kept { Some(KEPT_DIGITS) } else { is_lost.then_some(ALL_DIGITS) };
        let is_missing = |mismatch: &Mismatch| mismatch.problem.is_missing_field();
        let is_missing = is_missing(&self.0.first) || all.iter().any(is_missing);
        self.0.help.or(digits).or(is_missing.then_some(MISSING_FIELD))
    }

    /// Writes what is wrong, more about it, and what the caller can do.
    pub(crate) fn describe(&self, more: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.mismatches {
            mismatches if mismatches.total() > 1 => write!(f, "{mismatches}"),
            _ => write!(f, "{}", self.0.first),
        }?;
        f.write_str(more)?;
        self.help().map_or(Ok(()), |help| write!(f, "; help: {help}"))
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.describe("", f)
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Mismatch { path, problem, line, column, .. } = &self.0.first;
        let mut output = f.debug_struct("DecodeError");
        output.field("path", path).field("problem", problem);
        output.field("line", line).field("column", column);
        if self.0.mismatches.total() > 1 {
            output.field("mismatches", &self.0.mismatches);
        }
        output.finish()
    }
}

impl Error for DecodeError {}
