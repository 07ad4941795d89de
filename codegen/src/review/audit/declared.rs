//! Operations as the document declares them.

use serde_json::{Map, Value};

use crate::base::pointer::Pointer;

/// An operation in the document, with its path item.
pub(super) struct DeclaredOperation<'a> {
    pub(super) item: &'a Map<String, Value>,
    pub(super) item_at: &'a Pointer,
    pub(super) declared: &'a Value,
    pub(super) at: &'a Pointer,
}

impl<'a> DeclaredOperation<'a> {
    /// Returns the parameters of the path item and of the operation.
    pub(super) fn parameters(&self) -> impl Iterator<Item = (&'a Value, Pointer)> {
        let lists = [
            (self.item.get("parameters"), self.item_at.child("parameters")),
            (self.declared.get("parameters"), self.at.child("parameters")),
        ];
        lists.into_iter().flat_map(|(list, at)| {
            let items = list.and_then(Value::as_array).into_iter().flatten().enumerate();
            items.map(move |(index, parameter)| (parameter, at.index(index)))
        })
    }
}
