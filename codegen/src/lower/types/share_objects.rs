//! Uses one type for equal inline objects and unions.
//!
//! Only objects with several properties are shared, since single properties are often equal by chance. Types that a
//! shared type contains are shared, too. Two types are equal if everything that is emitted is equal, but for their
//! descriptions. Components, and types that the description names, are not shared. If no name is free that says what the
//! type is, it has the name of its first location.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use super::shared_type::{become_aliases, shared_type, wishes};
use crate::base::name::{RustName, Scope};
use crate::ir::api::{TypeDef, TypeKind};
use crate::ir::ty::Type;

/// The minimum number of properties of a shared object.
const MIN_FIELDS: usize = 2;

/// Replaces equal inline objects and unions by aliases of one.
pub(super) fn share(types: &mut Vec<TypeDef>, fixed: &HashSet<RustName>, names: &mut Scope) {
    let EqualTypes { mut groups, firsts } = equal_types(types, fixed);
    let mut shared = Shared { firsts, names: HashMap::new() };
    // If several want the same name, the one with the most uses gets it.
    groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
    for group in &groups {
        if let Some(name) = wishes(types, group).into_iter().find(|name| !names.contains(name)) {
            shared.names.insert(types[group[0]].name.clone(), names.claim(&name));
        }
    }
    let Replaced { outer, inner } = replaced(types, &groups);
    let is_replaced = |name: &RustName| outer.contains(name) || inner.contains(name);
    shared.name_parts(types, &is_replaced, names);
    for first in groups.iter().map(|group| &types[group[0]].name) {
        shared.names.entry(first.clone()).or_insert_with(|| first.clone());
    }
    let mut members: IndexMap<RustName, Vec<usize>> = IndexMap::new();
    for (index, def) in types.iter().enumerate().filter(|(_, def)| is_replaced(&def.name)) {
        if let Some(name) = shared.name(&def.name) {
            members.entry(name.clone()).or_default().push(index);
        }
    }
    for (name, mut members) in members {
        let mut def = shared_type(types, &members, &name);
        for part in def.kind.types_mut().flat_map(Type::names_mut).filter(|part| is_replaced(part)) {
            *part = shared.name(part).unwrap_or(shared.first(part)).clone();
        }
        match members.iter().find(|index| types[**index].name == name) {
            Some(first) => types[*first] = TypeDef { file: types[*first].file.clone(), ..def },
            None => types.push(def),
        }
        members.retain(|index| outer.contains(&types[*index].name) && types[*index].name != name);
        become_aliases(types, &members, &name);
    }
    types.retain(|def| !(inner.contains(&def.name) && shared.is_superfluous(&def.name)));
}

/// Inline types that are equal.
struct EqualTypes {
    /// The positions of equal types that can be shared, in their order.
    groups: Vec<Vec<usize>>,
    /// The first type that is equal to a type.
    firsts: HashMap<RustName, RustName>,
}

fn equal_types(types: &[TypeDef], fixed: &HashSet<RustName>) -> EqualTypes {
    // Equal types are one type in later comparisons.
    let mut equal = EqualTypes { groups: Vec::new(), firsts: HashMap::new() };
    let mut first_of: HashMap<String, usize> = HashMap::new();
    let mut numbers: HashMap<usize, usize> = HashMap::new();
    // A type comes after the types that it contains.
    for (index, def) in types.iter().enumerate() {
        if fixed.contains(&def.name) || def.is_component() || def.page.is_some() {
            continue;
        }
        let first = *first_of.entry(key(def, &equal.firsts)).or_insert(index);
        if first == index {
            continue;
        }
        equal.firsts.insert(def.name.clone(), types[first].name.clone());
        if is_shareable(&def.kind) {
            let number = *numbers.entry(first).or_insert(equal.groups.len());
            if number == equal.groups.len() {
                equal.groups.push(vec![first]);
            }
            equal.groups[number].push(index);
        }
    }
    equal
}

/// The names of shared types.
struct Shared {
    /// The first type that is equal to a type.
    firsts: HashMap<RustName, RustName>,
    /// The name of the type that replaces the first of equal types, and the others.
    names: HashMap<RustName, RustName>,
}

impl Shared {
    fn first<'n>(&'n self, name: &'n RustName) -> &'n RustName {
        self.firsts.get(name).unwrap_or(name)
    }

    /// Returns whether another type replaces a type that is no longer used.
    fn is_superfluous(&self, name: &RustName) -> bool {
        self.name(name).is_some_and(|other| other != name) || self.firsts.contains_key(name)
    }

    /// Returns the name of the type that replaces a type.
    fn name(&self, name: &RustName) -> Option<&RustName> {
        self.names.get(self.first(name))
    }

    /// Names the types that a shared type contains: the rest of a name that begins with the name of its location comes
    /// after the new one.
    fn name_parts(&mut self, types: &[TypeDef], is_replaced: &dyn Fn(&RustName) -> bool, names: &mut Scope) {
        let files: HashMap<&RustName, &str> =
            types.iter().map(|def| (&def.name, def.file.as_str())).collect();
        for def in types.iter().rev().filter(|def| is_replaced(&def.name)) {
            let Some(new) = self.name(&def.name).cloned() else { continue };
            for part in def.kind.types().flat_map(Type::names).filter(|part| is_replaced(part)) {
                let is_own = files.get(part).is_some_and(|file| *file == def.file);
                let rest = part.plain().strip_prefix(def.name.plain()).filter(|rest| !rest.is_empty());
                if let Some(rest) = rest.filter(|_| is_own && self.name(part).is_none()) {
                    self.names.insert(self.first(part).clone(), names.claim(&new.with_suffix(rest)));
                }
            }
        }
    }
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

/// The types that another type replaces.
struct Replaced {
    /// Those that a location uses: their names stay.
    outer: HashSet<RustName>,
    /// Those that only replaced types contain.
    inner: HashSet<RustName>,
}

fn replaced(types: &[TypeDef], groups: &[Vec<usize>]) -> Replaced {
    let mut users: HashMap<&RustName, Vec<&RustName>> = HashMap::new();
    for def in types {
        for name in def.kind.types().flat_map(Type::names) {
            users.entry(name).or_default().push(&def.name);
        }
    }
    let mut outer: HashSet<RustName> =
        groups.iter().flatten().map(|index| types[*index].name.clone()).collect();
    let mut inner = HashSet::new();
    // Operations use no inline type that another one contains.
    for def in types.iter().rev().filter(|def| !def.is_component()) {
        let is_replaced = |name: &RustName| outer.contains(name) || inner.contains(name);
        if users.get(&def.name).is_some_and(|users| users.iter().all(|user| is_replaced(user))) {
            outer.remove(&def.name);
            inner.insert(def.name.clone());
        }
    }
    Replaced { outer, inner }
}
