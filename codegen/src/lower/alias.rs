//! Aliases that lead back to themselves: Rust has no such types.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use crate::base::diagnostic::Findings;
use crate::base::name::RustName;
use crate::ir::api::{TypeDef, TypeKind};
use crate::ir::ty::Type;

/// Ends every circle of aliases: one that holds itself in a list or a map gets any value there, and one
/// that is nothing but itself is an error.
pub(super) fn end_circles(types: &mut [TypeDef], findings: &mut Findings) {
    let aliases: IndexMap<RustName, Type> = types
        .iter()
        .filter_map(|def| match &def.kind {
            TypeKind::Alias(ty) => Some((def.name.clone(), ty.clone())),
            _ => None,
        })
        .collect();
    let circles = circles(&aliases);
    for def in types {
        let TypeKind::Alias(ty) = &mut def.kind else { continue };
        let Some(way) = circles.get(&def.name) else { continue };
        if way.iter().all(|name| matches!(aliases.get(*name), Some(Type::Named(_)))) {
            let names: Vec<_> = way.iter().copied().chain([&def.name]).map(RustName::as_str).collect();
            let message = format!("`{}` refers to itself and nothing else: {}", def.name, names.join(" → "));
            findings.problem(&def.pointer, message, "give one schema of the circle a content");
        } else {
            let reason = "an alias can't contain itself; the values inside it are of any type";
            findings.skip(&def.pointer, reason);
        }
        forget_name(ty);
    }
}

/// The aliases of each circle, from the one that stands first.
fn circles(aliases: &IndexMap<RustName, Type>) -> HashMap<&RustName, Vec<&RustName>> {
    let mut circles = HashMap::new();
    let mut seen = HashSet::new();
    for start in aliases.keys() {
        let mut way = Vec::new();
        let mut next = Some(start);
        while let Some(name) = next
            && let Some((name, ty)) = aliases.get_key_value(name)
            && seen.insert(name)
        {
            way.push(name);
            next = ty.name();
        }
        // An alias leads to one type at most, so a way that was gone before ends as it did then.
        let Some(begin) = way.iter().position(|name| Some(*name) == next) else { continue };
        let mut circle = way.split_off(begin);
        let first = circle.iter().enumerate().min_by_key(|(_, name)| aliases.get_index_of(**name));
        let first = first.map_or(0, |(index, _)| index);
        circle.rotate_left(first);
        circles.insert(circle[0], circle);
    }
    circles
}

/// Puts any value in the place of the named type at the bottom.
fn forget_name(ty: &mut Type) {
    match ty {
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => {
            forget_name(inner)
        }
        _ => *ty = Type::Any,
    }
}
