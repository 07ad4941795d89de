//! Unions of `oneOf`, `anyOf` and several types, and the variants of enums.

use std::collections::{HashMap, HashSet};

use openapiv3::{Discriminator, ReferenceOr, Schema};
use serde_json::Value;

use crate::base::diagnostic::Findings;
use crate::base::name::{RustName, Scope, WireName};
use crate::base::pointer::Pointer;
use crate::ir::api::{TypeKind, UnionVariant, Variant};
use crate::ir::ty::Type;
use crate::lower::context::Extensions;
use crate::lower::document::lookup::Document;
use crate::lower::document::view::View;

/// Extensions that other generators read names of variants from.
const VARIANT_NAMES: [&str; 3] = ["x-enum-varnames", "x-enumNames", "x-enum-names"];

/// A union whose types are tried in order. Each type comes with whether its schema is inline; `hint` is the prefix of names
/// of inline types.
pub(in crate::lower) fn untagged(types: Vec<(bool, Type)>, hint: &str) -> TypeKind {
    let mut names = Scope::with_reserved(&["Unknown"]);
    let mut variants: Vec<UnionVariant> = Vec::new();
    for (is_inline, ty) in types {
        if variants.iter().all(|variant| variant.ty != ty) {
            let name = variant_name(&ty);
            // The name of an inline type begins with that of the union, which the variant doesn't repeat.
            let own = name.plain().strip_prefix(hint).filter(|own| !own.is_empty());
            let name = own.filter(|_| is_inline).map_or(name.clone(), RustName::upper_camel);
            variants.push(UnionVariant { name: names.claim(&name), tag: None, ty });
        }
    }
    TypeKind::Union { tag: None, variants }
}

/// A union whose types are distinguished by the value of a property.
pub(in crate::lower) fn tagged(
    discriminator: &Discriminator,
    tags: Vec<Vec<String>>,
    types: Vec<Type>,
) -> TypeKind {
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

/// The discriminator values of each branch; `None` if a branch has none.
pub(in crate::lower) fn tags<'a>(
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
        // The default is the name of the component.
        let Some(mut own) = declared.or_else(|| key.map(|key| vec![key])) else {
            let message =
                "a branch beside a discriminator must be a `$ref`, or declare its value by an `enum`";
            let help = "move the schema to components and refer to it; the types are tried in order instead";
            findings.problem(&at.index(index), message, help);
            return None;
        };
        own.retain(|tag| taken.insert(tag.clone()));
        tags.push(own);
    }
    let mut unused: Vec<_> = mapped.into_keys().collect();
    unused.sort_unstable();
    // Values that name no schema are reported by the checks.
    for key in unused.into_iter().filter(|key| document.schema(key).is_some()) {
        let message = format!("the discriminator maps to {key:?}, which is not a branch");
        findings.warning(at, message, "add the branch, or remove it from `mapping`");
    }
    Some(tags)
}

/// The values that a branch allows for the discriminator property.
fn declared_tags<'a>(
    document: &Document<'a>,
    branch: &'a ReferenceOr<Schema>,
    property: &str,
    seen: &mut HashSet<&'a str>,
) -> Option<Vec<String>> {
    let schema = match branch {
        ReferenceOr::Item(schema) => schema,
        // A component that was visited before adds no values.
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

/// The name of a component, given by a reference or by the name itself.
fn key_of(target: &str) -> String {
    let pointer = Pointer::parse(target).filter(|_| target.starts_with('#'));
    pointer.and_then(|pointer| pointer.last().map(str::to_owned)).unwrap_or_else(|| target.to_owned())
}

fn texts(values: &[Value]) -> Vec<String> {
    values.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// The name of a variant, after its type.
pub(in crate::lower) fn variant_name(ty: &Type) -> RustName {
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

/// The variants of an open enum, one for each distinct value. Extensions may give their names.
pub(in crate::lower) fn variants(values: &[Value], extensions: &Extensions, name: &RustName) -> Vec<Variant> {
    let mut names = Scope::with_reserved(&["Unknown"]);
    let mut seen = HashSet::new();
    let wished = variant_names(values, extensions).unwrap_or_else(|| own_parts(values, name));
    let values = values.iter().zip(wished).filter_map(|(value, wished)| Some((value.as_str()?, wished)));
    let new = values.filter(|(value, _)| seen.insert(*value));
    new.map(|(value, wished)| Variant {
        wire: WireName::new(value),
        name: names.claim(&RustName::upper_camel(wished)),
    })
    .collect()
}

/// The names that an extension gives the values, one for each.
fn variant_names<'e>(values: &[Value], extensions: &'e Extensions) -> Option<Vec<&'e str>> {
    let names = VARIANT_NAMES.iter().find_map(|key| extensions.get(*key)?.as_array())?;
    let names: Vec<&str> = names.iter().filter_map(Value::as_str).filter(|name| is_name(name)).collect();
    (names.len() == values.len()).then_some(names)
}

/// The values without the type's name, where all begin with it in capitals: `COLOR_RED` of `Color` is `Red`.
fn own_parts<'v>(values: &'v [Value], name: &RustName) -> Vec<&'v str> {
    let values: Vec<&str> = values.iter().map(|value| value.as_str().unwrap_or_default()).collect();
    let snake = RustName::snake(name.plain());
    let words: Vec<&str> = snake.plain().split('_').collect();
    let prefixes = (0..words.len()).map(|from| format!("{}_", words[from..].join("_").to_uppercase()));
    let is_own = |value: &&str, prefix: &str| value.strip_prefix(prefix).is_some_and(is_name);
    let is_prefix = |prefix: &String| values.len() > 1 && values.iter().all(|value| is_own(value, prefix));
    let length = prefixes.filter(is_prefix).map(|prefix| prefix.len()).next().unwrap_or_default();
    values.into_iter().map(|value| value.get(length..).unwrap_or(value)).collect()
}

/// Whether a text begins as a name does.
fn is_name(text: &str) -> bool {
    text.starts_with(char::is_alphabetic)
}
