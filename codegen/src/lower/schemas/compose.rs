//! Decides how schemas that apply to one value are read together: as one of them, as a union, or as one object.

use std::collections::HashMap;

use openapiv3::{Discriminator, ReferenceOr, Schema};

use super::merge;
use super::part::{Node, Part};
use super::shape::{Branches, Shape, is_annotation, is_same};
use crate::base::diagnostic::Findings;
use crate::base::mode::Mode;
use crate::base::pointer::Pointer;
use crate::lower::context::rust_name;
use crate::lower::document::lookup::{Document, component_pointer};
use crate::lower::document::reference::{SCHEMAS, key_in};
use crate::lower::document::view::{View, docs, is_type_name};

/// Returns the schemas without those that add nothing to a later one: annotations, and equal schemas.
pub(super) fn reduced<'a>(parts: &[Part<'a>]) -> Vec<Part<'a>> {
    let adds = |(index, part): &(usize, &Part<'a>)| {
        let later = parts.iter().skip(index + 1);
        !is_annotation(part) && !later.clone().any(|later| is_same(part, later))
    };
    let reduced: Vec<_> = parts.iter().enumerate().filter(adds).map(|(_, part)| part.clone()).collect();
    if reduced.is_empty() { parts.last().cloned().into_iter().collect() } else { reduced }
}

/// Returns the reference whose type expresses everything that the schemas of a value say together.
pub(super) fn covering<'a>(
    document: &Document<'a>,
    parts: &[Part<'a>],
    at: &Pointer,
) -> Option<(&'a str, Pointer)> {
    let mut references = Vec::new();
    let mut inline = Vec::new();
    for part in parts {
        collect(part, false, &mut references, &mut inline);
    }
    if references.is_empty() {
        return None;
    }
    // The findings belong to the types of the schemas.
    let mut quiet = Findings::new(Mode::Lenient);
    let all = merge::shape(document, &mut quiet, parts, at);
    let owner = at.last().filter(|key| component_pointer(key) == *at);
    // A component that builds on another one is a type of its own, with its own docs.
    let is_object = |view: &View<'_>| owner.is_some() && view.ty == Some("object");
    let builds_on = |(view, is_member): &(View<'_>, bool)| {
        view.has_properties() || is_object(view) && (*is_member || !view.all_of.is_empty())
    };
    if all.is_model() && inline.iter().any(builds_on) {
        return None;
    }
    references.into_iter().rev().find(|(reference, found)| {
        let part = Part { node: Node::Reference(reference), at: found.clone(), without: None };
        let shape = merge::shape(document, &mut quiet, &[part], at);
        let is_own = owner.is_some_and(|owner| shape.members.contains(owner));
        !is_own && !shape.is_empty() && shape.covers(&all)
    })
}

/// Collects the references among the schemas and their members, and the schemas that are not references, each with
/// whether it is a member of another one.
fn collect<'a>(
    part: &Part<'a>,
    is_member: bool,
    references: &mut Vec<(&'a str, Pointer)>,
    inline: &mut Vec<(View<'a>, bool)>,
) {
    let schema = match part.node {
        Node::Reference(reference) => return references.push((reference, part.at.clone())),
        Node::Item(schema) => schema,
    };
    let view = View::new(schema);
    for (keyword, members) in [("allOf", view.all_of), ("oneOf", view.one_of), ("anyOf", view.any_of)] {
        let at = part.at.child(keyword);
        if keyword == "allOf" || members.len() == 1 && part.without.as_ref() != Some(&at) {
            for (index, member) in members.iter().enumerate() {
                collect(&Part::new(member, at.index(index)), true, references, inline);
            }
        }
    }
    // What is declared beside branches is no type of its own.
    if part.without.is_none() {
        inline.push((view, is_member));
    }
}

/// Takes the union whose branches are read as variants. The properties of all other branches are added to the shape.
///
/// Branches that only constrain what is declared beside them are no variants. Neither are those of `anyOf` beside
/// properties, because several of them may apply to one value: a struct has the properties of all, unless they declare
/// a property differently. Of several unions, all branches are added, too: one of each applies to a value.
pub(super) fn union_of_shape<'a>(
    document: &Document<'a>,
    findings: &mut Findings,
    shape: &mut Shape<'a>,
    at: &Pointer,
) -> Option<Branches<'a>> {
    leave_out_impossible(document, findings, shape, at);
    if shape.unions.is_empty() {
        return None;
    }
    let mut quiet = Findings::new(Mode::Lenient);
    let describes = |union: &&Branches<'a>| describes(document, &mut quiet, shape, union, at);
    let describing: Vec<_> = shape.unions.iter().filter(describes).cloned().collect();
    let union = match describing.as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    };
    if union.is_none() {
        for other in describing.iter().skip(1) {
            let reason = if shape.is_model() || all_objects(document, &mut quiet, &describing, at) {
                "several unions apply to the value: its struct has the properties of all branches, none of them required"
            } else {
                "several unions apply to the value: only the first one has a type"
            };
            findings.skip(&other.at, reason);
        }
        merge::add_branches(document, findings, shape, at);
        // Unions of types that are not objects.
        return describing.into_iter().next().filter(|_| !shape.is_model());
    }
    shape.unions.clear();
    union
}

