//! Merges the schemas that apply to one value: members of `allOf`, schemas beside them, and branches beside properties.

use std::collections::HashSet;

use indexmap::IndexMap;
use openapiv3::{ReferenceOr, Schema};

use super::part::{Node, Part, Property};
use super::shape::{Branches, Shape, is_annotation};
use crate::base::diagnostic::Findings;
use crate::base::pointer::Pointer;
use crate::lower::document::families::MAX_DEPTH;
use crate::lower::document::lookup::{Document, component_pointer};
use crate::lower::document::reference::{SCHEMAS, key_in};
use crate::lower::document::view::View;

/// Returns what several schemas that apply to one value say together. `at` is the location of the type.
pub(in crate::lower) fn shape<'a>(
    document: &Document<'a>,
    findings: &mut Findings,
    parts: &[Part<'a>],
    at: &Pointer,
) -> Shape<'a> {
    let mut shape = Shape::default();
    let mut merger = Merger { document, findings, trail: Trail::of(at) };
    for part in parts {
        merger.add(part, &mut shape);
    }
    shape
}

/// Returns all properties of an object, including those of its members and branches.
pub(in crate::lower) fn merged<'a>(
    document: &Document<'a>,
    findings: &mut Findings,
    schema: &'a Schema,
    at: &Pointer,
) -> Shape<'a> {
    let mut shape = shape(document, findings, &[Part::item(schema, at)], at);
    add_branches(document, findings, &mut shape, at);
    shape
}

/// Adds the properties of all branches, for a value that several unions apply to, or whose branches only constrain it.
pub(in crate::lower) fn add_branches<'a>(
    document: &Document<'a>,
    findings: &mut Findings,
    shape: &mut Shape<'a>,
    at: &Pointer,
) {
    let mut merger = Merger { document, findings, trail: Trail::of(at) };
    merger.add_branches(shape);
}

/// Adds what the only possible branch of a union says.
pub(in crate::lower) fn add_branch<'a>(
    document: &Document<'a>,
    findings: &mut Findings,
    (shape, branch, trail): (&mut Shape<'a>, &Part<'a>, &[String]),
    at: &Pointer,
) {
    let mut merger = Merger { document, findings, trail: Trail::of(at) };
    merger.trail.keys = trail.to_vec();
    merger.add(branch, shape);
}

/// Reports required properties that aren't declared.
pub(in crate::lower) fn check_required(shape: &Shape<'_>, findings: &mut Findings, at: &Pointer) {
    let is_known = |name: &str| shape.properties.contains_key(name) || shape.absent.contains(name);
    for name in shape.required.iter().filter(|name| !is_known(name)) {
        let message = format!("`{name}` is required, but no property of that name is declared");
        let help = match findings.nearest(name, shape.properties.keys().map(String::as_str)) {
            Some(known) => format!("did you mean `{known}`?"),
            None => "declare the property, or remove it from `required`".to_owned(),
        };
        findings.warning(at, message, help);
    }
}

/// Merges members recursively.
struct Merger<'m, 'a> {
    document: &'m Document<'a>,
    findings: &'m mut Findings,
    trail: Trail,
}

