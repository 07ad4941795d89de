//! Reduces a document to the paths that another document has, and to what they use.
//!
//! Lines are removed from YAML, and all other lines stay unchanged with their comments. JSON is formatted again. The
//! result is parsed and compared with the expected tree.

use std::collections::BTreeSet;

use serde::de::IgnoredAny;
use serde_json::{Map, Value};

use super::filter;
use crate::base::diagnostic::Diagnostics;
use crate::base::digits;
use crate::base::pointer::Pointer;
use crate::base::uri::decoded;
use crate::grammar::paths::WEBHOOK_SECTIONS;
use crate::grammar::paths::without_parameter_names;
use crate::read::tree::file::{ParsedFile, Source};
use crate::read::tree::source_text::SourceText;

const EDIT_FIRST: &str = "edit it manually, or convert it to JSON or to block style without aliases first";

/// Reduces a document to the paths that another one has, and to what they use. The names of path parameters may differ.
///
/// # Errors
///
/// Returns an error if one of the documents is invalid, they have no path in common, or the YAML style of the document
/// doesn't allow removing lines.
pub fn slice(document: &Source, like: &Source) -> Result<Vec<u8>, Diagnostics> {
    let (file, tree, _) = ParsedFile::read_leniently(document)?;
    let (_, like, _) = ParsedFile::read_leniently(like)?;
    let root = Pointer::root();
    let wanted = part(&tree, &like);
    if entries(&wanted, "paths").next().is_none() {
        let help = "pass a document of the same API";
        return Err(Diagnostics::error(
            file.location(&root),
            root.child("paths"),
            "the documents have no path in common",
            help,
        ));
    }
    let text = String::from_utf8_lossy(&document.bytes);
    let is_json = serde_json::from_str::<IgnoredAny>(&text).is_ok();
    let text = if is_json { json(&file, &wanted) } else { without_missing(&text, &file, &tree, &wanted) };
    let slice = Source::new(&document.name, text.into_bytes());
    match ParsedFile::read_leniently(&slice) {
        Ok((_, tree, _)) if tree == wanted => Ok(slice.bytes),
        _ => {
            let message = "lines can't be removed from the document because of its YAML style";
            Err(Diagnostics::error(file.location(&root), root, message, EDIT_FIRST))
        }
    }
}

/// Writes a part of a tree as JSON, with its numbers as they are written.
fn json(file: &ParsedFile<'_>, part: &Value) -> String {
    let mut part = part.clone();
    file.restore_digits(&mut part);
    format!("{}\n", digits::pretty_json(&part))
}

/// Removes the nodes from a text that are not in a part of its tree.
fn without_missing(text: &str, file: &ParsedFile<'_>, tree: &Value, part: &Value) -> String {
    let lines = SourceText::of(text);
    let missing = differences(tree, part);
    let removals = missing.iter().filter_map(|pointer| Some((lines.range_of(file, pointer)?, String::new())));
    lines.edited(removals.collect())
}

/// Returns the part of a document with the paths of another one, and what they use.
fn part(tree: &Value, like: &Value) -> Value {
    let paths = needed_paths(tree, like);
    let mut part = tree.clone();
    if let Some(items) = part.get_mut("paths").and_then(Value::as_object_mut) {
        items.retain(|path, _| !path.starts_with('/') || paths.contains(path));
    }
    if let Some(root) = part.as_object_mut() {
        root.retain(|key, _| !WEBHOOK_SECTIONS.contains(&key.as_str()) || like.get(key).is_some());
    }
    filter::remove_unused_components(&mut part);
    let (before, after) = (used_tags(tree), used_tags(&part));
    if let Some(list) = part.get_mut("tags").and_then(Value::as_array_mut) {
        let is_unused = |name: &str| before.contains(name) && !after.contains(name);
        list.retain(|tag| !tag.get("name").and_then(Value::as_str).is_some_and(is_unused));
    }
    remove_empty_sections(&mut part);
    part
}

/// Returns the paths that are in another document, and those that they refer to.
fn needed_paths(tree: &Value, like: &Value) -> BTreeSet<String> {
    let known: BTreeSet<String> =
        entries(like, "paths").map(|(path, _)| without_parameter_names(path)).collect();
    let is_known = |path: &&String| path.starts_with('/') && known.contains(&without_parameter_names(path));
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

/// Collects the paths that a part of the document refers to.
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

/// Returns the tags of all operations.
fn used_tags(tree: &Value) -> BTreeSet<String> {
    let webhooks = WEBHOOK_SECTIONS.into_iter().flat_map(|section| entries(tree, section));
    let items = entries(tree, "paths").chain(webhooks);
    let operations = items.filter_map(|(_, item)| item.as_object()).flat_map(Map::values);
    let tags = operations.filter_map(|operation| operation.get("tags")?.as_array()).flatten();
    tags.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Removes empty sections of components, and an empty list of tags. In Swagger 2.0, the sections are in the root.
fn remove_empty_sections(tree: &mut Value) {
    let Some(root) = tree.as_object_mut() else { return };
    let is_empty = |value: &Value| {
        value.as_object().is_some_and(Map::is_empty) || value.as_array().is_some_and(Vec::is_empty)
    };
    if let Some(components) = root.get_mut("components").and_then(Value::as_object_mut) {
        components.retain(|_, kind| !is_empty(kind));
    }
    let sections = ["components", "tags", "definitions", "parameters", "responses"];
    root.retain(|key, value| !(sections.contains(&key.as_str()) && is_empty(value)));
}

/// Returns the outermost nodes of a document that are missing in a part of it.
fn differences(tree: &Value, part: &Value) -> Vec<Pointer> {
    let mut found = Vec::new();
    missing(tree, part, &Pointer::root(), &mut found);
    found
}

fn missing(tree: &Value, part: &Value, at: &Pointer, found: &mut Vec<Pointer>) {
    match (tree, part) {
        (Value::Object(entries), Value::Object(kept)) => {
            for (key, value) in entries {
                match kept.get(key) {
                    Some(kept) => missing(value, kept, &at.child(key), found),
                    None => found.push(at.child(key)),
                }
            }
        }
        // Items are removed, but never changed.
        (Value::Array(items), Value::Array(kept)) => {
            let mut kept = kept.iter().peekable();
            for (index, item) in items.iter().enumerate() {
                if kept.peek() == Some(&item) {
                    kept.next();
                } else {
                    found.push(at.index(index));
                }
            }
        }
        _ => {}
    }
}
