//! oneOf, anyOf and lists of types: an enum of the types that may stand there.

use std::collections::{HashMap, HashSet};

use openapiv3::{Discriminator, ReferenceOr, Schema};
use serde_json::Value;

use super::document::Document;
use super::view::View;
use crate::base::diagnostic::Findings;
use crate::base::name::{RustName, Scope, WireName};
use crate::base::pointer::Pointer;
use crate::ir::api::{TypeKind, UnionVariant, Variant};
use crate::ir::ty::Type;

/// A choice between types, each of which comes with whether it stands inline; told apart by trying. `hint` is what
/// inline types are called after.
pub(super) fn untagged(types: Vec<(bool, Type)>, hint: &str) -> TypeKind {
    let mut names = Scope::with_reserved(&["Unknown"]);
    let mut variants: Vec<UnionVariant> = Vec::new();
    for (is_inline, ty) in types {
        if variants.iter().all(|variant| variant.ty != ty) {
            let name = variant_name(&ty);
            // An inline type is called after the union, which its variant need not repeat.
            let own = name.plain().strip_prefix(hint).filter(|own| !own.is_empty());
            let name = own.filter(|_| is_inline).map_or(name.clone(), RustName::upper_camel);
            variants.push(UnionVariant { name: names.claim(&name), tag: None, ty });
        }
    }
    TypeKind::Union { tag: None, variants }
}

/// A choice between types, told apart by a property that has one of the type's tags.
pub(super) fn tagged(discriminator: &Discriminator, tags: Vec<Vec<String>>, types: Vec<Type>) -> TypeKind {
    let mut names = Scope::with_reserved(&["Unknown"]);
    let mut variants = Vec::new();
    for (ty, tags) in types.into_iter().zip(tags) {
        for tag in tags {
            let name = names.claim(&RustName::upper_camel(&tag));
            variants.push(UnionVariant { name, tag: Some(WireName::new(tag)), ty: ty.clone() });
        }
    }
    TypeKind::Union { tag: Some(discriminator.property_name.clone()), variants }
}

/// The tags of each branch; `None` where one has none, so that the property can't tell.
pub(super) fn tags<'a>(
    document: &Document<'a>,
    findings: &mut Findings,
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
            .or_else(|| declared_tags(document, branch, &discriminator.property_name, &mut HashSet::new()));
        // Where nothing else is said, the tag is the component's own name.
        let Some(mut own) = declared.or_else(|| key.map(|key| vec![key])) else {
            let message = "a branch beside a discriminator must be a `$ref`, or say its value by an `enum`";
            let help =
                "move the schema to components and refer to it; until then, the types are tried in turn";
            findings.problem(&at.index(index), message, help);
            return None;
        };
        own.retain(|tag| taken.insert(tag.clone()));
        tags.push(own);
    }
    let mut unused: Vec<_> = mapped.into_keys().collect();
    unused.sort_unstable();
    // Of what is no schema at all, the checks have told.
    for key in unused.into_iter().filter(|key| document.schema(key).is_some()) {
        let message = format!("the discriminator maps to {key:?}, which is none of the branches");
        findings.warning(at, message, "add the branch, or take it from `mapping`");
    }
    Some(tags)
}

/// The values that a branch itself allows for the property which tells.
fn declared_tags<'a>(
    document: &Document<'a>,
    branch: &'a ReferenceOr<Schema>,
    property: &str,
    seen: &mut HashSet<&'a str>,
) -> Option<Vec<String>> {
    let schema = match branch {
        ReferenceOr::Item(schema) => schema,
        // What has been looked at has no tags to tell.
        ReferenceOr::Reference { reference } if !seen.insert(reference) => return None,
        ReferenceOr::Reference { reference } => {
            let component = document.schema(&key_of(reference))?;
            return declared_tags(document, component.schema, property, seen);
        }
    };
    let view = View::new(schema);
    let own = view.properties.and_then(|properties| match properties.get(property)? {
        ReferenceOr::Item(schema) => Some(texts(&View::new(schema).values)),
        ReferenceOr::Reference { .. } => None,
    });
    let members = || view.all_of.iter().rev();
    own.filter(|tags| !tags.is_empty())
        .or_else(|| members().find_map(|member| declared_tags(document, member, property, seen)))
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
        Type::Object | Type::Map(_) => "Object",
        Type::Array(_) => "Array",
        Type::Nullable(inner) | Type::Boxed(inner) => return variant_name(inner),
        Type::Named(name) => name.plain(),
    };
    RustName::upper_camel(name)
}

/// The values of an open enum, each once.
pub(super) fn variants(values: &[Value]) -> Vec<Variant> {
    let mut names = Scope::with_reserved(&["Unknown"]);
    let mut seen = HashSet::new();
    let new = values.iter().filter_map(Value::as_str).filter(|value| seen.insert(*value));
    new.map(|value| Variant { wire: WireName::new(value), name: names.claim(&RustName::upper_camel(value)) })
        .collect()
}
