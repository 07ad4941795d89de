//! Edits the text of an overlay: deletes actions or parts of them, and replaces targets. Comments, order and layout
//! are kept.
//!
//! The edits use the locations that the reader reports. The result is read again and compared with the expected tree;
//! if they differ, the overlay has to be edited manually.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;

use serde_json::Value;

use crate::base::pointer::Pointer;
use crate::read::tree::file::{ParsedFile, Source};
use crate::read::tree::source_text::{SourceText, indentation, is_blank};

/// An edit of an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ActionEdit {
    /// Deletes the action.
    Delete,
    /// Replaces its target.
    Retarget(String),
    /// Deletes parts of its update, by their pointers in the overlay, and nodes that become empty.
    Trim(Vec<Pointer>),
}

/// An overlay after the edits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditedOverlay {
    /// The new text.
    Text(String),
    /// No action is left: the file can be deleted.
    Empty,
}

/// An error that prevents editing an overlay automatically.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotEditable(&'static str);

impl fmt::Display for NotEditable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for NotEditable {}

const UNREADABLE: NotEditable = NotEditable("it can't be read");
const NOT_SEPARATE: NotEditable =
    NotEditable("a part to delete is neither on separate lines nor between commas");
const OTHER_TARGET: NotEditable = NotEditable("a target is written in a form that can't be replaced safely");
const UNEXPECTED_RESULT: NotEditable = NotEditable("the edits would change more than they should");

/// Applies edits to the text of an overlay. The keys are the numbers of actions, from 0.
///
/// # Errors
///
/// Returns an error if the overlay's layout doesn't allow safe edits.
pub fn edit_overlay(
    overlay: &Source,
    edits: &BTreeMap<usize, ActionEdit>,
) -> Result<EditedOverlay, NotEditable> {
    let (file, tree) = ParsedFile::read(overlay).map_err(|_| UNREADABLE)?;
    let text = std::str::from_utf8(&overlay.bytes).map_err(|_| UNREADABLE)?;
    let wanted = edited_tree(tree.clone(), edits);
    if count(&wanted) == 0 {
        return Ok(EditedOverlay::Empty);
    }
    let lines = SourceText::of(text);
    let mut changes = Vec::new();
    for (index, edit) in edits {
        match edit {
            ActionEdit::Delete => changes.push(cut(&lines, &file, &action(*index))?),
            ActionEdit::Retarget(target) => {
                changes.push(self::target(&lines, &file, *index, target).ok_or(OTHER_TARGET)?);
            }
            ActionEdit::Trim(parts) => {
                for part in trimmed(&tree, &action(*index).child("update"), parts) {
                    changes.push(cut(&lines, &file, &part)?);
                }
            }
        }
    }
    let edited = Source::new(&overlay.name, lines.edited(changes));
    match ParsedFile::read(&edited) {
        Ok((_, tree)) if tree == wanted => {
            Ok(EditedOverlay::Text(String::from_utf8_lossy(&edited.bytes).into_owned()))
        }
        _ => Err(UNEXPECTED_RESULT),
    }
}

fn cut(
    lines: &SourceText<'_>,
    file: &ParsedFile<'_>,
    node: &Pointer,
) -> Result<(Range<usize>, String), NotEditable> {
    lines.range_of(file, node).map(|range| (range, String::new())).ok_or(NOT_SEPARATE)
}

fn action(index: usize) -> Pointer {
    Pointer::root().child("actions").index(index)
}

/// Returns the tree that the edits have to produce.
fn edited_tree(mut tree: Value, edits: &BTreeMap<usize, ActionEdit>) -> Value {
    for (index, edit) in edits.iter().rev() {
        match edit {
            ActionEdit::Delete => {
                action(*index).remove_from(&mut tree);
            }
            ActionEdit::Retarget(target) => {
                if let Some(written) = tree.pointer_mut(&action(*index).child("target").to_path()) {
                    *written = Value::String(target.clone());
                }
            }
            ActionEdit::Trim(parts) => {
                let whole = action(*index).child("update");
                for part in trimmed(&tree, &whole, parts) {
                    part.remove_from(&mut tree);
                }
            }
        }
    }
    tree
}

