//! Finds the pointers of properties, parameters, values and tags in a description.

use serde_json::Value;

use crate::base::pointer::Pointer;
use crate::grammar::reference::resolve;
use crate::ir::request::{Parameter, ParameterLocation};

/// The maximum depth of compositions that are searched.
const MAX_DEPTH: usize = 32;

/// Returns the pointer of a property, through references and compositions. If there is none, returns the schema's.
pub(super) fn property(tree: &Value, schema: &Pointer, name: &str) -> Pointer {
    below(tree, schema, name, MAX_DEPTH).unwrap_or_else(|| schema.clone())
}

fn below(tree: &Value, schema: &Pointer, name: &str, depth: usize) -> Option<Pointer> {
    let (at, node) = resolved(tree, schema)?;
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

/// Returns a node, with references resolved.
fn resolved<'t>(tree: &'t Value, at: &Pointer) -> Option<(Pointer, &'t Value)> {
    let (node, at) = resolve(tree, at.find(tree)?, at.clone());
    Some((at, node))
}

/// Returns the pointer of a parameter of an operation or its path item. If there is none, returns the operation's.
pub(super) fn parameter(tree: &Value, operation: &Pointer, parameter: &Parameter) -> Pointer {
    if let Some(name) = &parameter.part {
        return part(tree, operation, name.as_str());
    }
    if matches!(parameter.location, ParameterLocation::Part | ParameterLocation::File) {
        return part(tree, operation, parameter.wire.as_str());
    }
    let lists = [Some(operation.clone()), operation.parent()];
    let found = lists.into_iter().flatten().map(|at| at.child("parameters")).find_map(|list| {
        let count = list.find(tree)?.as_array()?.len();
        (0..count).map(|index| list.index(index)).find_map(|at| {
            let (at, node) = resolved(tree, &at)?;
            (node.get("name")?.as_str()? == parameter.wire.as_str()).then_some(at)
        })
    });
    found.unwrap_or_else(|| operation.clone())
}

/// Returns the pointer of a part of a multipart body.
fn part(tree: &Value, operation: &Pointer, name: &str) -> Pointer {
    let body = body(tree, operation);
    let schema = body.find(tree).and_then(|node| node.get("content")?.as_object()?.keys().next());
    match schema {
        Some(media_type) => property(tree, &body.child("content").child(media_type).child("schema"), name),
        None => body,
    }
}

/// Returns the pointer of the request body of an operation.
pub(super) fn body(tree: &Value, operation: &Pointer) -> Pointer {
    let at = operation.child("requestBody");
    resolved(tree, &at).map_or(at, |(at, _)| at)
}

/// Returns the pointer of a value of an enum. If there is none, returns the enum's.
pub(super) fn value(tree: &Value, schema: &Pointer, value: &str) -> Pointer {
    let found = resolved(tree, schema).and_then(|(at, node)| {
        let values = node.get("enum")?.as_array()?;
        let wire = |item: &Value| item.as_str().map_or_else(|| item.to_string(), str::to_owned);
        let index = values.iter().position(|item| wire(item) == value)?;
        Some(at.child("enum").index(index))
    });
    found.unwrap_or_else(|| schema.clone())
}

/// Returns the pointer of a tag's declaration. If there is none, returns that of the `tags` array.
pub(super) fn tag(tree: &Value, name: &str) -> Pointer {
    let list = Pointer::root().child("tags");
    let tags = tree.get("tags").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let found = tags.iter().position(|tag| tag.get("name").and_then(Value::as_str) == Some(name));
    found.map_or_else(|| list.clone(), |index| list.index(index))
}
