//! A part of a document as text: the paths that another document has, and what they need.
//!
//! Of YAML, lines are cut and nothing else is touched, so that comments, order and spelling stay the publisher's. JSON
//! has no lines of its own, and is laid out anew. What is left is read again, and has to hold exactly what it should.

use std::collections::BTreeSet;

use serde::de::IgnoredAny;
use serde_json::{Map, Value};

use super::select;
use crate::base::diagnostic::Report;
use crate::base::pointer::Pointer;
use crate::base::uri::decoded;
use crate::grammar::paths::skeleton;
use crate::read::tree::cut::Text;
use crate::read::tree::file::{File, Source};

const BY_HAND: &str = "cut it by hand, or write it as JSON, or in block style without aliases, first";

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
    let is_json = serde_json::from_str::<IgnoredAny>(&text).is_ok();
    let left = if is_json { format!("{wanted:#}\n") } else { kept(&text, &file, &tree, &wanted) };
    let slice = Source::new(&document.name, left.into_bytes());
    match File::read_leniently(&slice) {
        Ok((_, left, _)) if left == wanted => Ok(slice.bytes),
        _ => {
            let message = "the document is not written so that a part can be cut out of it";
            Err(Report::error(file.place(&root), root, message, BY_HAND))
        }
    }
}

/// A text without the nodes that its part lacks.
fn kept(text: &str, file: &File<'_>, tree: &Value, part: &Value) -> String {
    let lines = Text::of(text);
    let gone = differences(tree, part);
    let cuts = gone.iter().filter_map(|pointer| Some((lines.node(file, pointer)?, String::new())));
    lines.edited(cuts.collect())
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
    let known: BTreeSet<String> = entries(like, "paths").map(|(path, _)| skeleton(path)).collect();
    let is_known = |path: &&String| path.starts_with('/') && known.contains(&skeleton(path));
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
