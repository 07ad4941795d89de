//! Uses one enum for equal inline lists of values.
//!
//! Lists of values are often equal by chance, so each location keeps a name of its own: an alias of the shared enum. So a
//! program keeps the names that it uses when the values of one location change. Enums of one value, components, and enums
//! that the description names are not shared.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::share::SILENT;
use crate::base::name::{RustName, Scope, common_ending, file_stem};
use crate::ir::api::{Direction, TypeDef, TypeKind, Variant};
use crate::ir::ty::Type;

/// The maximum number of values that a name can list.
const MAX_LISTED: usize = 3;
/// The maximum length of a name that lists values.
const MAX_LENGTH: usize = 40;

/// Words that say nothing about an enum alone. Some are names of variants without a name.
const VAGUE: [&str; 7] = ["Array", "Enum", "Kind", "Name", "Object", "Type", "Unknown"];
/// Names of the standard library that a glob import of the models must not hide.
const PRELUDE: [&str; 13] = [
    "Bool", "Char", "Drop", "Fn", "FnOnce", "HashMap", "Send", "Sized", "Str", "Sync", "ToOwned", "ToString",
    "Unpin",
];

/// The description of an enum whose locations have none in common.
const DOCS: &str = "A list of values that several schemas have.";

/// Replaces equal inline enums by aliases of one, if a name is free that says what it is.
pub(in crate::lower) fn share(types: &mut Vec<TypeDef>, fixed: &HashSet<RustName>, names: &mut Scope) {
    let mut groups = groups(types, fixed);
    // If several want the same name, the one with the most uses gets it.
    groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
    for group in groups {
        let Some(name) = wishes(types, &group).into_iter().find(|name| !names.contains(name)) else {
            continue;
        };
        let name = names.claim(&name);
        types.push(shared(types, &group, &name));
        for index in group {
            types[index].kind = TypeKind::Alias(Type::Named(name.clone()));
        }
    }
}

/// Groups the positions of equal enums, in their order.
fn groups(types: &[TypeDef], fixed: &HashSet<RustName>) -> Vec<Vec<usize>> {
    let mut groups: IndexMap<String, Vec<usize>> = IndexMap::new();
    for (index, def) in types.iter().enumerate() {
        let TypeKind::OpenEnum { of, variants } = &def.kind else { continue };
        if variants.len() > 1 && !def.is_component() && !fixed.contains(&def.name) {
            groups.entry(format!("{of:?} {variants:?}")).or_default().push(index);
        }
    }
    groups.into_values().filter(|group| group.len() > 1).collect()
}

/// The names that an enum may get: what the names of its locations end with, then its values.
fn wishes(types: &[TypeDef], group: &[usize]) -> Vec<RustName> {
    let names: Vec<_> = group.iter().map(|index| types[*index].name.clone()).collect();
    let ending = common_ending(&names, &SILENT).filter(|name| {
        let name = name.plain();
        name.len() > 2 && !VAGUE.contains(&name) && !PRELUDE.contains(&name)
    });
    let TypeKind::OpenEnum { variants, .. } = &types[group[0]].kind else { return Vec::new() };
    ending.into_iter().chain(listed(variants)).collect()
}

/// A name that lists the values: `ReadOrWrite`.
fn listed(variants: &[Variant]) -> Option<RustName> {
    let names: Vec<_> = variants.iter().map(|variant| variant.name.plain()).collect();
    let name = names.join("Or");
    let has_words = names.iter().all(|name| name.chars().all(char::is_alphabetic));
    (names.len() <= MAX_LISTED && name.len() <= MAX_LENGTH && has_words).then(|| RustName::upper_camel(&name))
}

/// The enum that all of the group refer to. It has the docs that they have in common.
fn shared(types: &[TypeDef], group: &[usize], name: &RustName) -> TypeDef {
    let mut def = types[group[0]].clone();
    let others = || group.iter().skip(1).map(|index| &types[*index]);
    if def.docs.is_empty() || others().any(|other| other.docs != def.docs) {
        DOCS.clone_into(&mut def.docs);
    }
    if others().any(|other| other.constraints != def.constraints) {
        def.constraints.clear();
    }
    if others().any(|other| other.direction != def.direction) {
        def.direction = Direction::Both;
    }
    def.name = name.clone();
    def.file = file_stem(name.plain());
    def.occurrences = group.len();
    def
}
