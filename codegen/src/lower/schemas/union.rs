//! Unions of `oneOf`, `anyOf` and several types, and the variants of enums.

use std::collections::HashSet;

use serde_json::Value;

use super::discriminator::Tags;
use crate::base::name::{RustName, Scope, WireName};
use crate::ir::api::{TypeKind, UnionVariant, Variant};
use crate::ir::ty::Type;
use crate::lower::context::Extensions;

/// Extensions that other generators read names of variants from.
const VARIANT_NAMES: [&str; 3] = ["x-enum-varnames", "x-enumNames", "x-enum-names"];

/// A branch of a union.
pub(in crate::lower) struct BranchType {
    /// The name for its variant; `None` if it is named after its type.
    pub(in crate::lower) name: Option<String>,
    /// Whether the schema is inline.
    pub(in crate::lower) is_inline: bool,
    pub(in crate::lower) ty: Type,
}

/// A union whose types are tried in order. `hint` is the prefix of names of inline types.
pub(in crate::lower) fn untagged(branches: Vec<BranchType>, hint: &str) -> TypeKind {
    let mut distinct: Vec<BranchType> = Vec::new();
    for branch in branches {
        match distinct.iter_mut().find(|known| known.ty == branch.ty) {
            // The value doesn't show which of the two is meant.
            Some(known) => known.name = known.name.take().filter(|name| branch.name.as_ref() == Some(name)),
            None => distinct.push(branch),
        }
    }
    let arrays = distinct.iter().filter(|branch| matches!(branch.ty, Type::Array(_))).count();
    let mut names = Scope::with_reserved(&["Unknown"]);
    let variants = distinct.iter().map(|branch| {
        let name = branch.variant_name(hint, arrays > 1);
        UnionVariant::new(names.claim(&name), branch.ty.clone())
    });
    TypeKind::Union { tag: None, variants: variants.collect() }
}

impl BranchType {
    fn variant_name(&self, hint: &str, has_arrays: bool) -> RustName {
        if let Some(name) = &self.name {
            return RustName::upper_camel(name);
        }
        match &self.ty {
            Type::Array(item) if has_arrays => {
                RustName::upper_camel(self.own(&variant_name(item), hint).plain()).with_suffix("Array")
            }
            ty => self.own(&variant_name(ty), hint),
        }
    }

    /// The name of an inline type begins with that of the union, which the variant doesn't repeat.
    fn own(&self, name: &RustName, hint: &str) -> RustName {
        let own = name.plain().strip_prefix(hint).filter(|own| !own.is_empty() && self.is_inline);
        own.map_or_else(|| name.clone(), RustName::upper_camel)
    }
}

/// A union whose types are distinguished by the value of a property. Each branch has a type and its variants.
pub(in crate::lower) fn tagged(
    property: &str,
    branches: Vec<(BranchType, Tags)>,
    default: Option<usize>,
    hint: &str,
) -> TypeKind {
    let mut names = Scope::with_reserved(&["Unknown"]);
    let mut variants = Vec::new();
    for (index, (branch, tags)) in branches.into_iter().enumerate() {
        for (number, tags) in tags.into_iter().enumerate() {
            let tag = tags.first().filter(|tag| is_name(tag));
            let name = match &branch.name {
                Some(name) => RustName::upper_camel(name),
                None => {
                    tag.map_or_else(|| branch.variant_name(hint, false), |tag| RustName::upper_camel(tag))
                }
            };
            variants.push(UnionVariant {
                tags: tags.into_iter().map(WireName::new).collect(),
                is_default: default == Some(index) && number == 0,
                ..UnionVariant::new(names.claim(&name), branch.ty.clone())
            });
        }
    }
    TypeKind::Union { tag: Some(property.to_owned()), variants }
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
