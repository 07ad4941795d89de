//! Uses one type for equal inline schemas.
//!
//! Only objects with several properties and unions are compared, since single properties are often equal by chance; for
//! enums, see `share_enums`. Types that a shared type contains are shared, too. Two types are equal if everything that is
//! emitted is equal, descriptions and direction included. Components, and types that the description names, are not
//! shared.

use std::collections::{HashMap, HashSet};

use crate::base::name::{RustName, Scope, common_ending, file_stem};
use crate::ir::api::{Module, TypeDef, TypeKind};
use crate::ir::ty::Type;

/// The minimum number of properties of a shared object.
const MIN_FIELDS: usize = 2;

/// Words for the location of a type, which don't describe it.
pub(super) const SILENT: [&str; 9] =
    ["Body", "Error", "Form", "Item", "Request", "Response", "Success", "Value", "Variant"];

/// Replaces equal inline types by the first of them, and names it after what their names have in common, if that name is
/// free.
pub(in crate::lower) fn share(
    types: &mut Vec<TypeDef>,
    modules: &mut [Module],
    fixed: &HashSet<RustName>,
    names: &mut Scope,
) {
    let groups = groups(types, fixed);
    if groups.is_empty() {
        return;
    }
    let firsts: HashMap<RustName, RustName> = groups
        .iter()
        .flat_map(|group| group.iter().skip(1).map(|name| (name.clone(), group[0].clone())))
        .collect();
    let dropped = dropped(types, &firsts);
    types.retain(|def| !dropped.contains(&def.name));
    let sizes: HashMap<&RustName, usize> = groups.iter().map(|group| (&group[0], group.len())).collect();
    for def in types.iter_mut() {
        def.occurrences = sizes.get(&def.name).copied().unwrap_or(1);
    }
    let mut renamed = new_names(&groups, names);
    rename_parts(types, &mut renamed, names);
    for def in types.iter_mut() {
        if let Some((name, file)) = renamed.get(&def.name) {
            def.name = name.clone();
            def.file.clone_from(file);
        }
    }
    let rename = |ty: &mut Type| {
        for name in ty.names_mut() {
            if let Some(first) = firsts.get(name) {
                *name = first.clone();
            }
            if let Some((new, _)) = renamed.get(name) {
                *name = new.clone();
            }
        }
    };
    types.iter_mut().flat_map(|def| def.kind.types_mut()).for_each(rename);
    modules.iter_mut().flat_map(|module| &mut module.operations).for_each(|operation| {
        operation.types_mut().for_each(rename);
    });
}

/// Groups the names of equal types, in their order.
fn groups(types: &[TypeDef], fixed: &HashSet<RustName>) -> Vec<Vec<RustName>> {
    // Equal types are one type in later comparisons.
    let mut equals: HashMap<RustName, RustName> = HashMap::new();
    let mut firsts: HashMap<String, RustName> = HashMap::new();
    let mut groups: Vec<Vec<RustName>> = Vec::new();
    let mut numbers: HashMap<RustName, usize> = HashMap::new();
    // A type comes after the types that it contains.
    for def in types {
        if fixed.contains(&def.name) || def.is_component() || def.page.is_some() {
            continue;
        }
        let first = firsts.entry(key(def, &equals)).or_insert_with(|| def.name.clone()).clone();
        if first == def.name {
            continue;
        }
        equals.insert(def.name.clone(), first.clone());
        if is_shareable(&def.kind) {
            let next = groups.len();
            let number = *numbers.entry(first.clone()).or_insert(next);
            if number == next {
                groups.push(vec![first]);
            }
            groups[number].push(def.name.clone());
        }
    }
    groups
}

/// Whether equal types of this kind are the same thing, and not equal by chance.
fn is_shareable(kind: &TypeKind) -> bool {
    match kind {
        TypeKind::Model(fields) => fields.len() >= MIN_FIELDS,
        TypeKind::Union { variants, .. } => variants.iter().any(|variant| !variant.ty.names().is_empty()),
        TypeKind::OpenEnum { .. } | TypeKind::ByStatus(_) | TypeKind::Alias(_) => false,
    }
}

/// Everything that is emitted for a type, without its name.
fn key(def: &TypeDef, equals: &HashMap<RustName, RustName>) -> String {
    let mut kind = def.kind.clone();
    for name in kind.types_mut().flat_map(Type::names_mut) {
        if let Some(first) = equals.get(name) {
            *name = first.clone();
        }
    }
    format!("{:?} {} {:?} {:?} {kind:?}", def.direction, def.additional, def.docs, def.constraints)
}

/// The types that are replaced, and those that only they contain.
fn dropped(types: &[TypeDef], firsts: &HashMap<RustName, RustName>) -> HashSet<RustName> {
    let mut users: HashMap<&RustName, Vec<&RustName>> = HashMap::new();
    for def in types {
        for name in def.kind.types().flat_map(Type::names) {
            users.entry(name).or_default().push(&def.name);
        }
    }
    let mut dropped: HashSet<RustName> = firsts.keys().cloned().collect();
    // The first of equal types contains the same components, and operations use no type that another one contains.
    for def in types.iter().rev() {
        if users.get(&def.name).is_some_and(|users| users.iter().all(|user| dropped.contains(*user))) {
            dropped.insert(def.name.clone());
        }
    }
    dropped
}

/// New names for shared types, with their files. If several want the same name, the type with the most uses gets it.
fn new_names(groups: &[Vec<RustName>], names: &mut Scope) -> HashMap<RustName, (RustName, String)> {
    let mut wishes: Vec<_> =
        groups.iter().filter_map(|group| Some((group, common_ending(group, &SILENT)?))).collect();
    wishes.sort_by_key(|(group, _)| std::cmp::Reverse(group.len()));
    let mut renamed = HashMap::new();
    for (group, name) in wishes {
        if !names.contains(&name) {
            let name = names.claim(&name);
            let file = file_stem(name.plain());
            renamed.insert(group[0].clone(), (name, file));
        }
    }
    renamed
}

/// Renames the types that a renamed type contains: those whose names begin with its old name begin with the new one.
fn rename_parts(types: &[TypeDef], renamed: &mut HashMap<RustName, (RustName, String)>, names: &mut Scope) {
    let known: HashMap<&RustName, &TypeDef> = types.iter().map(|def| (&def.name, def)).collect();
    for def in types.iter().rev() {
        let Some((new, file)) = renamed.get(&def.name).cloned() else { continue };
        for part in def.kind.types().flat_map(Type::names) {
            let is_own = known.get(part).is_some_and(|part| part.file == def.file);
            let rest = part.plain().strip_prefix(def.name.plain()).filter(|rest| !rest.is_empty());
            if let Some(rest) = rest.filter(|_| is_own && !renamed.contains_key(part)) {
                renamed.insert(part.clone(), (names.claim(&new.with_suffix(rest)), file.clone()));
            }
        }
    }
}
