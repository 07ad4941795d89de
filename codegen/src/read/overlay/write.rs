//! What actions do to the tree, with a trail of where each node came from.

use serde_json::Value;

use crate::base::pointer::Pointer;
use crate::read::tree::document::Document;
use crate::read::tree::origins::Edit;

/// Merges a value into each of some nodes, and tells whether that changed anything. `written_at` is where the
/// value stands in the overlay.
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

/// Takes some nodes away, and tells whether there were any. The document itself stays. `action` is where the action
/// stands in the overlay.
pub(crate) fn remove(
    document: &mut Document<'_>,
    overlay: usize,
    mut targets: Vec<Pointer>,
    action: &Pointer,
) -> bool {
    // From the end, so that elements still to go keep their index.
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

/// Merges, and notes each node that it wrote: where it is, and where it stands in the overlay.
struct Writer<'a> {
    nodes: &'a mut Vec<(Pointer, Pointer)>,
}

impl Writer<'_> {
    /// The outermost step: a list that is targeted takes the update as a new element.
    fn target(&mut self, node: &mut Value, update: &Value, here: &Pointer, there: &Pointer) {
        if let Value::Array(items) = node
            && !update.is_array()
        {
            self.nodes.push((here.index(items.len()), there.clone()));
            items.push(update.clone());
        } else {
            self.merge(node, update, here, there);
        }
    }

    fn merge(&mut self, node: &mut Value, update: &Value, here: &Pointer, there: &Pointer) {
        match (node, update) {
            (Value::Object(entries), Value::Object(updates)) => {
                for (key, value) in updates {
                    let (here, there) = (here.child(key), there.child(key));
                    if let Some(existing) = entries.get_mut(key) {
                        self.merge(existing, value, &here, &there);
                    } else {
                        entries.insert(key.clone(), value.clone());
                        self.nodes.push((here, there));
                    }
                }
            }
            (Value::Array(items), Value::Array(updates)) => {
                for (index, value) in updates.iter().enumerate() {
                    self.nodes.push((here.index(items.len()), there.index(index)));
                    items.push(value.clone());
                }
            }
            (node, update) if *node != *update => {
                *node = update.clone();
                self.nodes.push((here.clone(), there.clone()));
            }
            _ => {}
        }
    }
}
