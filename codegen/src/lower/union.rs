//! oneOf, anyOf and lists of types: an enum of the types that may stand there.

use std::collections::{HashMap, HashSet};

use openapiv3::{Discriminator, ReferenceOr, Schema};
use serde_json::Value;

use super::view::View;
use super::{Context, Lowerer};
use crate::ir::{Type, TypeShape, UnionVariant};
use crate::name::{RustName, Scope, WireName};
use crate::pointer::Pointer;

impl<'a> Lowerer<'a, '_> {
    pub(super) fn union(&mut self, view: &View<'a>, at: &Pointer, context: &Context) -> TypeShape {
        let (keyword, branches) =
            if view.one_of.is_empty() { ("anyOf", view.any_of) } else { ("oneOf", view.one_of) };
        let at = at.child(keyword);
        let tags = view.data.discriminator.as_ref().and_then(|by| self.tags(by, branches, &at));
        match (&view.data.discriminator, tags) {
            (Some(discriminator), Some(tags)) => self.tagged(discriminator, branches, tags, &at, context),
            _ => self.untagged(branches, &at, context),
        }
    }

    fn untagged(
        &mut self,
        branches: &'a [ReferenceOr<Schema>],
        at: &Pointer,
        context: &Context,
    ) -> TypeShape {
        let mut names = Scope::with_reserved(&["Unknown"]);
        let mut variants: Vec<UnionVariant> = Vec::new();
        for (index, branch) in branches.iter().enumerate() {
            let hint = context.inner(&format!("Variant{}", index + 1));
            let ty = self.schema(branch, &at.index(index), &hint).element();
            if variants.iter().all(|variant| variant.ty != ty) {
                let name = variant_name(&ty);
                // An inline type is called after the union, which its variant need not repeat.
                let own = name.plain().strip_prefix(&context.hint).filter(|own| !own.is_empty());
                let name =
                    own.filter(|_| branch.as_item().is_some()).map_or(name.clone(), RustName::upper_camel);
                variants.push(UnionVariant { name: names.claim(&name), tag: None, ty });
            }
        }
        TypeShape::Union { tag: None, variants }
    }

    /// The tags of each branch; `None` where one has none, so that the property can't tell.
    fn tags(
        &mut self,
        discriminator: &Discriminator,
        branches: &'a [ReferenceOr<Schema>],
        at: &Pointer,
    ) -> Option<Vec<Vec<String>>> {
        let mut mapped: HashMap<String, Vec<String>> = HashMap::new();
        for (tag, target) in &discriminator.mapping {
            mapped.entry(key_of(target)).or_default().push(tag.clone());
        }
        let mut taken = HashSet::new();
        let mut tags = Vec::with_capacity(branches.len());
        for (index, branch) in branches.iter().enumerate() {
            let key = match branch {
                ReferenceOr::Reference { reference } => Some(key_of(reference)),
                ReferenceOr::Item(_) => None,
            };
            let from_mapping = key.as_ref().and_then(|key| mapped.remove(key));
            let declared = from_mapping
                .or_else(|| self.declared_tags(branch, &discriminator.property_name, &mut HashSet::new()));
            // Where nothing else is said, the tag is the component's own name.
            let Some(mut own) = declared.or_else(|| key.map(|key| vec![key])) else {
                let message =
                    "a branch beside a discriminator must be a `$ref`, or say its value by an `enum`";
                let help =
                    "move the schema to components and refer to it; until then, the types are tried in turn";
                self.findings.mistake(&at.index(index), message, help);
                return None;
            };
            own.retain(|tag| taken.insert(tag.clone()));
            tags.push(own);
        }
        let mut unused: Vec<_> = mapped.into_keys().collect();
        unused.sort_unstable();
        // Of what is no schema at all, the checks have told.
        for key in unused.into_iter().filter(|key| self.components.contains_key(key)) {
            let message = format!("the discriminator maps to {key:?}, which is none of the branches");
            self.findings.warning(at, message, "add the branch, or take it from `mapping`");
        }
        Some(tags)
    }

    /// The values that a branch itself allows for the property which tells.
    fn declared_tags(
        &self,
        branch: &'a ReferenceOr<Schema>,
        property: &str,
        seen: &mut HashSet<&'a str>,
    ) -> Option<Vec<String>> {
        let schema = match branch {
            ReferenceOr::Item(schema) => schema,
            // What has been looked at has no tags to tell.
            ReferenceOr::Reference { reference } if !seen.insert(reference) => return None,
            ReferenceOr::Reference { reference } => {
                let component = self.components.get(&key_of(reference))?;
                return self.declared_tags(component.schema, property, seen);
            }
        };
        let view = View::new(schema);
        let own = view.properties.and_then(|properties| match properties.get(property)? {
            ReferenceOr::Item(schema) => Some(texts(&View::new(schema).values)),
            ReferenceOr::Reference { .. } => None,
        });
        let members = || view.all_of.iter().rev();
        own.filter(|tags| !tags.is_empty())
            .or_else(|| members().find_map(|member| self.declared_tags(member, property, seen)))
    }

    fn tagged(
        &mut self,
        discriminator: &Discriminator,
        branches: &'a [ReferenceOr<Schema>],
        tags: Vec<Vec<String>>,
        at: &Pointer,
        context: &Context,
    ) -> TypeShape {
        let mut names = Scope::with_reserved(&["Unknown"]);
        let mut variants = Vec::new();
        for (index, (branch, tags)) in branches.iter().zip(tags).enumerate() {
            let hint = context.inner(tags.first().map_or("", String::as_str));
            let ty = self.schema(branch, &at.index(index), &hint).ty;
            for tag in tags {
                let name = names.claim(&RustName::upper_camel(&tag));
                variants.push(UnionVariant { name, tag: Some(WireName::new(tag)), ty: ty.clone() });
            }
        }
        TypeShape::Union { tag: Some(discriminator.property_name.clone()), variants }
    }
}

/// The name of a component, from a reference to it or as it is.
fn key_of(target: &str) -> String {
    let pointer = Pointer::parse(target).filter(|_| target.starts_with('#'));
    pointer.and_then(|pointer| pointer.last().map(str::to_owned)).unwrap_or_else(|| target.to_owned())
}

fn texts(values: &[Value]) -> Vec<String> {
    values.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// A variant is called after what it holds.
pub(super) fn variant_name(ty: &Type) -> RustName {
    let name = match ty {
        Type::Bool => "Bool",
        Type::I64 => "Integer",
        Type::F64 | Type::Number => "Number",
        Type::String => "String",
        Type::Timestamp | Type::UnixSeconds | Type::UnixMicros => "Time",
        Type::Any => "Any",
        Type::Bytes => "Bytes",
        Type::Free | Type::Map(_) => "Object",
        Type::List(_) => "Array",
        Type::Nullable(inner) | Type::Boxed(inner) => return variant_name(inner),
        Type::Named(name) => name.plain(),
    };
    RustName::upper_camel(name)
}
