//! Merges the schemas of one object: the members of `allOf`, and branches beside properties.

use std::collections::HashSet;

use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, ReferenceOr, Schema};

use crate::base::diagnostic::Findings;
use crate::base::pointer::Pointer;
use crate::lower::document::lookup::{Document, component_pointer};
use crate::lower::document::reference::{SCHEMAS, key_in};
use crate::lower::document::view::View;

/// The maximum number of components in one type, each counted as often as it is used. Their number can double with each
/// reference.
const MAX_MEMBERS: usize = 10_000;

/// The schema of a property, and its location.
pub(in crate::lower) type Property<'a> = (&'a ReferenceOr<Box<Schema>>, Pointer);

/// The properties of a schema, of its `allOf` members and of its branches.
#[derive(Default)]
pub(in crate::lower) struct Merged<'a> {
    /// The schemas of each property: one, or several if branches differ.
    pub(in crate::lower) properties: IndexMap<String, Vec<Property<'a>>>,
    pub(in crate::lower) required: Vec<String>,
    /// Whether additional properties are allowed.
    pub(in crate::lower) additional: bool,
    /// Components that were merged already.
    members: HashSet<String>,
}

/// Returns all properties of an object, including those of its members and branches.
pub(in crate::lower) fn merged<'a>(
    document: &Document<'a>,
    findings: &mut Findings,
    schema: &'a Schema,
    at: &Pointer,
) -> Merged<'a> {
    let mut merged = Merged::default();
    Merger { document, findings, trail: Trail::of(at) }.merge(schema, at, &mut merged);
    merged
}

impl Merged<'_> {
    /// Reports required properties that aren't declared.
    pub(in crate::lower) fn check_required(&self, findings: &mut Findings, at: &Pointer) {
        for name in self.required.iter().filter(|name| !self.properties.contains_key(name.as_str())) {
            let message = format!("`{name}` is required, but no property of that name is declared");
            let help = match findings.nearest(name, self.properties.keys().map(String::as_str)) {
                Some(known) => format!("did you mean `{known}`?"),
                None => "declare the property, or remove it from `required`".to_owned(),
            };
            findings.warning(at, message, help);
        }
    }
}

/// Merges members recursively.
struct Merger<'m, 'a> {
    document: &'m Document<'a>,
    findings: &'m mut Findings,
    trail: Trail,
}

impl<'a> Merger<'_, 'a> {
    /// Adds the properties of a schema, those of `allOf` members first.
    fn merge(&mut self, schema: &'a Schema, at: &Pointer, merged: &mut Merged<'a>) {
        let view = View::new(schema);
        for (index, member) in view.all_of.iter().enumerate() {
            let at = at.child("allOf").index(index);
            match member {
                ReferenceOr::Item(member) => self.merge(member, &at, merged),
                ReferenceOr::Reference { reference } => self.merge_component(reference, &at, merged),
            }
        }
        if view.ty.is_some_and(|ty| ty != "object") {
            let reason = "a member of allOf that is not an object adds nothing to the struct";
            self.findings.skip(at, reason);
        }
        for (name, property) in view.properties.into_iter().flatten() {
            let new = (property, at.child("properties").child(name));
            match merged.properties.get_mut(name) {
                // It only says more about what a member declares.
                Some(known) if is_shapeless(property) && !known.is_empty() => {}
                _ => drop(merged.properties.insert(name.clone(), vec![new])),
            }
        }
        for (keyword, branches) in [("oneOf", view.one_of), ("anyOf", view.any_of)] {
            self.merge_branches(branches, &at.child(keyword), merged);
        }
        merged.required.extend_from_slice(view.required);
        merged.additional |= matches!(
            view.additional,
            Some(AdditionalProperties::Any(true) | AdditionalProperties::Schema(_))
        );
    }

    /// Adds the properties of branches. A property is required only if each branch requires it.
    fn merge_branches(&mut self, branches: &'a [ReferenceOr<Schema>], at: &Pointer, merged: &mut Merged<'a>) {
        // A schema that lists its own subtypes as branches gives only its own properties.
        let own = |branch: &ReferenceOr<Schema>| matches!(branch, ReferenceOr::Reference { reference } if self.trail.holds(reference));
        if branches.iter().any(own) {
            return;
        }
        let mut properties: IndexMap<String, Vec<Property<'a>>> = IndexMap::new();
        let mut required: Option<Vec<String>> = None;
        for (index, branch) in branches.iter().enumerate() {
            let mut added = Merged::default();
            let at = at.index(index);
            match branch {
                ReferenceOr::Item(branch) => self.merge(branch, &at, &mut added),
                ReferenceOr::Reference { reference } => self.merge_component(reference, &at, &mut added),
            }
            let demanded = added.required;
            required = Some(match required {
                None => demanded,
                Some(others) => others.into_iter().filter(|name| demanded.contains(name)).collect(),
            });
            merged.additional |= added.additional;
            for (name, property) in added.properties {
                let known = properties.entry(name).or_default();
                known.extend(property);
                known.dedup_by(|new, old| new.0 == old.0);
            }
        }
        for (name, property) in properties {
            // A property that is declared beside the branches applies to all of them.
            let known = merged.properties.entry(name).or_default();
            if known.iter().all(|(known, _)| is_shapeless(known)) {
                *known = property;
            }
        }
        merged.required.extend(required.unwrap_or_default());
    }

    fn merge_component(&mut self, reference: &str, at: &Pointer, merged: &mut Merged<'a>) {
        let Some((key, component)) = self.document.resolve(self.findings, reference, at) else { return };
        let schema = component.schema;
        if self.trail.keys.contains(&key) {
            let cycle: Vec<_> = self.trail.keys.iter().chain([&key]).map(String::as_str).collect();
            let message = format!("allOf is circular: {}", cycle.join(" → "));
            let help = "remove one of these members: a type can't contain itself by allOf";
            return self.findings.problem(at, message, help);
        }
        if !merged.members.insert(key.clone()) {
            return;
        }
        self.trail.members += 1;
        if self.trail.members > MAX_MEMBERS {
            if self.trail.members == MAX_MEMBERS + 1 {
                let message = format!("the type has more than {MAX_MEMBERS} members");
                self.findings.problem(at, message, "list each member once");
            }
            return;
        }
        let at = component_pointer(&key);
        self.trail.keys.push(key);
        match schema {
            ReferenceOr::Item(schema) => self.merge(schema, &at, merged),
            ReferenceOr::Reference { reference } => self.merge_component(reference, &at, merged),
        }
        self.trail.keys.pop();
    }
}

/// The chain of components up to a member.
struct Trail {
    /// The component that the type is made of.
    owner: Option<String>,
    keys: Vec<String>,
    /// How many components were merged, repeated ones included.
    members: usize,
}

impl Trail {
    fn of(at: &Pointer) -> Self {
        let owner = at.last().filter(|key| component_pointer(key) == *at).map(str::to_owned);
        Self { owner, keys: Vec::new(), members: 0 }
    }

    fn holds(&self, reference: &str) -> bool {
        let key = key_in(SCHEMAS, reference);
        key.is_some_and(|key| self.owner.as_ref() == Some(&key) || self.keys.contains(&key))
    }
}

fn is_shapeless(schema: &ReferenceOr<Box<Schema>>) -> bool {
    let ReferenceOr::Item(schema) = schema else { return false };
    let view = View::new(schema);
    view.ty.is_none() && view.all_of.is_empty() && view.is_shapeless() && view.additional.is_none()
}
