//! Where fields, parameters and values stand in a description.

use serde_json::Value;

use crate::base::pointer::Pointer;
use crate::grammar::reference::resolve;
use crate::ir::request::{Location, Parameter};

/// How deep compositions are followed.
const DEPTH: usize = 32;

/// The property of a schema, through references and compositions; the schema itself where there is none.
pub(super) fn property(tree: &Value, schema: &Pointer, name: &str) -> Pointer {
    below(tree, schema, name, DEPTH).unwrap_or_else(|| schema.clone())
}

fn below(tree: &Value, schema: &Pointer, name: &str, depth: usize) -> Option<Pointer> {
    let (at, node) = followed(tree, schema)?;
    let property = at.child("properties").child(name);
    if node.get("properties").is_some_and(|properties| properties.get(name).is_some()) {
        return Some(property);
    }
    let depth = depth.checked_sub(1)?;
    ["allOf", "anyOf", "oneOf"].iter().find_map(|composition| {
        let parts = node.get(composition)?.as_array()?;
        (0..parts.len()).find_map(|index| below(tree, &at.child(*composition).index(index), name, depth))
    })
}

/// A node, or what a reference there leads to.
fn followed<'t>(tree: &'t Value, at: &Pointer) -> Option<(Pointer, &'t Value)> {
    let (node, at) = resolve(tree, at.find(tree)?, at.clone());
    Some((at, node))
}

/// A parameter of an operation, or of its path; the operation itself where there is none.
pub(super) fn parameter(tree: &Value, operation: &Pointer, parameter: &Parameter) -> Pointer {
    if matches!(parameter.location, Location::Part | Location::File) {
        return part(tree, operation, parameter.wire.as_str());
    }
    let lists = [Some(operation.clone()), operation.parent()];
    let found = lists.into_iter().flatten().map(|at| at.child("parameters")).find_map(|list| {
        let count = list.find(tree)?.as_array()?.len();
        (0..count).map(|index| list.index(index)).find_map(|at| {
            let (at, node) = followed(tree, &at)?;
            (node.get("name")?.as_str()? == parameter.wire.as_str()).then_some(at)
        })
    });
    found.unwrap_or_else(|| operation.clone())
}

/// The property of a multipart body.
fn part(tree: &Value, operation: &Pointer, name: &str) -> Pointer {
    let body = body(tree, operation);
    let schema = body.find(tree).and_then(|node| node.get("content")?.as_object()?.keys().next());
    match schema {
        Some(media_type) => property(tree, &body.child("content").child(media_type).child("schema"), name),
        None => body,
    }
}

/// The request body of an operation.
pub(super) fn body(tree: &Value, operation: &Pointer) -> Pointer {
    let at = operation.child("requestBody");
    followed(tree, &at).map_or(at, |(at, _)| at)
}

/// A value in the list of an enum; the enum itself where it is not there.
pub(super) fn value(tree: &Value, schema: &Pointer, value: &str) -> Pointer {
    let found = followed(tree, schema).and_then(|(at, node)| {
        let values = node.get("enum")?.as_array()?;
        let index = values.iter().position(|one| one.as_str() == Some(value))?;
        Some(at.child("enum").index(index))
    });
    found.unwrap_or_else(|| schema.clone())
}

/// The declaration of a tag; the list of them where there is none.
pub(super) fn tag(tree: &Value, name: &str) -> Pointer {
    let list = Pointer::root().child("tags");
    let tags = tree.get("tags").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let found = tags.iter().position(|tag| tag.get("name").and_then(Value::as_str) == Some(name));
    found.map_or_else(|| list.clone(), |index| list.index(index))
}
