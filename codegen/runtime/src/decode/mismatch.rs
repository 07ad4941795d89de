//! The parts of a JSON text that don't match their declared type.

use std::fmt;
use std::ops::Deref;

use crate::json::bytes::ReplacedBytes;
use crate::json::locate::pointers;
use crate::secrets::Secrets;
use crate::state::problem::{DecodeProblem, FoundProblem};

/// The maximum number of mismatches that are listed.
const MAX_LISTED: usize = 1000;
/// The maximum number of mismatches in a message.
const MAX_SHOWN: usize = 20;

/// A value in a JSON text that doesn't match its declared type.
///
/// It contains the location and the kind of the value, but never the value itself.
#[derive(Clone, PartialEq, Eq)]
pub struct Mismatch {
    pub(super) path: String,
    /// The length of the part of the path that is the location of the value that is left out.
    left_out: usize,
    pub(super) problem: DecodeProblem,
    pub(super) line: usize,
    pub(super) column: usize,
}

impl Mismatch {
    /// Creates a mismatch. `at` is a byte offset in the text.
    pub(super) fn new(path: String, problem: DecodeProblem, text: &[u8], at: usize) -> Self {
        let before = text.get(..at).unwrap_or(text);
        let line = 1 + lines(before);
        let column = column(text, at).max(1);
        Self { left_out: path.len(), path, problem, line, column }
    }

    /// Removes credentials from the texts that come from the response.
    pub(super) fn redact(&mut self, secrets: &Secrets) {
        let (left_out, rest) = self.path.split_at_checked(self.left_out).unwrap_or((&self.path, ""));
        let left_out = secrets.redacted(left_out);
        let path = format!("{left_out}{}", secrets.redacted(rest));
        (self.left_out, self.path) = (left_out.len(), path);
        if let DecodeProblem::Content { found: text, .. } | DecodeProblem::Format(text) = &mut self.problem {
            secrets.redact(text);
        }
    }

    /// Returns the location of the value as a JSON pointer (RFC 6901): `/items/0/id`. Empty for the entire document.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the location of the value that is left out because of this: this value, or the closest one around it that
    /// is not required. Empty if nothing can be decoded.
    #[must_use]
    pub fn left_out(&self) -> &str {
        self.path.get(..self.left_out).unwrap_or_default()
    }

    /// Returns the expected kind of value, if the value has another kind.
    #[must_use]
    pub fn expected(&self) -> Option<&str> {
        match &self.problem {
            DecodeProblem::Mismatch { expected, .. } => Some(expected),
            DecodeProblem::Content { expected, .. } => Some(expected),
            _ => None,
        }
    }

    /// Returns the kind of the value, if it isn't the expected one.
    #[must_use]
    pub fn found(&self) -> Option<&str> {
        match &self.problem {
            DecodeProblem::Mismatch { found, .. } => Some(found),
            DecodeProblem::Content { found, .. } => Some(found),
            _ => None,
        }
    }

    /// Returns the required fields that are missing in the object.
    #[must_use]
    pub fn missing_fields(&self) -> &[&'static str] {
        match &self.problem {
            DecodeProblem::Missing { fields, .. } => fields,
            _ => &[],
        }
    }

    /// Returns the line, counted from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }

    /// Returns the column in bytes, counted from 1.
    #[must_use]
    pub fn column(&self) -> usize {
        self.column
    }

    /// Moves the line and column behind a text.
    pub(super) fn move_after(&mut self, before: &[u8]) {
        if self.line == 1 {
            self.column += column(before, before.len());
        }
        self.line += lines(before);
    }

    /// Prepends a path to the path of the mismatch.
    pub(super) fn move_inside(&mut self, path: &str) {
        self.path.insert_str(0, path);
        self.left_out += path.len();
    }
}

/// Returns the number of lines that end in a text.
fn lines(text: &[u8]) -> usize {
    text.iter().filter(|byte| **byte == b'\n').count()
}

/// Returns the number of bytes in a line before an offset.
pub(super) fn column(text: &[u8], at: usize) -> usize {
    let before = text.get(..at).unwrap_or(text);
    before.iter().rev().take_while(|byte| **byte != b'\n').count()
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, problem, line, column, .. } = self;
        if !path.is_empty() {
            write!(f, "{path}: ")?;
        }
        write!(f, "{problem}")?;
        if matches!(problem, DecodeProblem::Content { .. }) {
            return Ok(());
        }
        write!(f, " (line {line}, column {column})")
    }
}

impl fmt::Debug for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, problem, line, column, .. } = self;
        let mut output = f.debug_struct("Mismatch");
        output.field("path", path).field("left_out", &self.left_out()).field("problem", problem);
        output.field("line", line).field("column", column).finish()
    }
}

