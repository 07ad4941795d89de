//! Overlays with actions deleted or given another target, as text: comments, order and layout stay.
//!
//! Lines are cut and targets replaced where the reader found them. What comes out is read again, and has to hold
//! exactly what it should; otherwise it is left to a person.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;

use serde_json::Value;

use crate::base::pointer::Pointer;
use crate::read::tree::cut::{Text, indentation, is_blank};
use crate::read::tree::file::{File, Source};

/// What is done to an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// It goes.
    Delete,
    /// It gets another target.
    Retarget(String),
    /// Parts of it go, by their pointers in the overlay, and what they leave empty.
    Trim(Vec<Pointer>),
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
const NOT_APART: ByHand = ByHand("what is to go stands neither on lines of its own nor between commas");
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
    let wanted = edited(tree.clone(), edits);
    if count(&wanted) == 0 {
        return Ok(Mended::Empty);
    }
    let lines = Text::of(text);
    let mut changes = Vec::new();
    for (index, edit) in edits {
        match edit {
            Edit::Delete => changes.push(cut(&lines, &file, &action(*index))?),
            Edit::Retarget(target) => {
                changes.push(self::target(&lines, &file, *index, target).ok_or(OTHER_TARGET)?);
            }
            Edit::Trim(parts) => {
                for part in trimmed(&tree, &action(*index).child("update"), parts) {
                    changes.push(cut(&lines, &file, &part)?);
                }
            }
        }
    }
    let mended = Source::new(&overlay.name, lines.edited(changes));
    match File::read(&mended) {
        Ok((_, tree)) if tree == wanted => {
            Ok(Mended::Text(String::from_utf8_lossy(&mended.bytes).into_owned()))
        }
        _ => Err(NOT_AS_MEANT),
    }
}

fn cut(lines: &Text<'_>, file: &File<'_>, node: &Pointer) -> Result<(Range<usize>, String), ByHand> {
    lines.node(file, node).map(|range| (range, String::new())).ok_or(NOT_APART)
}

fn action(index: usize) -> Pointer {
    Pointer::root().child("actions").index(index)
}

/// The tree that the edits shall give.
fn edited(mut tree: Value, edits: &BTreeMap<usize, Edit>) -> Value {
    for (index, edit) in edits.iter().rev() {
        match edit {
            Edit::Delete => {
                action(*index).remove_from(&mut tree);
            }
            Edit::Retarget(target) => {
                if let Some(written) = tree.pointer_mut(&action(*index).child("target").to_path()) {
                    *written = Value::String(target.clone());
                }
            }
            Edit::Trim(parts) => {
                let whole = action(*index).child("update");
                for part in trimmed(&tree, &whole, parts) {
                    part.remove_from(&mut tree);
                }
            }
        }
    }
    tree
}

/// The parts to take away, and what would be left empty without them instead of these, from the end.
fn trimmed(tree: &Value, whole: &Pointer, parts: &[Pointer]) -> Vec<Pointer> {
    let mut gone: BTreeSet<Pointer> = parts.iter().cloned().collect();
    loop {
        let is_gone = |at: &Pointer| gone.contains(at);
        let mut parents: BTreeSet<Pointer> = gone.iter().filter_map(Pointer::parent).collect();
        parents.retain(|parent| {
            parent != whole
                && parent.below(whole).is_some()
                && !gone.contains(parent)
                && children(tree, parent).iter().all(is_gone)
        });
        if parents.is_empty() {
            break;
        }
        gone.extend(parents);
    }
    let outermost = |at: &&Pointer| {
        std::iter::successors(at.parent(), Pointer::parent).all(|above| !gone.contains(&above))
    };
    let mut outermost: Vec<_> = gone.iter().filter(outermost).cloned().collect();
    // Elements still to go keep their index.
    outermost.sort_by_key(|at| {
        std::cmp::Reverse((at.parent(), at.last().and_then(|token| token.parse::<usize>().ok())))
    });
    outermost
}

/// The nodes right below one.
fn children(tree: &Value, at: &Pointer) -> Vec<Pointer> {
    match at.find(tree) {
        Some(Value::Object(entries)) => entries.keys().map(|key| at.child(key)).collect(),
        Some(Value::Array(items)) => (0..items.len()).map(|index| at.index(index)).collect(),
        _ => Vec::new(),
    }
}

/// How many actions an overlay has.
fn count(overlay: &Value) -> usize {
    overlay.get("actions").and_then(Value::as_array).map_or(0, Vec::len)
}

/// The bytes of an action's target, and what to write there for another one.
fn target(lines: &Text<'_>, file: &File<'_>, index: usize, target: &str) -> Option<(Range<usize>, String)> {
    let place = file.place(&action(index).child("target"));
    let number = place.line.checked_sub(1)?;
    let line = lines.line(number);
    let column = line.char_indices().nth(place.column.checked_sub(1)?)?.0;
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

/// Where a text ends that stands on lines below its key.
fn folded_end(lines: &Text<'_>, number: usize, column: usize) -> Option<usize> {
    let is_below = |line: &usize| is_blank(lines.line(*line)) || indentation(lines.line(*line)) > column;
    let below = (number + 1..lines.len()).take_while(is_below);
    let last = below.filter(|line| !is_blank(lines.line(*line))).last()?;
    Some(lines.start(last)? + lines.line(last).trim_end_matches(['\r', '\n']).len())
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
