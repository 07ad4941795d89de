//! Decides which types convert into a union: those of its variants, and those that convert into these.
//!
//! A type that several variants have converts into none of them. A string, number or boolean of several enums converts into the
//! variant that fits it, as it does when it is read.

use std::collections::HashMap;

use crate::base::name::RustName;
use crate::ir::api::{TypeDef, TypeKind, UnionVariant};
use crate::ir::ty::Type;

/// The maximum number of unions inside each other whose sources are those of the outermost.
const MAX_DEPTH: usize = 8;

/// Sets the sources of all variants of unions that callers construct.
pub(super) fn assign(types: &mut [TypeDef]) {
    let table = Table(types.iter().map(|def| (&def.name, def)).collect());
    let found: Vec<Option<Sources>> =
        types.iter().map(|def| def.is_literal().then(|| table.sources(def, 0)).flatten()).collect();
    for (def, found) in types.iter_mut().zip(found) {
        let (TypeKind::Union { variants, sources, .. }, Some(found)) = (&mut def.kind, found) else {
            continue;
        };
        *sources = found.fitting;
        for (variant, sources) in variants.iter_mut().zip(found.variants) {
            variant.sources = sources;
        }
    }
}

/// The types that convert into a union.
struct Sources {
    /// Those that convert into each variant.
    variants: Vec<Vec<Type>>,
    /// Those whose values decide about the variant.
    fitting: Vec<Type>,
}

struct Table<'t>(HashMap<&'t RustName, &'t TypeDef>);

impl<'t> Table<'t> {
    /// The sources of a union; `None` for any other type.
    fn sources(&self, def: &TypeDef, depth: usize) -> Option<Sources> {
        let TypeKind::Union { tag, variants, .. } = &def.kind else { return None };
        let own: Vec<Type> = variants.iter().map(|variant| self.own(variant)).collect();
        let is_own = |ty: &Type| own.contains(ty);
        // What the content of a variant is made of: texts of an enum, integers of a number, types of a union.
        let inner: Vec<Vec<Type>> = variants
            .iter()
            .map(|variant| self.inner(&variant.ty, depth).into_iter().filter(|ty| !is_own(ty)).collect())
            .collect();
        let is_unique = |ty: &Type| {
            let is_it = |other: &&Type| *other == ty;
            own.iter().chain(inner.iter().flatten()).filter(is_it).count() == 1
                && *ty != Type::Named(def.name.clone())
        };
        let sources = own.iter().zip(&inner).map(|(own, inner)| {
            std::iter::once(own).chain(inner).filter(|ty| is_unique(ty)).cloned().collect::<Vec<_>>()
        });
        let mut fitting: Vec<Type> = Vec::new();
        for ty in inner.iter().flatten().filter(|ty| is_scalar(ty) && tag.is_none() && !is_unique(ty)) {
            if !fitting.contains(ty) {
                fitting.push(ty.clone());
            }
        }
        Some(Sources { variants: sources.collect(), fitting })
    }

    /// The type that a variant contains, without boxes and aliases.
    fn own(&self, variant: &UnionVariant) -> Type {
        match self.resolved(&variant.ty) {
            Type::Boxed(inner) | Type::Nullable(inner) => *inner,
            ty => ty,
        }
    }

    /// The types that convert into the content of a variant.
    fn inner(&self, ty: &Type, depth: usize) -> Vec<Type> {
        match self.resolved(ty) {
            Type::Number => vec![Type::I64],
            Type::Named(name) => match self.0.get(&name) {
                Some(TypeDef { kind: TypeKind::OpenEnum { of, .. }, .. }) => vec![of.clone()],
                Some(def) if depth < MAX_DEPTH => {
                    let sources = self.sources(def, depth + 1);
                    sources
                        .into_iter()
                        .flat_map(|sources| sources.variants.into_iter().flatten().chain(sources.fitting))
                        .collect()
                }
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// A type without aliases, so that two types are equal if they are one type in Rust.
    fn resolved(&self, ty: &Type) -> Type {
        let inner = |ty: &Type| Box::new(self.resolved(ty));
        match ty {
            Type::Array(ty) => Type::Array(inner(ty)),
            Type::Map(ty) => Type::Map(inner(ty)),
            Type::Nullable(ty) => Type::Nullable(inner(ty)),
            Type::Boxed(ty) => Type::Boxed(inner(ty)),
            Type::Named(name) => match self.0.get(name).map(|def: &&'t TypeDef| &def.kind) {
                Some(TypeKind::Alias(target)) => self.resolved(target),
                _ => ty.clone(),
            },
            plain => plain.clone(),
        }
    }
}

fn is_scalar(ty: &Type) -> bool {
    matches!(ty, Type::Bool | Type::I64 | Type::U64 | Type::Number | Type::String)
}
