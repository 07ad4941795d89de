//! Aliases that lead back to themselves: Rust has no such types.

use std::collections::HashMap;

use crate::diagnostic::Findings;
use crate::ir::{Skipped, Type, TypeDef, TypeShape};
use crate::name::RustName;

/// Ends every circle of aliases: one that holds itself in a list or a map gets any value there, and one
/// that is nothing but itself is an error.
pub(super) fn end_circles(types: &mut [TypeDef], findings: &mut Findings, skipped: &mut Vec<Skipped>) {
    let mut aliases: HashMap<RustName, Type> = types
        .iter()
        .filter_map(|def| match &def.shape {
            TypeShape::Alias(ty) => Some((def.name.clone(), ty.clone())),
            _ => None,
        })
        .collect();
    for def in types {
        let TypeShape::Alias(ty) = &mut def.shape else { continue };
        let Some(way) = way_back(&aliases, &def.name) else { continue };
        if way.iter().all(|name| matches!(aliases.get(name), Some(Type::Named(_)))) {
            let names: Vec<_> = way.iter().chain([&def.name]).map(RustName::as_str).collect();
            let message = format!("`{}` refers to itself and nothing else: {}", def.name, names.join(" → "));
            findings.mistake(&def.pointer, message, "give one schema of the circle a content");
        } else {
            let reason = "an alias can't contain itself; the values inside it are of any type".to_owned();
            skipped.push(Skipped { pointer: def.pointer.clone(), reason });
        }
        forget_name(ty);
        aliases.insert(def.name.clone(), ty.clone());
    }
}

/// The aliases on the way from one back to itself.
fn way_back(aliases: &HashMap<RustName, Type>, start: &RustName) -> Option<Vec<RustName>> {
    let mut way = vec![start.clone()];
    loop {
        let next = aliases.get(way.last()?)?.name()?;
        if next == start {
            return Some(way);
        }
        // More steps than there are aliases go in a circle that lies beside this one.
        if way.len() > aliases.len() {
            return None;
        }
        way.push(next.clone());
    }
}

/// Puts any value in the place of the named type at the bottom.
fn forget_name(ty: &mut Type) {
    match ty {
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => {
            forget_name(inner)
        }
        _ => *ty = Type::Any,
    }
}