/// The values in a JSON text that don't match their declared types, in the order in which they were found: that of the
/// text, but an object without a required field comes after the values inside it.
///
/// It is a slice of at most 1000 of them: [`total`](Self::total) also counts the others. `Display` prints the first 20.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Mismatches {
    listed: Vec<Mismatch>,
    total: usize,
}

impl Mismatches {
    /// Creates the list of the problems that were found in a text.
    #[cold]
    pub(super) fn new(mut found: Vec<FoundProblem>, text: &ParsedText<'_>) -> Self {
        let total = found.len();
        found.truncate(MAX_LISTED);
        let mut offsets: Vec<_> = found.iter().flat_map(|found| [found.left_out, found.start]).collect();
        offsets.sort_unstable();
        offsets.dedup();
        let paths = pointers(text.json, &offsets);
        let path_at = |offset: usize| offsets.binary_search(&offset).ok().and_then(|index| paths.get(index));
        let listed = found.into_iter().map_while(|found| {
            let (path, left_out) = (path_at(found.start)?, path_at(found.left_out)?);
            let problem = text.problem(found.problem, found.start, found.at);
            let mismatch =
                Mismatch::new(path.clone(), problem, text.original, text.original_offset(found.at));
            Some(Mismatch { left_out: left_out.len(), ..mismatch })
        });
        Self { listed: listed.collect(), total }
    }

    /// Creates the list of the strings that contain bytes that are not UTF-8.
    #[cfg(feature = "export")]
    #[cold]
    pub(crate) fn of_bytes(replaced: &ReplacedBytes, original: &[u8]) -> Self {
        let mut listed: Vec<Mismatch> = Vec::new();
        for (path, offset) in pointers(&replaced.text, replaced.offsets()).into_iter().zip(replaced.offsets())
        {
            if listed.last().is_none_or(|last| last.path != path) && listed.len() < MAX_LISTED {
                // The column is that of the byte.
                let at = replaced.original_offset(*offset) + 1;
                listed.push(Mismatch::new(path, DecodeProblem::NOT_UTF8, original, at));
            }
        }
        Self { total: listed.len(), listed }
    }

    /// Returns the number of values that don't match, including those that are not listed.
    #[must_use]
    pub fn total(&self) -> usize {
        self.total
    }

    /// Adds the mismatches of another value.
    pub(crate) fn extend(&mut self, other: Self) {
        self.total = self.total.saturating_add(other.total);
        let free = MAX_LISTED.saturating_sub(self.listed.len());
        self.listed.extend(other.listed.into_iter().take(free));
    }

    /// Removes credentials from the paths.
    pub(super) fn redact(&mut self, secrets: &Secrets) {
        self.listed.iter_mut().for_each(|mismatch| mismatch.redact(secrets));
    }

    /// Moves the lines and columns behind a text.
    pub(crate) fn after(mut self, before: &[u8]) -> Self {
        self.listed.iter_mut().for_each(|mismatch| mismatch.move_after(before));
        self
    }

    /// Prepends a path to the paths of the mismatches.
    pub(crate) fn inside(mut self, path: &str) -> Self {
        self.listed.iter_mut().for_each(|mismatch| mismatch.move_inside(path));
        self
    }
}

impl Deref for Mismatches {
    type Target = [Mismatch];

    fn deref(&self) -> &[Mismatch] {
        &self.listed
    }
}

impl<'a> IntoIterator for &'a Mismatches {
    type Item = &'a Mismatch;
    type IntoIter = std::slice::Iter<'a, Mismatch>;

    fn into_iter(self) -> Self::IntoIter {
        self.listed.iter()
    }
}

impl fmt::Display for Mismatches {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, mismatch) in self.iter().take(MAX_SHOWN).enumerate() {
            write!(f, "{}{mismatch}", if index > 0 { "; " } else { "" })?;
        }
        match self.total.saturating_sub(self.len().min(MAX_SHOWN)) {
            0 => Ok(()),
            rest => write!(f, "; and {rest} more"),
        }
    }
}

impl fmt::Debug for Mismatches {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter().take(MAX_SHOWN)).finish()
    }
}

/// The text that was decoded.
pub(super) struct ParsedText<'t> {
    /// The text as it came.
    pub(super) original: &'t [u8],
    pub(super) json: &'t str,
    pub(super) replaced: Option<&'t ReplacedBytes>,
}

impl ParsedText<'_> {
    fn original_offset(&self, offset: usize) -> usize {
        self.replaced.map_or(offset, |replaced| replaced.original_offset(offset))
    }

    /// Returns the problem of the original text: a surrogate may stand for a byte.
    fn problem(&self, problem: DecodeProblem, start: usize, at: usize) -> DecodeProblem {
        match self.replaced {
            Some(replaced) if problem == DecodeProblem::SURROGATE && replaced.is_replaced(start, at) => {
                DecodeProblem::NOT_UTF8
            }
            _ => problem,
        }
    }
}
