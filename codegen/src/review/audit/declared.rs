//! Operations as the document declares them.

use serde_json::{Map, Value};

use crate::base::pointer::Pointer;
use crate::grammar::parameter::is_same_name;
use crate::grammar::reference::resolve;

/// An operation in the document, with its path item.
pub(super) struct DeclaredOperation<'a> {
    pub(super) item: &'a Map<String, Value>,
    pub(super) item_at: &'a Pointer,
    pub(super) declared: &'a Value,
    pub(super) at: &'a Pointer,
}

impl<'a> DeclaredOperation<'a> {
    /// Returns the parameters of the operation, and those of the path item that it doesn't replace.
    pub(super) fn parameters(&self, tree: &'a Value) -> Vec<(&'a Value, Pointer)> {
        let own: Vec<_> = listed(self.declared.get("parameters"), self.at).collect();
        let shared = listed(self.item.get("parameters"), self.item_at)
            .filter(|(shared, _)| !own.iter().any(|(own, _)| is_same(shared, own, tree)));
        shared.chain(own.iter().cloned()).collect()
    }
}

fn listed<'a>(list: Option<&'a Value>, at: &Pointer) -> impl Iterator<Item = (&'a Value, Pointer)> {
    let at = at.child("parameters");
    let items = list.and_then(Value::as_array).into_iter().flatten().enumerate();
    items.map(move |(index, parameter)| (parameter, at.index(index)))
}

/// Returns whether two parameters have the same name and location.
fn is_same(one: &Value, other: &Value, tree: &Value) -> bool {
    let text = |parameter, key| resolve(tree, parameter, Pointer::root()).0.get(key).and_then(Value::as_str);
    let Some(location) = text(one, "in") else { return false };
    let (Some(one), Some(name)) = (text(one, "name"), text(other, "name")) else { return false };
    text(other, "in") == Some(location) && is_same_name(location, one, name)
}
