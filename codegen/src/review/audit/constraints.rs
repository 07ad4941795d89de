//! Checks that the docs state what schemas demand of values.

use std::collections::HashSet;

use serde_json::Value;

use super::declared::DeclaredOperation;
use super::evidence::Evidence;
use crate::base::pointer::Pointer;
use crate::grammar::constraint::is_constraint;
use crate::grammar::object_kind::ObjectKind;
use crate::grammar::reference::resolve;
use crate::grammar::value_kind::ValueKind;

/// The schemas that operations use, each checked once.
#[derive(Default)]
pub(super) struct Schemas {
    seen: HashSet<Pointer>,
    documented: Option<HashSet<Pointer>>,
}

impl Schemas {
    pub(super) fn check(&mut self, evidence: &mut Evidence<'_>, operation: &DeclaredOperation<'_>) {
        if evidence.functions(operation.at).is_none() {
            return;
        }
        for (parameter, at) in operation.parameters(&evidence.output.patched) {
            self.value(evidence, ValueKind::Object(ObjectKind::Parameter), parameter, &at);
        }
        for (key, kind) in [("requestBody", ObjectKind::RequestBody), ("responses", ObjectKind::Responses)] {
            if let Some(value) = operation.declared.get(key) {
                self.value(evidence, ValueKind::Object(kind), value, &operation.at.child(key));
            }
        }
    }

    fn value(&mut self, evidence: &mut Evidence<'_>, kind: ValueKind, value: &Value, at: &Pointer) {
        kind.each_object(value, &mut |kind, step, value| {
            self.object(evidence, kind, value, &step.to_pointer(at))
        });
    }

    fn object(&mut self, evidence: &mut Evidence<'_>, kind: ObjectKind, value: &Value, at: &Pointer) {
        if evidence.is_reported(at) {
            return;
        }
        let (value, at) = resolve(&evidence.output.patched, value, at.clone());
        let Value::Object(entries) = value else { return };
        if evidence.is_reported(&at) || !self.seen.insert(at.clone()) {
            return;
        }
        if kind == ObjectKind::Schema && entries.iter().any(|(key, value)| is_constraint(key, value)) {
            let is_documented = self.is_documented(evidence, &at);
            evidence.require(is_documented, &at, &at, "constraint");
        }
        for (key, child) in entries {
            if let Some(value_kind) = kind.value_kind(key) {
                self.value(evidence, value_kind, child, &at.child(key.as_str()));
            }
        }
    }

    fn is_documented(&mut self, evidence: &Evidence<'_>, at: &Pointer) -> bool {
        let Evidence { output, .. } = evidence;
        let found = |pointer| normalized(&in_document(pointer, &output.patched));
        let documented =
            self.documented.get_or_insert_with(|| output.api.documented.iter().map(found).collect());
        let at = normalized(at);
        if documented.contains(&at) {
            return true;
        }
        // Members that only add constraints are part of the schema around them.
        let mut ancestors = std::iter::successors(Some(at), Pointer::parent);
        ancestors.any(|ancestor| {
            let Some(list) = ancestor.parent() else { return false };
            list.last() == Some("allOf") && list.parent().is_some_and(|owner| documented.contains(&owner))
        })
    }
}

/// The pointer of a schema in the document. Branches that are made of an array of types are not in it.
fn in_document(at: &Pointer, tree: &Value) -> Pointer {
    if at.find(tree).is_some() {
        return at.clone();
    }
    let tokens = at.tokens();
    let made = (0..tokens.len()).rev().find(|index| {
        let parent = Pointer::root().join(&tokens[..*index]);
        tokens[*index] == "anyOf" && parent.find(tree).is_some_and(|parent| parent.get("anyOf").is_none())
    });
    let Some(index) = made else { return at.clone() };
    let rest = tokens.get(index + 2..).unwrap_or_default();
    in_document(&Pointer::root().join(&tokens[..index]).join(rest), tree)
}

/// A pointer as it is after normalizing: patterns are additional properties.
fn normalized(at: &Pointer) -> Pointer {
    let mut tokens: Vec<String> = Vec::new();
    for token in at.tokens() {
        if tokens.last().is_some_and(|parent| parent == "patternProperties") {
            tokens.pop();
            tokens.push("additionalProperties".to_owned());
        } else if token == "unevaluatedProperties" {
            tokens.push("additionalProperties".to_owned());
        } else {
            tokens.push(token.clone());
        }
    }
    Pointer::root().join(&tokens)
}