/// Returns the parts to delete, last first. If a node would become empty, it is deleted instead of its parts.
fn trimmed(tree: &Value, whole: &Pointer, parts: &[Pointer]) -> Vec<Pointer> {
    let mut removed: BTreeSet<Pointer> = parts.iter().cloned().collect();
    loop {
        let is_removed = |at: &Pointer| removed.contains(at);
        let mut parents: BTreeSet<Pointer> = removed.iter().filter_map(Pointer::parent).collect();
        parents.retain(|parent| {
            parent != whole
                && parent.below(whole).is_some()
                && !removed.contains(parent)
                && children(tree, parent).iter().all(is_removed)
        });
        if parents.is_empty() {
            break;
        }
        removed.extend(parents);
    }
    let outermost = |at: &&Pointer| {
        std::iter::successors(at.parent(), Pointer::parent).all(|above| !removed.contains(&above))
    };
    let mut outermost: Vec<_> = removed.iter().filter(outermost).cloned().collect();
    // In reverse order, the indices of remaining elements stay valid.
    outermost.sort_by_key(|at| {
        std::cmp::Reverse((at.parent(), at.last().and_then(|token| token.parse::<usize>().ok())))
    });
    outermost
}

/// Returns the children of a node.
fn children(tree: &Value, at: &Pointer) -> Vec<Pointer> {
    match at.find(tree) {
        Some(Value::Object(entries)) => entries.keys().map(|key| at.child(key)).collect(),
        Some(Value::Array(items)) => (0..items.len()).map(|index| at.index(index)).collect(),
        _ => Vec::new(),
    }
}

/// Returns the number of actions of an overlay.
fn count(overlay: &Value) -> usize {
    overlay.get("actions").and_then(Value::as_array).map_or(0, Vec::len)
}

/// Returns the byte range of an action's target, and the text that replaces it.
fn target(
    lines: &SourceText<'_>,
    file: &ParsedFile<'_>,
    index: usize,
    target: &str,
) -> Option<(Range<usize>, String)> {
    let location = file.location(&action(index).child("target"));
    let number = location.line.checked_sub(1)?;
    let line = lines.line(number);
    let column = line.char_indices().nth(location.column.checked_sub(1)?)?.0;
    let behind = line.get(column..)?;
    let value = ["target", "'target'", "\"target\""].iter().find_map(|key| {
        let rest = behind.strip_prefix(key)?.trim_start().strip_prefix(':')?;
        Some(rest.trim_start_matches([' ', '\t']))
    })?;
    let start = lines.start(number)? + line.len() - value.len();
    let is_json = behind.starts_with('"');
    let is_flow = !matches!(line.get(..column)?.trim(), "" | "-");
    if value.starts_with(['>', '|']) && !is_flow {
        let end = folded_end(lines, number, column)?;
        return Some((start..end, written(target, false, false)));
    }
    let length = scalar(value, is_flow)?;
    Some((start..start + length, written(target, is_flow, is_json)))
}

/// Returns the end of a block scalar, which is on the lines below its key.
fn folded_end(lines: &SourceText<'_>, number: usize, column: usize) -> Option<usize> {
    let is_below = |line: &usize| is_blank(lines.line(*line)) || indentation(lines.line(*line)) > column;
    let below = (number + 1..lines.len()).take_while(is_below);
    let last = below.filter(|line| !is_blank(lines.line(*line))).last()?;
    Some(lines.start(last)? + lines.line(last).trim_end_matches(['\r', '\n']).len())
}

/// Returns the length of a scalar in bytes, at the end of a line or in a flow mapping.
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

/// Writes a target as a YAML or JSON scalar.
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
