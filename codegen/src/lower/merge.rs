//! Objects made of several schemas: what `allOf` demands together, what branches beside properties add.

use std::collections::HashSet;

use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, ReferenceOr, Schema};

use super::reference::{SCHEMAS, key_in};
use super::schema::{Use, is_text_enum, variants};
use super::view::View;
use super::{Context, Lowerer, component_pointer};
use crate::ir::{Field, Type, TypeShape};
use crate::name::{RustName, Scope, WireName};
use crate::pointer::Pointer;

/// Components that one type may be made of, each counted as often as it is met: their number can double with
/// each step from one to the next.
const MAX_MEMBERS: usize = 10_000;

/// A property's schema, and where it stands.
pub(super) type Property<'a> = (&'a ReferenceOr<Box<Schema>>, Pointer);

/// The properties of a schema, its `allOf` members and its branches.
#[derive(Default)]
pub(super) struct Merged<'a> {
    /// What each may be: one schema, or several where branches differ.
    pub(super) properties: IndexMap<String, Vec<Property<'a>>>,
    pub(super) required: Vec<String>,
    /// Whether others may be added.
    additional: bool,
    /// Components whose properties are among them already.
    members: HashSet<String>,
}

impl<'a> Lowerer<'a, '_> {
    /// The fields of an object, and whether the document says that others may be added.
    pub(super) fn fields(
        &mut self,
        schema: &'a Schema,
        at: &Pointer,
        context: &Context,
    ) -> (Vec<Field>, bool) {
        let merged = self.merged(schema, at);
        let mut names = Scope::with_reserved(&["extra"]);
        let mut fields = Vec::with_capacity(merged.properties.len());
        for (wire, property) in &merged.properties {
            let used = self.property(property, &context.inner(wire));
            let wanted = RustName::snake(used.name.as_deref().unwrap_or(wire));
            fields.push(Field {
                wire: WireName::new(wire),
                name: names.claim(&wanted),
                required: merged.required.contains(wire),
                read_only: used.read_only,
                write_only: used.write_only,
                nullable: used.nullable && used.ty != Type::Any,
                lenient: used.lenient,
                docs: used.docs,
                deprecated: used.deprecated,
                default: used.default,
                ty: used.ty,
            });
        }
        for name in merged.required.iter().filter(|name| !merged.properties.contains_key(name.as_str())) {
            let message = format!("`{name}` is required, but no property of that name is declared");
            let help = match self.findings.nearest(name, merged.properties.keys().map(String::as_str)) {
                Some(known) => format!("did you mean `{known}`?"),
                None => "declare the property, or take it from `required`".to_owned(),
            };
            self.findings.warning(at, message, help);
        }
        (fields, merged.additional)
    }

    /// All properties of an object, those of its members and branches included.
    pub(super) fn merged(&mut self, schema: &'a Schema, at: &Pointer) -> Merged<'a> {
        let mut merged = Merged::default();
        self.merge(schema, at, &mut Trail::of(at), &mut merged);
        merged
    }

    /// What a property is; where branches differ, it is a text if they are all texts, or anything.
    pub(super) fn property(&mut self, alternatives: &[Property<'a>], context: &Context) -> Use {
        if let Some(used) = self.joined_enum(alternatives, context) {
            return used;
        }
        let mut uses = alternatives.iter().map(|(schema, at)| self.schema(*schema, at, context));
        let Some(first) = uses.next() else { return Use::of(Type::Any) };
        let others: Vec<_> = uses.collect();
        let nullable = first.nullable || others.iter().any(|other| other.nullable);
        let ty = if others.iter().all(|other| other.ty == first.ty) {
            first.ty.clone()
        } else if others.iter().chain([&first]).all(|used| self.is_text(&used.ty)) {
            Type::String
        } else {
            Type::Any
        };
        Use { ty, nullable, ..first }
    }

    /// Of several enums of texts, one that knows the values of all.
    fn joined_enum(&mut self, alternatives: &[Property<'a>], context: &Context) -> Option<Use> {
        let [(_, at), _, ..] = alternatives else { return None };
        let mut values = Vec::new();
        let mut nullable = false;
        for (schema, _) in alternatives {
            let view = View::new(schema.as_item()?);
            nullable |= view.data.nullable;
            if !is_text_enum(&view) {
                return None;
            }
            values.extend(view.values);
        }
        let name = self.type_names.claim(&RustName::upper_camel(&context.hint));
        let shape = TypeShape::OpenEnum(variants(&values));
        self.push_type(name.clone(), context, at, String::new(), shape, false);
        Some(Use { nullable, ..Use::of(Type::Named(name)) })
    }

    fn is_text(&self, ty: &Type) -> bool {
        let open_enum = |name: &RustName| {
            let def = self.types.iter().find(|def| def.name == *name);
            def.is_some_and(|def| matches!(def.shape, TypeShape::OpenEnum(_)))
        };
        matches!(ty, Type::String)
            || ty.name().is_some_and(|name| *ty == Type::Named(name.clone()) && open_enum(name))
    }

    /// Adds a schema's properties, members of `allOf` first.
    fn merge(&mut self, schema: &'a Schema, at: &Pointer, trail: &mut Trail, merged: &mut Merged<'a>) {
        let view = View::new(schema);
        for (index, member) in view.all_of.iter().enumerate() {
            let at = at.child("allOf").index(index);
            match member {
                ReferenceOr::Item(member) => self.merge(member, &at, trail, merged),
                ReferenceOr::Reference { reference } => self.merge_component(reference, &at, trail, merged),
            }
        }
        if view.ty.is_some_and(|ty| ty != "object") {
            let reason = "a member of allOf that is no object adds nothing to the struct";
            self.skip(at, reason);
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
            self.merge_branches(branches, &at.child(keyword), trail, merged);
        }
        merged.required.extend_from_slice(view.required);
        merged.additional |= matches!(
            view.additional,
            Some(AdditionalProperties::Any(true) | AdditionalProperties::Schema(_))
        );
    }

    /// Adds what branches declare, as optional unless each of them requires it.
    fn merge_branches(
        &mut self,
        branches: &'a [ReferenceOr<Schema>],
        at: &Pointer,
        trail: &mut Trail,
        merged: &mut Merged<'a>,
    ) {
        // Of a schema that lists its own extensions, only the schema itself is meant.
        let own = |branch: &ReferenceOr<Schema>| matches!(branch, ReferenceOr::Reference { reference } if trail.holds(reference));
        if branches.iter().any(own) {
            return;
        }
        let mut properties: IndexMap<String, Vec<Property<'a>>> = IndexMap::new();
        let mut required: Option<Vec<String>> = None;
        for (index, branch) in branches.iter().enumerate() {
            let mut added = Merged::default();
            let at = at.index(index);
            match branch {
                ReferenceOr::Item(branch) => self.merge(branch, &at, trail, &mut added),
                ReferenceOr::Reference { reference } => {
                    self.merge_component(reference, &at, trail, &mut added)
                }
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
            // What is declared beside the branches holds for all of them.
            let known = merged.properties.entry(name).or_default();
            if known.iter().all(|(known, _)| is_shapeless(known)) {
                *known = property;
            }
        }
        merged.required.extend(required.unwrap_or_default());
    }

    fn merge_component(&mut self, reference: &str, at: &Pointer, trail: &mut Trail, merged: &mut Merged<'a>) {
        let Some((key, (_, schema))) = self.resolve(reference, at) else { return };
        if trail.keys.contains(&key) {
            let way: Vec<_> = trail.keys.iter().chain([&key]).map(String::as_str).collect();
            let message = format!("allOf goes in a circle: {}", way.join(" → "));
            let help = "take one of these members out; a type can't be a part of itself";
            return self.findings.mistake(at, message, help);
        }
        if !merged.members.insert(key.clone()) {
            return;
        }
        trail.members += 1;
        if trail.members > MAX_MEMBERS {
            if trail.members == MAX_MEMBERS + 1 {
                let message = format!("the type is made of more than {MAX_MEMBERS} members");
                self.findings.mistake(at, message, "name each of its parts once");
            }
            return;
        }
        let at = component_pointer(&key);
        trail.keys.push(key);
        match schema {
            ReferenceOr::Item(schema) => self.merge(schema, &at, trail, merged),
            ReferenceOr::Reference { reference } => self.merge_component(reference, &at, trail, merged),
        }
        trail.keys.pop();
    }

    /// The type of an `allOf` that no object is a member of: that of the member which says most.
    pub(super) fn scalar_member(&mut self, view: &View<'a>, at: &Pointer, context: &Context) -> Option<Type> {
        if view.has_properties() || !view.one_of.is_empty() || !view.any_of.is_empty() {
            return None;
        }
        let facts: Vec<_> =
            view.all_of.iter().map(|member| self.facts(member, &mut HashSet::new())).collect();
        if facts.iter().any(|facts| matches!(facts, Facts::Object)) {
            return None;
        }
        let (index, best) = facts.iter().enumerate().rev().max_by_key(|(_, facts)| **facts)?;
        if *best == Facts::None {
            return None;
        }
        Some(self.schema(&view.all_of[index], &at.child("allOf").index(index), context).element())
    }

    /// What a member says; a component that has been seen says nothing new.
    fn facts(&self, member: &'a ReferenceOr<Schema>, seen: &mut HashSet<String>) -> Facts {
        let schema = match member {
            ReferenceOr::Item(schema) => schema,
            ReferenceOr::Reference { reference } => {
                let key = key_in(SCHEMAS, reference);
                let Some(component) = key.as_ref().and_then(|key| self.components.get(key)) else {
                    return Facts::None;
                };
                let new = key.is_some_and(|key| seen.insert(key));
                return if new { self.facts(component.schema, seen) } else { Facts::None };
            }
        };
        let view = View::new(schema);
        let parts = view.all_of.iter().chain(view.one_of).chain(view.any_of);
        let object = view.ty == Some("object")
            || view.has_properties()
            || view.additional.is_some()
            || !view.required.is_empty();
        match view.ty {
            _ if object => Facts::Object,
            _ if !view.values.is_empty() => Facts::Values,
            None => parts.map(|part| self.facts(part, seen)).max().unwrap_or_default(),
            Some(_) => Facts::Type,
        }
    }
}

/// How much a member says about values, least first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Facts {
    #[default]
    None,
    Type,
    Values,
    Object,
}

/// The components on the way to a member.
struct Trail {
    /// The component that is being made.
    owner: Option<String>,
    keys: Vec<String>,
    /// How many components have been met.
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