/// Leaves out the branches whose types what is declared beside their union excludes. Only one that is left applies always.
fn leave_out_impossible<'a>(
    document: &Document<'a>,
    findings: &mut Findings,
    shape: &mut Shape<'a>,
    at: &Pointer,
) {
    // A type beside branches that say more is most likely meant for some of them. Listed values are the most specific.
    if shape.ty.is_none_or(|ty| ty == "object" && !shape.is_model())
        || shape.is_impossible
        || !shape.values.is_empty()
    {
        return;
    }
    let mut quiet = Findings::new(Mode::Lenient);
    for mut union in std::mem::take(&mut shape.unions) {
        let types = union.parts().map(|part| merge::shape(document, &mut quiet, &[part], at).ty);
        let excluded = types.enumerate().filter(|(_, ty)| ty.is_some_and(|ty| !shape.may_have_type(ty)));
        union.impossible = excluded.map(|(index, _)| index).collect();
        if union.impossible.len() == union.schemas.len() {
            let message =
                "no value is valid: what is declared beside these branches excludes the types of all";
            findings.warning_once(&union.at, message, "fix the type, or the branches");
            union.impossible.clear();
        }
        for index in &union.impossible {
            let reason = "what is declared beside the branches excludes the type of this one";
            findings.skip(&union.at.index(*index), reason);
        }
        let possible: Vec<_> = union.possible().map(|(_, part)| part).collect();
        match possible.as_slice() {
            [only] => {
                merge::add_branch(document, findings, (&mut *shape, only, &union.trail), at);
            }
            _ => shape.unions.push(union),
        }
    }
}

/// Whether all branches of unions are objects with declared properties.
fn all_objects<'a>(
    document: &Document<'a>,
    findings: &mut Findings,
    unions: &[Branches<'a>],
    at: &Pointer,
) -> bool {
    unions
        .iter()
        .flat_map(Branches::parts)
        .all(|part| merge::shape(document, findings, &[part], at).is_model())
}

/// Whether the branches of a union say more than what is declared beside them.
fn describes<'a>(
    document: &Document<'a>,
    findings: &mut Findings,
    shape: &Shape<'a>,
    union: &Branches<'a>,
    at: &Pointer,
) -> bool {
    let branches = union.possible().map(|(_, part)| merge::shape(document, findings, &[part], at));
    let branches: Vec<_> = branches.collect();
    // Listed values are the most specific.
    if !shape.values.is_empty() {
        return false;
    }
    let is_new = |branch: &Shape<'a>| {
        branch.ty.is_some_and(|ty| shape.ty != Some(ty))
            || branch.format.is_some_and(|format| shape.format != Some(format))
            || branch.properties.keys().any(|name| !shape.properties.contains_key(name))
            || !branch.values.is_empty()
            || !branch.items.is_empty()
            || !branch.tuples.is_empty()
            || !branch.rest.is_empty()
            || !branch.unions.is_empty()
    };
    let may_overlap = union.at.last() == Some("anyOf") && union.discriminator.is_none();
    // Properties alone allow values that are no objects.
    let is_object = |branch: &Shape<'_>| shape.ty.is_some() || branch.ty.is_none_or(|ty| ty == "object");
    let is_one_struct = shape.is_model() && branches.iter().all(is_object) && !differ(&branches);
    branches.iter().any(is_new) && !(may_overlap && is_one_struct)
}

/// Whether two branches declare a property differently.
fn differ(branches: &[Shape<'_>]) -> bool {
    // A declaration that differs from another one differs from the first as well.
    let mut firsts = HashMap::new();
    let declarations = branches.iter().flat_map(|branch| &branch.properties).flat_map(|(name, parts)| {
        parts.iter().flatten().enumerate().map(move |(index, part)| ((name, index), part))
    });
    declarations.into_iter().any(|(key, part)| !is_same(firsts.entry(key).or_insert(part), part))
}

/// The discriminator beside the members.
pub(super) fn discriminator_of<'a>(parts: &[Part<'a>]) -> Option<&'a Discriminator> {
    let mut schemas = items(parts);
    schemas.find_map(|schema| schema.schema_data.discriminator.as_ref())
}

/// The documentation of the schemas: that of the last one that has any.
pub(super) fn docs_of(parts: &[Part<'_>]) -> String {
    let mut docs = items(parts).map(|schema| docs(&View::new(schema)));
    docs.rfind(|docs| !docs.is_empty()).unwrap_or_default()
}

/// The name that the schemas give their type.
pub(super) fn given_type_name<'a>(parts: &[Part<'a>]) -> Option<&'a str> {
    let mut names = items(parts).filter_map(|schema| rust_name(&schema.schema_data.extensions));
    names.rfind(|name| is_type_name(name))
}

/// The name of the type of a branch that is a component.
pub(super) fn component_name(document: &Document<'_>, branch: &ReferenceOr<Schema>) -> Option<String> {
    let ReferenceOr::Reference { reference } = branch else { return None };
    let key = key_in(SCHEMAS, reference)?;
    document.schema(&key).map(|component| component.name.plain().to_owned())
}

fn items<'p, 'a: 'p>(parts: &'p [Part<'a>]) -> impl DoubleEndedIterator<Item = &'a Schema> + use<'p, 'a> {
    parts.iter().filter_map(|part| match part.node {
        Node::Item(schema) => Some(schema),
        Node::Reference(_) => None,
    })
}

/// Whether `additionalProperties` has properties but no type. Values of all types are allowed then, and the properties are
/// most likely meant for the object itself.
pub(super) fn is_misplaced(findings: &mut Findings, values: &Part<'_>) -> bool {
    let Node::Item(schema) = values.node else { return false };
    let view = View::new(schema);
    let misplaced = view.ty.is_none() && view.has_properties() && view.all_of.is_empty() && !view.is_union();
    if misplaced {
        let message = "`additionalProperties` has `properties` but no `type`, so any value is allowed";
        let help = "add `type: object`, or make `properties` those of the schema itself";
        findings.warning(&values.at, message, help);
    }
    misplaced
}
