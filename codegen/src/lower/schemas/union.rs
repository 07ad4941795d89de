//! Unions of `oneOf`, `anyOf` and several types.

use super::discriminator::Tags;
use super::enums::is_name;
use crate::base::name::{RustName, Scope, WireName};
use crate::ir::api::{TypeKind, UnionVariant};
use crate::ir::constraint::Constraint;
use crate::ir::ty::Type;

/// A branch of a union.
pub(in crate::lower) struct BranchType {
    /// The name for its variant; `None` if it is named after its type.
    pub(in crate::lower) name: Option<String>,
    /// Whether the schema is inline.
    pub(in crate::lower) is_inline: bool,
    pub(in crate::lower) ty: Type,
    pub(in crate::lower) constraints: Vec<Constraint>,
}

/// A union whose types are tried in order. `hint` is the prefix of names of inline types.
pub(in crate::lower) fn untagged(branches: Vec<BranchType>, hint: &str) -> TypeKind {
    let mut distinct: Vec<(BranchType, Vec<Vec<Constraint>>)> = Vec::new();
    for mut branch in branches {
        let constraints = std::mem::take(&mut branch.constraints);
        match distinct.iter_mut().find(|(known, _)| known.ty == branch.ty) {
            // The value doesn't show which of the two is meant.
            Some((known, alternatives)) => {
                known.name = known.name.take().filter(|name| branch.name.as_ref() == Some(name));
                alternatives.push(constraints);
            }
            None => distinct.push((branch, vec![constraints])),
        }
    }
    let arrays = distinct.iter().filter(|(branch, _)| matches!(branch.ty, Type::Array(_))).count();
    let mut names = Scope::with_reserved(&["Unknown"]);
    let variants = distinct.into_iter().map(|(branch, constraints)| {
        let name = branch.variant_name(hint, arrays > 1);
        UnionVariant { constraints, ..UnionVariant::new(names.claim(&name), branch.ty) }
    });
    TypeKind::Union { tag: None, variants: variants.collect(), sources: Vec::new() }
}

impl BranchType {
    fn variant_name(&self, hint: &str, has_arrays: bool) -> RustName {
        if let Some(name) = &self.name {
            return RustName::upper_camel(name);
        }
        match &self.ty {
            Type::Array(item) if has_arrays => {
                RustName::upper_camel(self.own(item, hint).plain()).with_suffix("Array")
            }
            ty => self.own(ty, hint),
        }
    }

    /// The name of an inline type begins with that of the union, which the variant doesn't repeat.
    fn own(&self, ty: &Type, hint: &str) -> RustName {
        match ty {
            Type::Nullable(inner) | Type::Boxed(inner) => self.own(inner, hint),
            Type::Named(name) if self.is_inline => {
                let own = name.plain().strip_prefix(hint);
                // Only whole words are removed, and not all of them.
                let own = own.filter(|own| own.chars().next().is_some_and(|first| !first.is_lowercase()));
                own.map_or_else(|| name.clone(), RustName::upper_camel)
            }
            ty => variant_name(ty),
        }
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
                constraints: vec![branch.constraints.clone()],
                ..UnionVariant::new(names.claim(&name), branch.ty.clone())
            });
        }
    }
    TypeKind::Union { tag: Some(property.to_owned()), variants, sources: Vec::new() }
}

/// A union whose types are distinguished by their constants for a property. Its variants are named as in a union without a
/// discriminator.
pub(in crate::lower) fn implied(
    property: &str,
    branches: Vec<BranchType>,
    constants: Vec<String>,
    hint: &str,
) -> TypeKind {
    let named = branches.into_iter().map(|branch| {
        let name = branch.variant_name(hint, false).plain().to_owned();
        BranchType { name: Some(name), ..branch }
    });
    let tags = constants.into_iter().map(|constant| vec![vec![constant]]);
    tagged(property, named.zip(tags).collect(), None, hint)
}

/// The name of a variant, after its type.
pub(in crate::lower) fn variant_name(ty: &Type) -> RustName {
    let name = match ty {
        Type::Bool => "Bool",
        Type::I64 | Type::U64 => "Integer",
        Type::F64 | Type::Number => "Number",
        Type::String => "String",
        Type::Timestamp | Type::UnixSeconds | Type::UnixMicros => "Time",
        Type::Null => "Null",
        Type::Any => "Any",
        Type::Bytes => "Bytes",
        Type::Redirect => "Redirect",
        Type::Object | Type::Map(_) => "Object",
        Type::Array(_) | Type::Tuple(_) => "Array",
        Type::Nullable(inner) | Type::Boxed(inner) => return variant_name(inner),
        Type::Custom(custom) => custom.name(),
        Type::Named(name) => name.plain(),
    };
    RustName::upper_camel(name)
}
