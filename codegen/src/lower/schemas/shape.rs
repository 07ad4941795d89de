//! What several schemas that apply to one value say about it together.

use std::collections::HashSet;

use indexmap::IndexMap;
use openapiv3::{Discriminator, ReferenceOr, Schema, SchemaData, SchemaKind};
use serde_json::Value;

use super::enums;
use super::part::{Node, Part, Property};
use super::tuple::{self, TupleShape};
use crate::base::diagnostic::Findings;
use crate::base::digits::ValueSet;
use crate::base::pointer::Pointer;
use crate::grammar::json_type::is_only_null;
use crate::ir::ty::Type;
use crate::lower::document::view::View;

/// What the schemas of a value say together.
#[derive(Default)]
pub(in crate::lower) struct Shape<'a> {
    pub(in crate::lower) ty: Option<&'a str>,
    /// Whether two schemas have types that exclude each other.
    pub(in crate::lower) is_impossible: bool,
    pub(in crate::lower) format: Option<&'a str>,
    /// A format that no type of the runtime represents.
    pub(in crate::lower) plain_format: Option<&'a str>,
    /// The values of `enum`. Empty if there is no `enum`.
    pub(in crate::lower) values: Vec<Value>,
    /// The schema that lists exactly those values.
    pub(in crate::lower) values_of: Option<&'a SchemaData>,
    pub(in crate::lower) is_exact: bool,
    /// The schemas of each property: those beside each other, or those of branches, one of which applies.
    pub(in crate::lower) properties: IndexMap<String, Vec<Property<'a>>>,
    /// The properties that no value has, because a schema allows none for them.
    pub(in crate::lower) absent: HashSet<String>,
    pub(in crate::lower) required: Vec<String>,
    /// Whether a branch allows additional properties.
    pub(in crate::lower) additional: bool,
    /// The schemas of additional properties.
    pub(in crate::lower) rest: Property<'a>,
    /// The schemas of an array's items.
    pub(in crate::lower) items: Property<'a>,
    /// What schemas say about the first items of an array.
    pub(in crate::lower) tuples: Vec<TupleShape<'a>>,
    /// Unions of several branches.
    pub(in crate::lower) unions: Vec<Branches<'a>>,
    /// Components that were merged already.
    pub(in crate::lower) members: HashSet<String>,
}

/// The branches of `oneOf` or `anyOf`.
#[derive(Clone)]
pub(in crate::lower) struct Branches<'a> {
    pub(in crate::lower) schemas: &'a [ReferenceOr<Schema>],
    pub(in crate::lower) discriminator: Option<&'a Discriminator>,
    pub(in crate::lower) at: Pointer,
    /// The components that lead to the union.
    pub(in crate::lower) trail: Vec<String>,
    /// The indexes of branches that no value beside what is declared beside the union can have.
    pub(in crate::lower) impossible: Vec<usize>,
}

impl<'a> Branches<'a> {
    pub(in crate::lower) fn parts(&self) -> impl Iterator<Item = Part<'a>> {
        let parts = self.schemas.iter().enumerate();
        parts.map(|(index, branch)| Part::new(branch, self.at.index(index)))
    }

    /// The branches that values can have, and their indexes.
    pub(in crate::lower) fn possible(&self) -> impl Iterator<Item = (usize, Part<'a>)> {
        self.parts().enumerate().filter(|(index, _)| !self.impossible.contains(index))
    }
}

impl<'a> Shape<'a> {
    /// Adds what a schema says itself, without its members and branches.
    pub(super) fn add(&mut self, view: &View<'a>, at: &Pointer, findings: &mut Findings) {
        if let Some(ty) = view.ty {
            self.add_type(ty, view);
        } else if view.format.is_some() {
            self.format = view.format;
        }
        self.plain_format = view.plain_format.or(self.plain_format);
        self.is_exact |= view.data.extensions.contains_key("x-exact-number");
        self.add_values(view);
        for (name, property) in view.properties.into_iter().flatten() {
            let part = Part::new(property, at.child("properties").child(name));
            if allows_nothing(&part) {
                findings.skip(&part.at, "no value is valid, so the property is never present");
                self.properties.shift_remove(name);
                self.absent.insert(name.clone());
            }
            if self.absent.contains(name) {
                continue;
            }
            match self.properties.entry(name.clone()).or_default().as_mut_slice() {
                [known, ..] => known.push(part),
                [] => drop(self.properties.insert(name.clone(), vec![vec![part]])),
            }
        }
        self.required.extend_from_slice(view.required);
        if let Some(openapiv3::AdditionalProperties::Schema(schema)) = view.additional {
            self.rest.push(Part::new(schema, at.child("additionalProperties")));
        }
        match TupleShape::of(view, at) {
            Some(tuple) => self.tuples.push(tuple),
            None => self.items.extend(view.items.map(|items| Part::new(items, at.child("items")))),
        }
    }

    /// Adds a type. The checks report one that excludes another one.
    fn add_type(&mut self, ty: &'a str, view: &View<'a>) {
        let (format, known) = (view.format, self.ty);
        match (known, ty) {
            (None, _) | (Some("number"), "integer") => {
                self.format = format.or(self.format.filter(|_| known.is_none()));
            }
            (Some("integer"), "number") => return,
            (Some(known), _) if known == ty => self.format = format.or(self.format),
            (Some(known), _) => {
                self.is_impossible = true;
                // The properties are of more use than the type.
                if known == "object" && !self.properties.is_empty() {
                    return;
                }
                self.format = format;
                self.values.clear();
            }
        }
        self.ty = Some(ty);
    }

