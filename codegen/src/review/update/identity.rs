//! Identifies array elements that move, and pairs nodes of the old and the new tree.

use std::collections::HashMap;

use serde_json::Value;

use crate::base::pointer::{Pointer, child};

/// A step of a path to a node, stable when array elements before it are added or removed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum PathStep {
    Key(String),
    /// The identity of the element, and the number of elements before it with the same one.
    Element(String, usize),
    /// The index of an element without an identity.
    Index(usize),
}

/// Returns what identifies an array element: a reference, a name, an operation ID, or the value if it is a scalar.
pub(super) fn identity(element: &Value) -> Option<String> {
    let Value::Object(entries) = element else {
        return (!element.is_array()).then(|| element.to_string());
    };
    let text = |key: &str| entries.get(key).and_then(Value::as_str);
    let by_key = |key: &str| text(key).map(|value| format!("{key} {value}"));
    let named = || Some(format!("name {} in {}", text("name")?, text("in")?));
    by_key("$ref")
        .or_else(named)
        .or_else(|| by_key("operationId"))
        .or_else(|| by_key("name"))
        .or_else(|| by_key("url"))
}

/// Returns the steps to a node.
pub(super) fn steps(tree: &Value, pointer: &Pointer) -> Vec<PathStep> {
    let mut node = Some(tree);
    let step = |token: &String| {
        let Some(Value::Array(items)) = node else {
            node = node.and_then(|node| node.get(token));
            return PathStep::Key(token.clone());
        };
        let index = token.parse().unwrap_or(usize::MAX);
        node = items.get(index);
        let Some(identity) = node.and_then(identity) else { return PathStep::Index(index) };
        let alike = |item: &&Value| self::identity(item).as_ref() == Some(&identity);
        let before = items.iter().take(index).filter(alike).count();
        PathStep::Element(identity, before)
    };
    pointer.tokens().iter().map(step).collect()
}

/// Returns the node that the steps lead to.
pub(super) fn resolve(tree: &Value, steps: &[PathStep]) -> Option<Pointer> {
    let mut node = tree;
    let mut tokens = Vec::with_capacity(steps.len());
    for step in steps {
        let token = match (step, node) {
            (PathStep::Key(key), Value::Object(_)) => key.clone(),
            (PathStep::Index(index), Value::Array(_)) => index.to_string(),
            (PathStep::Element(wanted, before), Value::Array(items)) => {
                let alike =
                    items.iter().enumerate().filter(|(_, item)| identity(item).as_ref() == Some(wanted));
                alike.map(|(index, _)| index).nth(*before)?.to_string()
            }
            _ => return None,
        };
        node = child(node, &token)?;
        tokens.push(token);
    }
    Some(tokens.into_iter().collect())
}

/// Nodes of the old and the new tree, paired with their counterparts.
#[derive(Debug, Default)]
pub(super) struct NodePairs {
    pub(super) both: Vec<(Pointer, Pointer)>,
    pub(super) only_old: Vec<Pointer>,
    pub(super) only_new: Vec<Pointer>,
}

/// Pairs the nodes that a path selects in two trees: by the steps to them, and the remaining ones by their order, if
/// there are equally many on both sides.
pub(super) fn pair(old: (&Value, Vec<Pointer>), new: (&Value, Vec<Pointer>)) -> NodePairs {
    let mut pairs = NodePairs::default();
    let mut known: HashMap<Vec<PathStep>, Vec<usize>> = HashMap::new();
    for (index, pointer) in old.1.iter().enumerate().rev() {
        known.entry(steps(old.0, pointer)).or_default().push(index);
    }
    let mut old_nodes: Vec<_> = old.1.into_iter().map(Some).collect();
    for pointer in new.1 {
        let index = known.get_mut(&steps(new.0, &pointer)).and_then(Vec::pop);
        match index.and_then(|index| old_nodes.get_mut(index)?.take()) {
            Some(counterpart) => pairs.both.push((counterpart, pointer)),
            None => pairs.only_new.push(pointer),
        }
    }
    pairs.only_old = old_nodes.into_iter().flatten().collect();
    if pairs.only_old.len() == pairs.only_new.len() {
        pairs.both.extend(pairs.only_old.drain(..).zip(pairs.only_new.drain(..)));
    }
    pairs
}
