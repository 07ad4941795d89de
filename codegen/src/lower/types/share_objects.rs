//! Uses one type for equal inline objects and unions.
//!
//! Only objects with several properties are shared, since single properties are often equal by chance. Types that a
//! shared type contains are shared, too: each with the types at its position in the others. Two types are equal if
//! everything that is emitted is equal, but for their descriptions. Components, and types that the description names, are
//! not shared. If no name is free that says what the type is, it has the name of its first location.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};

use indexmap::IndexMap;

use super::shared_type::{become_aliases, free_name, shared_type};
use crate::base::name::{RustName, Scope};
use crate::ir::api::{TypeDef, TypeKind};
use crate::ir::ty::Type;

/// The minimum number of properties of a shared object.
const MIN_FIELDS: usize = 2;

/// Replaces equal inline objects and unions by aliases of one.
pub(super) fn share(types: &mut Vec<TypeDef>, fixed: &HashSet<RustName>, names: &mut Scope) {
    let mut groups = equal_types(types, fixed);
    // If several want the same name, the one with the most uses gets it.
    groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
    let mut sets = EqualSets::default();
    for members in groups {
        let name = free_name(types, &members, names);
        sets.add(types, EqualSet { members, name });
    }
    let sets = sets.with_parts(types, names);
    let shared: HashMap<RustName, RustName> = sets
        .iter()
        .flat_map(|(name, members)| members.iter().map(|index| (types[*index].name.clone(), name.clone())))
        .collect();
    for (name, members) in sets {
        replace(types, members, &name, &shared);
    }
}

/// Replaces equal types by aliases of one, which is the first of them if it has this name.
fn replace(
    types: &mut Vec<TypeDef>,
    mut members: Vec<usize>,
    name: &RustName,
    shared: &HashMap<RustName, RustName>,
) {
    let mut def = shared_type(types, &members, name);
    for part in def.kind.types_mut().flat_map(Type::names_mut) {
        if let Some(name) = shared.get(part) {
            *part = name.clone();
        }
    }
    match members.iter().find(|index| types[**index].name == *name) {
        Some(first) => types[*first] = TypeDef { file: types[*first].file.clone(), ..def },
        None => types.push(def),
    }
    members.retain(|index| types[*index].name != *name);
    become_aliases(types, &members, name);
}

/// Returns the positions of equal inline types that can be shared, in their order.
fn equal_types(types: &[TypeDef], fixed: &HashSet<RustName>) -> Vec<Vec<usize>> {
    let mut groups: IndexMap<usize, Vec<usize>> = IndexMap::new();
    // Equal types are one type in later comparisons.
    let mut firsts: HashMap<RustName, RustName> = HashMap::new();
    let mut first_of: HashMap<String, usize> = HashMap::new();
    // A type comes after the types that it contains.
    for (index, def) in types.iter().enumerate() {
        if fixed.contains(&def.name) || def.is_component() || def.page.is_some() {
            continue;
        }
        let first = *first_of.entry(key(def, &firsts)).or_insert(index);
        if first == index {
            continue;
        }
        firsts.insert(def.name.clone(), types[first].name.clone());
        if is_shareable(&def.kind) {
            groups.entry(first).or_insert_with(|| vec![first]).push(index);
        }
    }
    groups.into_values().collect()
}

/// Equal types that one type replaces.
struct EqualSet {
    /// Their positions.
    members: Vec<usize>,
    /// The name of the type that replaces them. Without one, it has the name of the first.
    name: Option<RustName>,
}

/// Sets of equal types, by the position of their first.
#[derive(Default)]
struct EqualSets {
    sets: BTreeMap<usize, EqualSet>,
    /// The position of the first type of a set, by the name of each of its types.
    first_of: HashMap<RustName, usize>,
}

