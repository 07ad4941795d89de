//! Changes the tree for an action, and records where each new node comes from.

use serde_json::Value;

use crate::base::pointer::Pointer;
use crate::read::tree::document::Document;
use crate::read::tree::origins::Edit;

/// Merges a value into the target nodes, and returns whether that changed anything. `written_at` points to the value in
/// the overlay.
pub(crate) fn merge(
    document: &mut Document<'_>,
    overlay: usize,
    targets: &[Pointer],
    value: &Value,
    written_at: &Pointer,
) -> bool {
    let mut nodes = Vec::new();
    for target in targets {
        if let Some(node) = document.value.pointer_mut(&target.to_path()) {
            let mut writer = Writer { nodes: &mut nodes };
            writer.target(node, value, target, written_at);
        }
    }
    let changed = !nodes.is_empty();
    document.record(Edit::Written { overlay, nodes });
    changed
}

/// Removes the target nodes, and returns whether there were any. The root is not removed. `action` points to the action
/// in the overlay.
pub(crate) fn remove(
    document: &mut Document<'_>,
    overlay: usize,
    mut targets: Vec<Pointer>,
    action: &Pointer,
) -> bool {
    // From the end, so that the items of an array that are removed later keep their index.
    targets.sort_by_key(|target| {
        target.tokens().iter().map(|token| (token.parse::<usize>().ok(), token.clone())).collect::<Vec<_>>()
    });
    let mut changed = false;
    for target in targets.into_iter().rev() {
        let Some(from_array) = target.remove_from(&mut document.value) else { continue };
        changed = true;
        document.record(Edit::Removed { at: target, from_array, overlay, action: action.clone() });
    }
    changed
}

/// Merges values, and collects the written nodes: the pointer of each in the tree, and in the overlay.
struct Writer<'a> {
    nodes: &'a mut Vec<(Pointer, Pointer)>,
}

impl Writer<'_> {
    /// Merges into a target. An array as the target gets the update as a new item.
    fn target(&mut self, node: &mut Value, update: &Value, at: &Pointer, source: &Pointer) {
        if let Value::Array(items) = node
            && !update.is_array()
        {
            self.nodes.push((at.index(items.len()), source.clone()));
            items.push(update.clone());
        } else {
            self.merge(node, update, at, source);
        }
    }

    fn merge(&mut self, node: &mut Value, update: &Value, at: &Pointer, source: &Pointer) {
        match (node, update) {
            (Value::Object(entries), Value::Object(updates)) => {
                for (key, value) in updates {
                    let (at, source) = (at.child(key), source.child(key));
                    if let Some(existing) = entries.get_mut(key) {
                        self.merge(existing, value, &at, &source);
                    } else {
                        entries.insert(key.clone(), value.clone());
                        self.nodes.push((at, source));
                    }
                }
            }
            (Value::Array(items), Value::Array(updates)) => {
                for (index, value) in updates.iter().enumerate() {
                    self.nodes.push((at.index(items.len()), source.index(index)));
                    items.push(value.clone());
                }
            }
            (node, update) if *node != *update => {
                *node = update.clone();
                self.nodes.push((at.clone(), source.clone()));
            }
            _ => {}
        }
    }
}
