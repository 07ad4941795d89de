//! Decides which types implement `Default`.
//!
//! Enums of several values, unions, points in time and types of other crates have no natural default. A struct that requires one of them has no
//! default either. The default of an enum of one value is this value.

use std::collections::{HashMap, HashSet};

use crate::base::name::RustName;
use crate::ir::api::{Presence, TypeDef, TypeKind};
use crate::ir::ty::{Tuple, Type};

/// Marks the types that implement `Default`.
pub(super) fn assign(types: &mut [TypeDef]) {
    let mut users: HashMap<&RustName, Vec<usize>> = HashMap::new();
    let mut without = Vec::new();
    for (number, def) in types.iter().enumerate() {
        if required(def).is_none_or(|required| required.iter().any(|ty| has_no_default(ty))) {
            without.push(number);
        }
        for name in required(def).unwrap_or_default().into_iter().flat_map(named) {
            users.entry(name).or_default().push(number);
        }
    }
    // A struct without a default prevents the default of those that require it.
    let mut has_default = vec![true; types.len()];
    while let Some(number) = without.pop() {
        if std::mem::replace(&mut has_default[number], false) {
            without.extend(users.get(&types[number].name).into_iter().flatten());
        }
    }
    for (def, has_default) in types.iter_mut().zip(has_default) {
        def.has_default = has_default;
    }
}

/// Marks the fields that have one possible value: null, or the types that are an enum of one value, or aliases of these.
pub(super) fn mark_constants(types: &mut [TypeDef]) {
    let mut aliases: HashMap<&RustName, Vec<&RustName>> = HashMap::new();
    for def in &*types {
        if let TypeKind::Alias(Type::Named(target)) = &def.kind {
            aliases.entry(target).or_default().push(&def.name);
        }
    }
    let mut constants: HashSet<RustName> = HashSet::new();
    let is_constant =
        |def: &&TypeDef| def.kind.is_constant() || matches!(def.kind, TypeKind::Alias(Type::Null));
    let mut todo: Vec<_> = types.iter().filter(is_constant).map(|def| &def.name).collect();
    while let Some(name) = todo.pop() {
        if constants.insert(name.clone()) {
            todo.extend(aliases.get(name).into_iter().flatten());
        }
    }
    for def in types {
        let TypeKind::Model(fields) = &mut def.kind else { continue };
        for field in fields {
            field.constant = match &field.ty {
                Type::Null => true,
                Type::Named(name) => constants.contains(name),
                _ => false,
            };
        }
    }
}

/// Returns the types that must have a default for the type to have one; `None` if it has none in any case.
fn required(def: &TypeDef) -> Option<Vec<&Type>> {
    match &def.kind {
        TypeKind::Model(fields) => {
            let fields = fields.iter().filter(|field| def.presence(field) == Presence::Always);
            Some(fields.map(|field| &field.ty).collect())
        }
        TypeKind::Alias(ty) => Some(vec![ty]),
        TypeKind::OpenEnum { .. } if def.kind.is_constant() => Some(Vec::new()),
        TypeKind::OpenEnum { .. } | TypeKind::Union { .. } | TypeKind::ByStatus(_) => None,
    }
}

/// Returns the named types that a value of the type always contains.
fn named(ty: &Type) -> Vec<&RustName> {
    match ty {
        Type::Named(name) => vec![name],
        Type::Boxed(inner) => named(inner),
        Type::Tuple(tuple) => always(tuple).flat_map(named).collect(),
        _ => Vec::new(),
    }
}

/// Returns whether a type that is not a named one has no default.
fn has_no_default(ty: &Type) -> bool {
    match ty {
        Type::Timestamp | Type::UnixSeconds | Type::UnixMicros | Type::Custom(_) => true,
        Type::Tuple(tuple) => always(tuple).any(has_no_default),
        _ => false,
    }
}

/// Returns the types of the items that every value of a tuple has.
fn always(tuple: &Tuple) -> impl Iterator<Item = &Type> {
    tuple.items.iter().filter(|item| !item.optional && !item.nullable).map(|item| &item.ty)
}
