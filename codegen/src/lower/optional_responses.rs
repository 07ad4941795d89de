//! The required properties that responses may lack, as the configuration selects them.

use std::collections::BTreeSet;

use serde_json::Value;

use super::selector::{exists, pointer_of};
use crate::base::customizations::Customizations;
use crate::base::diagnostic::Findings;
use crate::base::pointer::Pointer;

/// The selectors of properties that responses may lack.
pub(super) struct OptionalResponses<'a> {
    given: &'a Customizations,
    /// Returns the pointer of a node as the description is written.
    written: &'a dyn Fn(&Pointer) -> Pointer,
    /// The pointers of the selected schemas and properties.
    selected: BTreeSet<String>,
    has_all: bool,
}

impl<'a> OptionalResponses<'a> {
    pub(super) fn new(
        given: &'a Customizations,
        written: &'a dyn Fn(&Pointer) -> Pointer,
        whole: &Value,
    ) -> Self {
        let selectors = given.optional_in_responses.keys();
        let selected = selectors.filter(|key| *key != "*").map(|key| pointer_of(key, whole)).collect();
        let has_all = given.optional_in_responses.contains_key("*");
        Self { given, written, selected, has_all }
    }

    /// Whether responses may lack a property, which is declared at these nodes.
    pub(super) fn include<'p>(&self, mut nodes: impl Iterator<Item = &'p Pointer>) -> bool {
        if self.has_all || self.selected.is_empty() {
            return self.has_all;
        }
        nodes.any(|at| {
            let is_selected = |at: &Pointer| {
                let mut above = std::iter::successors(Some(at.clone()), Pointer::parent);
                above.any(|above| self.selected.contains(&above.to_string()))
            };
            is_selected(at) || is_selected(&(self.written)(at))
        })
    }

    /// Reports selectors of what the document doesn't have.
    pub(super) fn check(&self, whole: &Value, findings: &mut Findings) {
        for (key, at) in self.given.optional_in_responses.iter().filter(|(key, _)| *key != "*") {
            if exists(key, whole) {
                continue;
            }
            let schemas = whole.pointer("/components/schemas").and_then(Value::as_object);
            let known = schemas.into_iter().flat_map(|schemas| schemas.keys().map(String::as_str));
            let help = match findings.nearest(key, known) {
                Some(near) => format!("did you mean {near:?}?"),
                None => "write \"*\", the key of a component schema, a property of it (\"Pet.name\"), or a pointer".to_owned(),
            };
            let at = (at.location.clone(), at.snippet.clone());
            findings.error_at(at, format!("there is no schema {key:?}"), help);
        }
    }
}
