//! Whether null is a valid value of a schema.

use std::collections::HashSet;

use super::part::{Node, Part};
use crate::lower::document::families::MAX_DEPTH;
use crate::lower::document::lookup::{Document, component_pointer};
use crate::lower::document::reference::{SCHEMAS, key_in};
use crate::lower::document::view::View;

/// Returns whether a schema allows null; `None` if it says nothing about it. All members have to allow it.
pub(in crate::lower) fn allows_null(document: &Document<'_>, part: &Part<'_>) -> Option<bool> {
    within(document, part, &mut HashSet::new(), 0)
}

/// Returns whether null is the only value of a schema, or of the component that it refers to.
pub(in crate::lower) fn is_null<'a>(document: &Document<'a>, node: Node<'a>) -> bool {
    node.schema(document).is_some_and(|schema| View::new(schema).is_only_null())
}

/// A component that was seen before adds nothing.
fn within(
    document: &Document<'_>,
    part: &Part<'_>,
    seen: &mut HashSet<String>,
    depth: usize,
) -> Option<bool> {
    if depth > MAX_DEPTH {
        return None;
    }
    let schema = match part.node {
        Node::Item(schema) => schema,
        Node::Reference(reference) => {
            let key = key_in(SCHEMAS, reference)?;
            let component = Part::new(document.schema(&key)?.schema, component_pointer(&key));
            return if seen.insert(key) { within(document, &component, seen, depth + 1) } else { None };
        }
    };
    let view = View::new(schema);
    if view.data.nullable || view.is_only_null() {
        return Some(true);
    }
    if view.ty.is_some() || view.has_properties() || view.has_values() {
        return Some(false);
    }
    let mut of = |member| within(document, &Part::new(member, part.at.clone()), seen, depth + 1);
    let mut allowed: Vec<bool> = view.all_of.iter().filter_map(&mut of).collect();
    for branches in [view.one_of, view.any_of] {
        // A branch that is `null` makes the union nullable when it is normalized, one that is a component doesn't.
        allowed.extend(branches.iter().filter_map(&mut of).reduce(|any, allowed| any || allowed));
    }
    allowed.into_iter().reduce(|all, allowed| all && allowed)
}
