//! Overlays with actions deleted or given another target, as text: comments, order and layout stay.
//!
//! Lines are cut and targets replaced where the reader found them. What comes out is read again, and has to hold
//! exactly what it should; otherwise it is left to a person.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use serde_json::Value;

use crate::document::{File, Source};
use crate::pointer::Pointer;

/// What is done to an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// It goes.
    Delete,
    /// It gets another target.
    Retarget(String),
}

/// An overlay after its edits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mended {
    /// Its text.
    Text(String),
    /// No action is left: the file can go.
    Empty,
}

/// Why an overlay can't be edited by a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByHand(&'static str);

impl fmt::Display for ByHand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for ByHand {}

const UNREADABLE: ByHand = ByHand("it can't be read");
const NOT_A_BLOCK: ByHand = ByHand("its actions are no block of YAML, each on lines of its own");
const OTHER_TARGET: ByHand = ByHand("a target is written in a way that can't be replaced safely");
const NOT_AS_MEANT: ByHand = ByHand("by the edits, more of it would change than it should");

/// Edits an overlay's text; actions are counted from 0.
///
/// # Errors
///
/// Where the overlay is not written so that lines can be cut out of it safely.
pub fn mend(overlay: &Source, edits: &BTreeMap<usize, Edit>) -> Result<Mended, ByHand> {
    let (file, tree) = File::read(overlay).map_err(|_| UNREADABLE)?;
    let text = std::str::from_utf8(&overlay.bytes).map_err(|_| UNREADABLE)?;
    let total = count(&tree);
    let wanted = edited(tree, edits);
    if count(&wanted) == 0 {
        return Ok(Mended::Empty);
    }
    let lines = Lines::of(text);
    let mut changes = Vec::new();
    for (index, edit) in edits {
        changes.push(match edit {
            Edit::Delete => (lines.action(&file, *index, total).ok_or(NOT_A_BLOCK)?, String::new()),
            Edit::Retarget(target) => lines.target(&file, *index, target).ok_or(OTHER_TARGET)?,
        });
    }
    changes.sort_by_key(|(range, _)| range.start);
    let mut mended = text.to_owned();
    for (range, replacement) in changes.into_iter().rev() {
        if mended.get(range.clone()).is_none() {
            return Err(NOT_A_BLOCK);
        }
        mended.replace_range(range, &replacement);
    }
    let source = Source::new(&overlay.name, mended.as_str());
    let is_as_meant = File::read(&source).is_ok_and(|(_, tree)| tree == wanted);
    if is_as_meant { Ok(Mended::Text(mended)) } else { Err(NOT_AS_MEANT) }
}

/// The tree that the edits shall give.
fn edited(mut tree: Value, edits: &BTreeMap<usize, Edit>) -> Value {
    let Some(Value::Array(actions)) = tree.get_mut("actions") else { return tree };
    for (index, edit) in edits.iter().rev() {
        match edit {
            Edit::Delete if *index < actions.len() => drop(actions.remove(*index)),
            Edit::Delete => {}
            Edit::Retarget(target) => {
                if let Some(written) = actions.get_mut(*index).and_then(|action| action.get_mut("target")) {
                    *written = Value::String(target.clone());
                }
            }
        }
    }
    tree
}

/// How many actions an overlay has.
fn count(overlay: &Value) -> usize {
    overlay.get("actions").and_then(Value::as_array).map_or(0, Vec::len)
}