impl EqualSets {
    fn add(&mut self, types: &[TypeDef], set: EqualSet) {
        let Some(first) = set.members.first().copied() else { return };
        for index in &set.members {
            self.first_of.insert(types[*index].name.clone(), first);
        }
        self.sets.insert(first, set);
    }

    /// Adds equal parts of shared types. If one of them is in a set, the others are added to it.
    fn add_part(&mut self, types: &[TypeDef], parts: Vec<usize>, name: impl FnOnce() -> Option<RustName>) {
        let known = parts.iter().find_map(|index| self.first_of.get(&types[*index].name)).copied();
        let Some(first) = known else { return self.add(types, EqualSet { members: parts, name: name() }) };
        let Some(set) = self.sets.get_mut(&first) else { return };
        if set.name.is_none() {
            set.name = name();
        }
        for index in parts {
            if let Entry::Vacant(entry) = self.first_of.entry(types[index].name.clone()) {
                entry.insert(first);
                set.members.push(index);
            }
        }
    }

    /// Adds the types that shared types contain. Returns the names of all shared types, with the positions of those that
    /// they replace.
    fn with_parts(mut self, types: &[TypeDef], names: &mut Scope) -> Vec<(RustName, Vec<usize>)> {
        let positions: HashMap<&RustName, usize> =
            types.iter().enumerate().map(|(index, def)| (&def.name, index)).collect();
        let mut named = Vec::new();
        // A type comes after the types that it contains.
        while let Some((first, set)) = self.sets.pop_last() {
            let own = &types[first].name;
            let name = set.name.unwrap_or_else(|| own.clone());
            for part in parts(types, &set.members, &positions) {
                let rest = types[part.of_first].name.plain().strip_prefix(own.plain());
                let rest = rest.filter(|rest| name != *own && !rest.is_empty());
                // A type that others contain, too, keeps its name: an inline type of a component.
                let rest = rest.filter(|_| part.all.first() == Some(&part.of_first));
                self.add_part(types, part.all, || rest.map(|rest| names.claim(&name.with_suffix(rest))));
            }
            named.push((name, set.members));
        }
        named.reverse();
        named
    }
}

/// The types that equal types contain at one position.
struct Part {
    /// The position of that in the first of them.
    of_first: usize,
    /// All of their positions, in order.
    all: Vec<usize>,
}

/// Returns the types that equal types contain. Those that all of them contain are left out: components.
fn parts(types: &[TypeDef], members: &[usize], positions: &HashMap<&RustName, usize>) -> Vec<Part> {
    let names = |index: &usize| types[*index].kind.types().flat_map(Type::names).collect::<Vec<_>>();
    let names: Vec<_> = members.iter().map(names).collect();
    let count = names.iter().map(Vec::len).min().unwrap_or_default();
    let part = |at: usize| {
        let mut all: Vec<usize> =
            names.iter().filter_map(|names| positions.get(names[at]).copied()).collect();
        let of_first = *all.first()?;
        all.sort_unstable();
        all.dedup();
        Some(Part { of_first, all })
    };
    (0..count).filter_map(part).filter(|part| part.all.len() > 1).collect()
}

/// Whether equal types of this kind are the same thing, and not equal by chance.
fn is_shareable(kind: &TypeKind) -> bool {
    match kind {
        TypeKind::Model(fields) => fields.len() >= MIN_FIELDS,
        TypeKind::Union { variants, .. } => variants.iter().any(|variant| !variant.ty.names().is_empty()),
        TypeKind::OpenEnum { .. } | TypeKind::ByStatus(_) | TypeKind::Alias(_) => false,
    }
}

/// Everything that is emitted for a type, without its name and description.
fn key(def: &TypeDef, firsts: &HashMap<RustName, RustName>) -> String {
    let mut kind = def.kind.clone();
    for name in kind.types_mut().flat_map(Type::names_mut) {
        if let Some(first) = firsts.get(name) {
            *name = first.clone();
        }
    }
    format!("{:?} {} {kind:?}", def.direction, def.additional)
}
