//! Puts a value on the heap where a type would otherwise contain itself, and only there.

use std::collections::{HashMap, HashSet};

use crate::ir::{Type, TypeDef, TypeShape};
use crate::name::RustName;

type Edges = HashMap<RustName, Vec<RustName>>;

/// Boxes every direct use that leads back to the type it stands in.
pub(super) fn box_recursion(types: &mut [TypeDef]) {
    let edges: Edges = types.iter().map(|def| (def.name.clone(), direct(&def.shape))).collect();
    for def in types {
        let owner = def.name.clone();
        let visit = |ty: &mut Type| {
            if let Some(name) = ty.inline_name()
                && reaches(&edges, name, &owner)
            {
                *ty = Type::Boxed(Box::new(ty.clone()));
            }
        };
        match &mut def.shape {
            TypeShape::Model(fields) => fields.iter_mut().map(|field| &mut field.ty).for_each(visit),
            TypeShape::Union { variants, .. } => {
                variants.iter_mut().map(|variant| &mut variant.ty).for_each(visit)
            }
            TypeShape::OpenEnum(_) | TypeShape::Alias(_) => {}
        }
    }
}

fn direct(shape: &TypeShape) -> Vec<RustName> {
    let names =
        |types: &mut dyn Iterator<Item = &Type>| types.filter_map(Type::inline_name).cloned().collect();
    match shape {
        TypeShape::Model(fields) => names(&mut fields.iter().map(|field| &field.ty)),
        TypeShape::Union { variants, .. } => names(&mut variants.iter().map(|variant| &variant.ty)),
        TypeShape::Alias(ty) => names(&mut std::iter::once(ty)),
        TypeShape::OpenEnum(_) => Vec::new(),
    }
}

fn reaches(edges: &Edges, from: &RustName, to: &RustName) -> bool {
    let mut seen = HashSet::new();
    let mut todo = vec![from];
    while let Some(name) = todo.pop() {
        if name == to {
            return true;
        }
        if seen.insert(name) {
            todo.extend(edges.get(name).into_iter().flatten());
        }
    }
    false
}
