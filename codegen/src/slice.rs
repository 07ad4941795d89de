//! A part of a document as text: the paths that another document has, and what they need.
//!
//! Lines are cut and nothing else is touched, so that comments, order and spelling stay the publisher's. What is left
//! is read again, and has to hold exactly what it should.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::bundle::decoded;
use crate::diagnostic::Report;
use crate::document::{File, Source};
use crate::pointer::Pointer;
use crate::select;

const BY_HAND: &str = "cut it by hand, or write it in block style first, each entry on lines of its own";

/// Cuts a document down to the paths of another one; what paths call their parameters doesn't matter.
///
/// # Errors
///
/// Where one of them can't be read, they have no path in common, or the document is not written so that lines can be
/// cut out of it.
pub fn slice(document: &Source, like: &Source) -> Result<Vec<u8>, Report> {
    let (file, tree, _) = File::read_leniently(document)?;
    let (_, like, _) = File::read_leniently(like)?;
    let root = Pointer::root();
    let wanted = part(&tree, &like);
    if entries(&wanted, "paths").next().is_none() {
        let help = "name a document of the same API";
        return Err(Report::error(
            file.place(&root),
            root.child("paths"),
            "no path is in both documents",
            help,
        ));
    }
    let text = String::from_utf8_lossy(&document.bytes);
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut gone = vec![false; lines.len()];
    for pointer in differences(&tree, &wanted) {
        let place = file.place(&pointer);
        for line in entry(&lines, place.line, place.column) {
            gone[line] = true;
        }
    }
    let kept: String = lines.iter().zip(gone).filter(|(_, gone)| !gone).map(|(line, _)| *line).collect();
    let slice = Source::new(&document.name, kept.into_bytes());
    match File::read_leniently(&slice) {
        Ok((_, left, _)) if left == wanted => Ok(slice.bytes),
        _ => {
            let message = "the document is not written so that a part can be cut out of it";
            Err(Report::error(file.place(&root), root, message, BY_HAND))
        }
    }
}

/// The part of a document that its paths in another one need.
fn part(tree: &Value, like: &Value) -> Value {
    let paths = needed_paths(tree, like);
    let mut part = tree.clone();
    if let Some(items) = part.get_mut("paths").and_then(Value::as_object_mut) {
        items.retain(|path, _| !path.starts_with('/') || paths.contains(path));
    }
    if let Some(root) = part.as_object_mut() {
        root.retain(|key, _| key != "webhooks" || like.get("webhooks").is_some());
    }
    select::prune(&mut part);
    let (before, after) = (used_tags(tree), used_tags(&part));
    if let Some(list) = part.get_mut("tags").and_then(Value::as_array_mut) {
        let is_gone = |name: &str| before.contains(name) && !after.contains(name);
        list.retain(|tag| !tag.get("name").and_then(Value::as_str).is_some_and(is_gone));
    }
    without_empty_lists(&mut part);
    part
}

/// The paths that another document has, and those that something in them refers to.
fn needed_paths(tree: &Value, like: &Value) -> BTreeSet<String> {
    let known: BTreeSet<String> = entries(like, "paths").map(|(path, _)| select::skeleton(path)).collect();
    let is_known = |path: &&String| path.starts_with('/') && known.contains(&select::skeleton(path));
    let mut ahead: Vec<String> =
        entries(tree, "paths").map(|(path, _)| path).filter(is_known).cloned().collect();
    let mut needed = BTreeSet::new();
    while let Some(path) = ahead.pop() {
        if let Some(item) = tree.get("paths").and_then(|paths| paths.get(&path))
            && needed.insert(path)
        {
            references(item, &mut ahead);
        }
    }
    needed
}

/// The paths that a part of the document refers to.
fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => {
            let pointer = Pointer::parse(&decoded(text)).filter(|_| text.starts_with("#/paths/"));
            found.extend(pointer.and_then(|pointer| pointer.tokens().get(1).cloned()));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        Value::Object(entries) => entries.values().for_each(|entry| references(entry, found)),
        _ => {}
    }
}

fn entries<'v>(tree: &'v Value, key: &str) -> impl Iterator<Item = (&'v String, &'v Value)> {
    tree.get(key).and_then(Value::as_object).into_iter().flatten()
}

/// The tags of all operations that are left.
fn used_tags(tree: &Value) -> BTreeSet<String> {
    let items = entries(tree, "paths").chain(entries(tree, "webhooks"));
    let operations = items.filter_map(|(_, item)| item.as_object()).flat_map(Map::values);
    let tags = operations.filter_map(|operation| operation.get("tags")?.as_array()).flatten();
    tags.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Takes away what would be left of a list of components, or of tags, without an entry.
fn without_empty_lists(tree: &mut Value) {
    let Some(root) = tree.as_object_mut() else { return };
    let is_empty = |value: &Value| {
        value.as_object().is_some_and(Map::is_empty) || value.as_array().is_some_and(Vec::is_empty)
    };
    if let Some(components) = root.get_mut("components").and_then(Value::as_object_mut) {
        components.retain(|_, kind| !is_empty(kind));
    }
    root.retain(|key, value| !(matches!(key.as_str(), "components" | "tags") && is_empty(value)));
}

/// The outermost nodes that a part of a document lacks.
fn differences(tree: &Value, part: &Value) -> Vec<Pointer> {
    let mut found = Vec::new();
    missing(tree, part, &Pointer::root(), &mut found);
    found
}

fn missing(tree: &Value, part: &Value, at: &Pointer, found: &mut Vec<Pointer>) {
    match (tree, part) {
        (Value::Object(entries), Value::Object(left)) => {
            for (key, value) in entries {
                match left.get(key) {
                    Some(left) => missing(value, left, &at.child(key), found),
                    None => found.push(at.child(key)),
                }
            }
        }
        // Elements are taken out and never changed.
        (Value::Array(items), Value::Array(left)) => {
            let mut left = left.iter().peekable();
            for (index, item) in items.iter().enumerate() {
                if left.peek() == Some(&item) {
                    left.next();
                } else {
                    found.push(at.index(index));
                }
            }
        }
        _ => {}
    }
}

/// The lines of an entry or element, counted from 0, with the comment right above it; where it stands is counted
/// from 1.
fn entry(lines: &[&str], line: usize, column: usize) -> std::ops::Range<usize> {
    let Some(first) = line.checked_sub(1).filter(|first| *first < lines.len()) else { return 0..0 };
    // An element stands behind its dash.
    let before: String = lines[first].chars().take(column.saturating_sub(1)).collect();
    let margin = before.len() - before.trim_start_matches(' ').len();
    if !matches!(before.trim(), "" | "-") {
        return 0..0;
    }
    let is_end = |index: &usize| is_content(lines[*index]) && indentation(lines[*index]) <= margin;
    let next = (first + 1..lines.len()).find(is_end).unwrap_or(lines.len());
    // Deeper comments may be lines of a text.
    let is_beside = |index: &usize| !is_content(lines[*index]) && indentation(lines[*index]) <= margin;
    let behind = (first + 1..next).rev().take_while(is_beside).count();
    let is_above = |index: &usize| is_beside(index) && !lines[*index].trim().is_empty();
    let above = (0..first).rev().take_while(is_above).count();
    let (start, end) = (first - above, next - behind);
    let is_blank = |line: &str| line.trim().is_empty();
    // Of blank lines on both sides, one is enough.
    let blank = start > 0 && is_blank(lines[start - 1]) && lines.get(end).is_none_or(|line| is_blank(line));
    start - usize::from(blank)..end
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Whether a line is neither blank nor a comment.
fn is_content(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && !line.starts_with('#')
}