/// A text in lines, ends included.
struct Lines<'t> {
    lines: Vec<&'t str>,
    /// The byte at which each begins, and the text's end.
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    fn of(text: &'t str) -> Self {
        let lines: Vec<_> = text.split_inclusive('\n').collect();
        let mut starts = vec![0];
        for line in &lines {
            starts.push(starts.last().copied().unwrap_or_default() + line.len());
        }
        Self { lines, starts }
    }

    fn bytes(&self, lines: Range<usize>) -> Option<Range<usize>> {
        Some(*self.starts.get(lines.start)?..*self.starts.get(lines.end)?)
    }

    fn line(&self, number: usize) -> &'t str {
        self.lines.get(number).copied().unwrap_or_default()
    }

    /// The bytes of an action with the comment right above it, and with one of the blank lines around it.
    fn action(&self, file: &File<'_>, index: usize, total: usize) -> Option<Range<usize>> {
        let (dash, column) = self.dash(file, index)?;
        let next = if index + 1 < total {
            self.dash(file, index + 1).filter(|(line, _)| *line > dash)?.0
        } else {
            let ends = |line: &usize| is_content(self.line(*line)) && indentation(self.line(*line)) <= column;
            (dash + 1..self.lines.len()).find(ends).unwrap_or(self.lines.len())
        };
        // Deeper comments may be lines of a text.
        let is_beside = |line: &str| !is_content(line) && (is_blank(line) || indentation(line) <= column);
        let end = (dash + 1..next)
            .rev()
            .find(|line| !is_beside(self.line(*line)))
            .map_or(dash + 1, |last| last + 1);
        let is_above = |line: &usize| is_beside(self.line(*line)) && !is_blank(self.line(*line));
        let start = (0..dash).rev().take_while(is_above).last().unwrap_or(dash);
        let blank_before = start > 0 && is_blank(self.line(start - 1));
        let blank_after = end >= self.lines.len() || is_blank(self.line(end));
        let start = if blank_before && blank_after { start - 1 } else { start };
        self.bytes(start..end)
    }

    /// The line, from 0, and the column of an action's dash.
    fn dash(&self, file: &File<'_>, index: usize) -> Option<(usize, usize)> {
        let place = file.place(&Pointer::root().child("actions").index(index));
        let line = place.line.checked_sub(1)?;
        let before = self.line(line).get(..place.column.checked_sub(1)?)?;
        let column = indentation(before);
        (before.trim() == "-").then_some((line, column))
    }

    /// The bytes of an action's target, and what to write there for another one.
    fn target(&self, file: &File<'_>, index: usize, target: &str) -> Option<(Range<usize>, String)> {
        let key = Pointer::root().child("actions").index(index).child("target");
        let place = file.place(&key);
        let number = place.line.checked_sub(1)?;
        let line = self.line(number);
        let column = line.char_indices().nth(place.column.checked_sub(1)?)?.0;
        let behind = line.get(column..)?;
        let value = ["target", "'target'", "\"target\""].iter().find_map(|key| {
            let rest = behind.strip_prefix(key)?.trim_start().strip_prefix(':')?;
            Some(rest.trim_start_matches([' ', '\t']))
        })?;
        let start = self.starts.get(number)? + line.len() - value.len();
        let is_json = behind.starts_with('"');
        let is_flow = !matches!(line.get(..column)?.trim(), "" | "-");
        if value.starts_with(['>', '|']) && !is_flow {
            return self.folded(number, column, start, target);
        }
        let length = scalar(value, is_flow)?;
        Some((start..start + length, written(target, is_flow, is_json)))
    }

    /// A target that stands on lines below its key.
    fn folded(
        &self,
        number: usize,
        column: usize,
        start: usize,
        target: &str,
    ) -> Option<(Range<usize>, String)> {
        let is_below = |line: &usize| is_blank(self.line(*line)) || indentation(self.line(*line)) > column;
        let below = (number + 1..self.lines.len()).take_while(is_below);
        let last = below.filter(|line| !is_blank(self.line(*line))).last()?;
        let end = self.starts.get(last)? + self.line(last).trim_end_matches(['\r', '\n']).len();
        Some((start..end, written(target, false, false)))
    }
}

/// The bytes of a scalar that a line ends with, or that stands in a flow mapping.
fn scalar(text: &str, is_flow: bool) -> Option<usize> {
    let quote = text.chars().next().filter(|c| matches!(c, '\'' | '"'));
    let Some(quote) = quote else {
        let end = if is_flow { text.find([',', '}'])? } else { text.find(" #").unwrap_or(text.len()) };
        return Some(text.get(..end)?.trim_end().len()).filter(|length| *length > 0);
    };
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\\' && quote == '"' {
            chars.next();
        } else if c == quote {
            if quote == '\'' && chars.peek().is_some_and(|(_, next)| *next == '\'') {
                chars.next();
            } else {
                return Some(at + 1);
            }
        }
    }
    None
}

/// A target as a scalar.
fn written(target: &str, is_flow: bool, is_json: bool) -> String {
    let has_flow = target.contains(['[', ']', '{', '}', ',']);
    let reads_otherwise = target.contains(": ") || target.contains(" #") || target.ends_with([':', ' ']);
    let is_plain = target.starts_with('$') && !reads_otherwise && !(is_flow && has_flow);
    if is_json || target.chars().any(char::is_control) {
        Value::String(target.to_owned()).to_string()
    } else if is_plain {
        target.to_owned()
    } else {
        format!("'{}'", target.replace('\'', "''"))
    }
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}

/// Whether a line is neither blank nor a comment.
fn is_content(line: &str) -> bool {
    !is_blank(line) && !line.trim_start().starts_with('#')
}