    /// Adds the values of an `enum`: of several, only the common ones are valid. The checks report that there are none.
    fn add_values(&mut self, view: &View<'a>) {
        // Null is the only value of an `enum`, and another one allows it beside its own values.
        let stays_null = is_only_null(&self.values) && view.data.nullable;
        if !view.has_values() || stays_null {
            return;
        }
        let new = view.values();
        let known = ValueSet::of(&new);
        let common: Vec<_> = self.values.iter().filter(|value| known.contains(value)).cloned().collect();
        if common.is_empty() || common.len() == new.len() {
            self.values = new;
            self.values_of = Some(view.data);
        } else if common.len() < self.values.len() {
            self.values = common;
            self.values_of = None;
        }
    }

    /// Whether the value is an object with declared properties. Schemas with `properties` and no type are meant for
    /// objects, as they are written so often, though other values are valid.
    pub(in crate::lower) fn is_model(&self) -> bool {
        (!self.properties.is_empty() || !self.absent.is_empty()) && self.ty.is_none_or(|ty| ty == "object")
    }

    /// Whether values may have a type as well.
    pub(in crate::lower) fn may_have_type(&self, ty: &str) -> bool {
        self.ty
            .is_none_or(|own| own == ty || matches!((own, ty), ("number", "integer") | ("integer", "number")))
    }

    /// The type of the values that are listed, if they become an enum.
    pub(in crate::lower) fn enum_type(&self) -> Option<Type> {
        let is_scalar = self.ty.is_none_or(|ty| !matches!(ty, "array" | "object"));
        let becomes_enum = (is_scalar || self.values.len() == 1) && !self.is_model();
        enums::of_values(&self.values, self.ty).filter(|_| becomes_enum && !self.is_plain_bool())
    }

    /// Whether the listed values are both booleans, which need no enum.
    pub(in crate::lower) fn is_plain_bool(&self) -> bool {
        enums::is_plain_bool(&self.values, self.values_of.map(|data| &data.extensions))
    }

    /// Whether nothing is said about the value.
    pub(in crate::lower) fn is_empty(&self) -> bool {
        self.ty.is_none_or(|ty| ty == "object")
            && self.properties.is_empty()
            && self.absent.is_empty()
            && self.required.is_empty()
            && self.items.is_empty()
            && self.values.is_empty()
            && self.rest.is_empty()
            && self.tuples.is_empty()
            && self.unions.is_empty()
    }

    /// What is said about an array whose first items have schemas of their own.
    pub(in crate::lower) fn tuple(&self) -> Option<TupleShape<'a>> {
        tuple::joined(&self.tuples, &self.items)
    }

    /// Whether a type for this shape needs nothing more to express another one that applies as well.
    pub(in crate::lower) fn covers(&self, other: &Self) -> bool {
        let has_type = other
            .ty
            .is_none_or(|ty| self.ty.is_some_and(|own| own == ty || ty == "number" && own == "integer"));
        let others = ValueSet::of(&other.values);
        let has_values = other.values.is_empty()
            || !self.values.is_empty() && self.values.iter().all(|value| others.contains(value));
        let has_properties = other.properties.iter().all(|(name, alternatives)| {
            let own = self.properties.get(name);
            own.is_some_and(|own| {
                own.len() == alternatives.len()
                    && own.iter().zip(alternatives).all(|(own, other)| includes(own, other))
            })
        });
        let has_tuples = other.tuples.iter().all(|other| self.tuples.iter().any(|own| own.at == other.at));
        let has_unions = other.unions.iter().all(|other| self.unions.iter().any(|own| own.at == other.at));
        has_type
            && has_values
            && has_properties
            && has_tuples
            && has_unions
            && other.absent.is_subset(&self.absent)
            && (other.format.is_none() || self.format == other.format)
            && requires_all(&self.required, &other.required)
            && includes(&self.rest, &other.rest)
            && includes(&self.items, &other.items)
            && (self.additional || !other.additional)
    }
}

/// Whether the first list contains all names of the second.
fn requires_all(own: &[String], others: &[String]) -> bool {
    let own: HashSet<&String> = if others.is_empty() { HashSet::new() } else { own.iter().collect() };
    others.iter().all(|name| own.contains(name))
}

/// Whether the first list contains all schemas of the second, or equal ones. Schemas that say nothing don't count.
fn includes(own: &[Part<'_>], others: &[Part<'_>]) -> bool {
    others.iter().all(|other| is_annotation(other) || own.iter().any(|own| is_same(own, other)))
}

/// Whether two schemas are the same or equal, apart from annotations.
pub(super) fn is_same(one: &Part<'_>, other: &Part<'_>) -> bool {
    match (one.node, other.node) {
        (Node::Reference(one), Node::Reference(other)) => one == other,
        (Node::Item(one_schema), Node::Item(other_schema)) => {
            one.at == other.at || one_schema.schema_kind == other_schema.schema_kind
        }
        _ => false,
    }
}

/// Whether a schema is `not: {}`, as `false` is spelled in OpenAPI 3.0.
fn allows_nothing(part: &Part<'_>) -> bool {
    matches!(part.node, Node::Item(schema) if matches!(schema.schema_kind, SchemaKind::Not { .. }))
}

/// Whether a schema has only annotations.
pub(in crate::lower) fn is_annotation(part: &Part<'_>) -> bool {
    let Node::Item(schema) = part.node else { return false };
    let view = View::new(schema);
    view.ty.is_none() && view.format.is_none() && view.is_bare()
}
