//! What tells list elements apart when they move.

use std::collections::HashMap;

use serde_json::Value;

use crate::base::pointer::{Pointer, child};

/// One step to a node that still leads there when list elements before it come or go.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Step {
    Key(String),
    /// What tells the element apart, and how many such elements stand before it.
    Element(String, usize),
    /// An element that nothing tells apart.
    Index(usize),
}

/// What tells a list element from its neighbours: a reference, a name, an operation's id; a plain value itself.
pub(super) fn identity(element: &Value) -> Option<String> {
    let Value::Object(entries) = element else {
        return (!element.is_array()).then(|| element.to_string());
    };
    let text = |key: &str| entries.get(key).and_then(Value::as_str);
    let told = |key: &str| text(key).map(|value| format!("{key} {value}"));
    let named = || Some(format!("name {} in {}", text("name")?, text("in")?));
    told("$ref")
        .or_else(named)
        .or_else(|| told("operationId"))
        .or_else(|| told("name"))
        .or_else(|| told("url"))
}

/// The steps to a node.
pub(super) fn steps(tree: &Value, pointer: &Pointer) -> Vec<Step> {
    let mut node = Some(tree);
    let step = |token: &String| {
        let Some(Value::Array(items)) = node else {
            node = node.and_then(|node| node.get(token));
            return Step::Key(token.clone());
        };
        let index = token.parse().unwrap_or(usize::MAX);
        node = items.get(index);
        let Some(identity) = node.and_then(identity) else { return Step::Index(index) };
        let alike = |item: &&Value| self::identity(item).as_ref() == Some(&identity);
        let before = items.iter().take(index).filter(alike).count();
        Step::Element(identity, before)
    };
    pointer.tokens().iter().map(step).collect()
}

/// The node that some steps lead to.
pub(super) fn resolve(tree: &Value, steps: &[Step]) -> Option<Pointer> {
    let mut node = tree;
    let mut tokens = Vec::with_capacity(steps.len());
    for step in steps {
        let token = match (step, node) {
            (Step::Key(key), Value::Object(_)) => key.clone(),
            (Step::Index(index), Value::Array(_)) => index.to_string(),
            (Step::Element(wanted, before), Value::Array(items)) => {
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

/// Nodes of the old and the new tree, as far as one is the other's counterpart.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    pub(super) both: Vec<(Pointer, Pointer)>,
    pub(super) only_old: Vec<Pointer>,
    pub(super) only_new: Vec<Pointer>,
}

/// Pairs the nodes that a path selects in two trees by the steps to them; those that are left over by their
/// order, if there are as many in both.
pub(super) fn pair(old: (&Value, Vec<Pointer>), new: (&Value, Vec<Pointer>)) -> Pairs {
    let mut pairs = Pairs::default();
    let mut known: HashMap<Vec<Step>, Vec<usize>> = HashMap::new();
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
