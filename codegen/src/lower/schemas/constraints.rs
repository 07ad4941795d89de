//! What the docs say about valid values.
//!
//! A named type states what its schema demands. What is demanded of other values stands where they are used: also what
//! is demanded of their items and properties, which have no docs of their own.

use openapiv3::{AdditionalProperties, ReferenceOr, Schema, SchemaKind};
use serde_json::{Map, Value, json};

use super::part::{Node, Part};
use super::tuple::TupleShape;
use crate::base::pointer::Pointer;
use crate::ir::constraint::{Constraint, Scope};
use crate::lower::document::view::View;
use crate::normalize::normalized_extensions::CONSTRAINTS;

/// Returns the constraints of the schemas that are not references.
pub(in crate::lower) fn constraints_of(parts: &[Part<'_>]) -> Vec<Constraint> {
    let mut found = Vec::new();
    for part in parts {
        if let Node::Item(schema) = part.node {
            let mut own = Vec::new();
            collect(schema, &part.at, &mut Vec::new(), &mut own);
            let is_left_out = |constraint: &Constraint| {
                part.without.as_ref().is_some_and(|union| constraint.pointer.below(union).is_some())
            };
            found.extend(own.into_iter().filter(|constraint| !is_left_out(constraint)));
        }
    }
    found
}

/// Returns the constraints of a schema, with its type and the values that it lists.
pub(in crate::lower) fn everything_of(schema: &Schema, at: &Pointer) -> Vec<Constraint> {
    let mut found = constraints_of(&[Part::item(schema, at)]);
    let view = View::new(schema);
    let mut keywords = Map::new();
    keywords.extend(view.ty.map(|ty| ("type".to_owned(), json!(ty))));
    if view.has_values() {
        keywords.insert("enum".to_owned(), Value::Array(view.values()));
    }
    if !keywords.is_empty() {
        found.insert(0, Constraint { scope: Vec::new(), keywords, pointer: at.clone() });
    }
    found
}

/// Returns constraints that apply only if one of several branches does.
pub(in crate::lower) fn in_branch(constraints: &[Constraint]) -> impl Iterator<Item = Constraint> {
    constraints.iter().map(|constraint| {
        let scope = [Scope::Branch].into_iter().chain(constraint.scope.iter().copied()).collect();
        Constraint { scope, ..constraint.clone() }
    })
}

fn collect(schema: &Schema, at: &Pointer, scope: &mut Vec<Scope>, found: &mut Vec<Constraint>) {
    let view = View::new(schema);
    let own = view.data.extensions.get(CONSTRAINTS).and_then(Value::as_object).cloned();
    // The schema `false`.
    let none = matches!(schema.schema_kind, SchemaKind::Not { .. });
    let own = own.or_else(|| none.then(|| Map::from_iter([("not".to_owned(), json!({}))])));
    let new = |keywords| Constraint { scope: scope.clone(), keywords, pointer: at.clone() };
    found.extend(own.map(new));
    found.extend(required_by_branches(&view).map(new));
    for (keyword, members) in [("allOf", view.all_of), ("oneOf", view.one_of), ("anyOf", view.any_of)] {
        let is_choice = keyword != "allOf" && members.len() != 1;
        // Branches with a shape are variants, which have docs of their own.
        if is_choice && !members.iter().all(is_limit) {
            continue;
        }
        let depth = scope.len();
        scope.extend(is_choice.then_some(Scope::Branch));
        for (index, member) in members.iter().enumerate() {
            if let ReferenceOr::Item(member) = member {
                collect(member, &at.child(keyword).index(index), scope, found);
            }
        }
        scope.truncate(depth);
    }
    collect_parts(&view, at, scope, found);
}

/// Adds the constraints of items and additional properties.
fn collect_parts(view: &View<'_>, at: &Pointer, scope: &mut Vec<Scope>, found: &mut Vec<Constraint>) {
    if let Some(tuple) = TupleShape::of(view, at) {
        for (index, parts) in tuple.items.iter().enumerate() {
            for part in parts {
                inner(part, Scope::ItemAt(index), scope, found);
            }
        }
        for part in &tuple.rest {
            inner(part, Scope::Item, scope, found);
        }
    } else if let Some(items) = view.items {
        inner(&Part::new(items, at.child("items")), Scope::Item, scope, found);
    }
    if let Some(AdditionalProperties::Schema(values)) = view.additional {
        inner(&Part::new(values, at.child("additionalProperties")), Scope::Property, scope, found);
    }
}

/// The properties that branches require, if they say nothing else.
fn required_by_branches(view: &View<'_>) -> Option<Map<String, Value>> {
    let mut keywords = Map::new();
    for (keyword, branches) in [("oneOf", view.one_of), ("anyOf", view.any_of)] {
        let required: Option<Vec<_>> = branches.iter().map(only_required).collect();
        let required = required.filter(|required| required.len() > 1);
        keywords.extend(required.map(|required| (keyword.to_owned(), json!(required))));
    }
    (!keywords.is_empty()).then_some(keywords)
}

/// The required properties of a branch that says nothing else.
fn only_required(branch: &ReferenceOr<Schema>) -> Option<&[String]> {
    let required = View::new(branch.as_item()?).required;
    (is_limit(branch) && !required.is_empty()).then_some(required)
}

/// Whether a branch only limits what is declared beside it.
fn is_limit(branch: &ReferenceOr<Schema>) -> bool {
    branch.as_item().is_some_and(|schema| View { required: &[], ..View::new(schema) }.is_bare())
}

/// Adds the constraints of a part of the value, unless its type is a named one, which states them.
fn inner(part: &Part<'_>, scope_of: Scope, scope: &mut Vec<Scope>, found: &mut Vec<Constraint>) {
    let Node::Item(schema) = part.node else { return };
    let view = View::new(schema);
    if view.has_properties() || view.has_values() || view.is_union() {
        return;
    }
    scope.push(scope_of);
    collect(schema, &part.at, scope, found);
    scope.pop();
}