impl<'a> Merger<'_, 'a> {
    fn add(&mut self, part: &Part<'a>, shape: &mut Shape<'a>) {
        match part.node {
            Node::Item(schema) => self.add_schema(schema, &part.at, part.without.as_ref(), shape),
            Node::Reference(reference) => {
                self.add_component(reference, &part.at, part.without.as_ref(), shape);
            }
        }
    }

    /// Adds what a schema says, its members first. A union with one branch is a member.
    fn add_schema(
        &mut self,
        schema: &'a Schema,
        at: &Pointer,
        without: Option<&Pointer>,
        shape: &mut Shape<'a>,
    ) {
        let view = View::new(schema);
        // What a schema says itself is as long as the document.
        if !self.trail.keys.is_empty() && !self.document.can_copy(schema, at) {
            return;
        }
        self.add_members(view.all_of, &at.child("allOf"), without, shape);
        shape.add(&view, at, self.findings);
        for (keyword, branches) in [("oneOf", view.one_of), ("anyOf", view.any_of)] {
            let at = at.child(keyword);
            // A schema that lists its own subtypes as branches gives only its own properties.
            let own = |branch: &ReferenceOr<Schema>| matches!(branch, ReferenceOr::Reference { reference } if self.trail.holds(reference));
            if without == Some(&at) || branches.iter().any(own) {
                continue;
            }
            if branches.len() == 1 {
                self.add_members(branches, &at, without, shape);
            } else if !branches.is_empty() {
                let discriminator = view.data.discriminator.as_ref();
                let trail = self.trail.keys.clone();
                let impossible = Vec::new();
                shape.unions.push(Branches { schemas: branches, discriminator, at, trail, impossible });
            }
        }
    }

    fn add_members(
        &mut self,
        members: &'a [ReferenceOr<Schema>],
        at: &Pointer,
        without: Option<&Pointer>,
        shape: &mut Shape<'a>,
    ) {
        for (index, member) in members.iter().enumerate() {
            let part = Part { without: without.cloned(), ..Part::new(member, at.index(index)) };
            self.add(&part, shape);
        }
    }

    fn add_component(
        &mut self,
        reference: &str,
        at: &Pointer,
        without: Option<&Pointer>,
        shape: &mut Shape<'a>,
    ) {
        let Some((key, component)) = self.document.resolve(self.findings, reference, at) else { return };
        let schema = component.schema;
        if self.trail.keys.contains(&key) {
            let cycle: Vec<_> = self.trail.keys.iter().chain([&key]).map(String::as_str).collect();
            let message = format!("allOf is circular: {}", cycle.join(" → "));
            let help = "remove one of these members: a type can't contain itself by allOf";
            return self.findings.problem(at, message, help);
        }
        if self.trail.keys.len() >= MAX_DEPTH {
            let message =
                format!("more than {MAX_DEPTH} schemas build on each other by `allOf`; `{key}` is left out");
            return self.findings.problem_once(at, message, "declare the properties in fewer schemas");
        }
        if !shape.members.insert(key.clone()) {
            return;
        }
        let part = Part { without: without.cloned(), ..Part::new(schema, component_pointer(&key)) };
        self.trail.keys.push(key);
        self.add(&part, shape);
        self.trail.keys.pop();
    }

    /// Adds the properties of the branches of all unions.
    fn add_branches(&mut self, shape: &mut Shape<'a>) {
        for union in std::mem::take(&mut shape.unions) {
            let known = std::mem::replace(&mut self.trail.keys, union.trail.clone());
            self.add_union(&union, shape);
            self.trail.keys = known;
        }
    }

    /// Adds the properties of branches. A property is required only if each branch requires it.
    fn add_union(&mut self, union: &Branches<'a>, shape: &mut Shape<'a>) {
        let mut properties: IndexMap<String, Vec<Property<'a>>> = IndexMap::new();
        let mut required: Option<Vec<String>> = None;
        for (_, branch) in union.possible() {
            let mut added = Shape::default();
            self.add(&branch, &mut added);
            self.add_branches(&mut added);
            let demanded = added.required;
            required = Some(match required {
                None => demanded,
                Some(others) => {
                    let demanded: HashSet<String> = demanded.into_iter().collect();
                    others.into_iter().filter(|name| demanded.contains(name)).collect()
                }
            });
            shape.additional |= added.additional || !added.rest.is_empty();
            for (name, property) in added.properties {
                let known = properties.entry(name).or_default();
                known.extend(property);
                known.dedup_by(|new, old| is_equal(new, old));
            }
        }
        for (name, alternatives) in properties {
            if shape.absent.contains(&name) {
                continue;
            }
            // A property that is declared beside the branches applies to all of them.
            let known = shape.properties.entry(name).or_default();
            if known.iter().flatten().all(is_annotation) {
                *known = alternatives;
            }
        }
        shape.required.extend(required.unwrap_or_default());
    }
}

/// Whether two branches declare a property by equal schemas. Equal references give equal types in any case.
fn is_equal(one: &Property<'_>, other: &Property<'_>) -> bool {
    let ([one], [other]) = (one.as_slice(), other.as_slice()) else { return false };
    matches!((one.node, other.node), (Node::Item(one), Node::Item(other)) if one == other)
}

/// The chain of components up to a member.
struct Trail {
    /// The component that the type is made of.
    owner: Option<String>,
    keys: Vec<String>,
}

impl Trail {
    fn of(at: &Pointer) -> Self {
        let owner = at.last().filter(|key| component_pointer(key) == *at).map(str::to_owned);
        Self { owner, keys: Vec::new() }
    }

    fn holds(&self, reference: &str) -> bool {
        let key = key_in(SCHEMAS, reference);
        key.is_some_and(|key| self.owner.as_ref() == Some(&key) || self.keys.contains(&key))
    }
}
