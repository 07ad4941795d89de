//! Type aliases that refer to themselves, which Rust doesn't allow.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use crate::base::diagnostic::Findings;
use crate::base::name::RustName;
use crate::ir::api::{TypeDef, TypeKind};
use crate::ir::ty::Type;

/// Ends every cycle of aliases. An alias that contains itself in an array or an object gets any value there; an alias
/// that is nothing but itself is a problem in the description.
pub(in crate::lower) fn end_cycles(types: &mut [TypeDef], findings: &mut Findings) {
    cut_tuples(types, findings);
    let aliases: IndexMap<RustName, Type> = types
        .iter()
        .filter_map(|def| match &def.kind {
            TypeKind::Alias(ty) => Some((def.name.clone(), ty.clone())),
            _ => None,
        })
        .collect();
    let cycles = cycles(&aliases);
    for def in types {
        let TypeKind::Alias(ty) = &mut def.kind else { continue };
        let Some(cycle) = cycles.get(&def.name) else { continue };
        if cycle.iter().all(|name| matches!(aliases.get(*name), Some(Type::Named(_)))) {
            let names: Vec<_> = cycle.iter().copied().chain([&def.name]).map(RustName::as_str).collect();
            let message = format!("`{}` is only a reference to itself: {}", def.name, names.join(" → "));
            findings.problem(&def.pointer, message, "give one schema of the cycle a type");
        } else {
            let reason = "a type alias can't contain itself; its values have any type";
            findings.skip(&def.pointer, reason);
        }
        replace_name(ty);
    }
}

/// Ends the cycles that lead through a tuple, which can refer to several types: any value replaces them there.
fn cut_tuples(types: &mut [TypeDef], findings: &mut Findings) {
    for index in 0..types.len() {
        let TypeKind::Alias(ty) = &types[index].kind else { continue };
        if has_tuple(ty) && leads_back(types, &types[index].name, ty) {
            let reason = "a type alias can't contain itself; its values have any type";
            findings.skip(&types[index].pointer, reason);
            if let TypeKind::Alias(ty) = &mut types[index].kind {
                replace_name(ty);
            }
        }
    }
}

fn has_tuple(ty: &Type) -> bool {
    match ty {
        Type::Tuple(_) => true,
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => {
            has_tuple(inner)
        }
        _ => false,
    }
}

/// Whether the aliases that a type refers to lead to an alias.
fn leads_back(types: &[TypeDef], start: &RustName, ty: &Type) -> bool {
    let mut seen = HashSet::new();
    let mut names = ty.names();
    while let Some(name) = names.pop() {
        if name == start {
            return true;
        }
        let def = types.iter().find(|def| def.name == *name);
        if let Some(TypeDef { kind: TypeKind::Alias(ty), .. }) = def.filter(|_| seen.insert(name)) {
            names.extend(ty.names());
        }
    }
    false
}

/// The aliases of each cycle, from the one that is declared first.
fn cycles(aliases: &IndexMap<RustName, Type>) -> HashMap<&RustName, Vec<&RustName>> {
    let mut cycles = HashMap::new();
    let mut seen = HashSet::new();
    for start in aliases.keys() {
        let mut chain = Vec::new();
        let mut next = Some(start);
        while let Some(name) = next
            && let Some((name, ty)) = aliases.get_key_value(name)
            && seen.insert(name)
        {
            chain.push(name);
            next = ty.name();
        }
        // An alias refers to one type at most, so the rest of a known chain is known, too.
        let Some(begin) = chain.iter().position(|name| Some(*name) == next) else { continue };
        let mut cycle = chain.split_off(begin);
        let first = cycle.iter().enumerate().min_by_key(|(_, name)| aliases.get_index_of(**name));
        let first = first.map_or(0, |(index, _)| index);
        cycle.rotate_left(first);
        cycles.insert(cycle[0], cycle);
    }
    cycles
}

/// Replaces the named type that an alias contains by any value.
fn replace_name(ty: &mut Type) {
    match ty {
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => {
            replace_name(inner)
        }
        Type::Tuple(tuple) => tuple.types_mut().filter(|ty| !ty.names().is_empty()).for_each(replace_name),
        _ => *ty = Type::Any,
    }
}
