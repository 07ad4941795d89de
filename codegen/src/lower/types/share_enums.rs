//! Uses one enum for equal inline lists of values.
//!
//! Enums of one value are not shared.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::shared_type::{become_aliases, free_name, shared_type};
use crate::base::name::{RustName, Scope};
use crate::ir::api::{TypeDef, TypeKind};

/// Replaces equal inline enums by aliases of one, if a name is free that says what it is.
pub(super) fn share(types: &mut Vec<TypeDef>, fixed: &HashSet<RustName>, names: &mut Scope) {
    let mut groups = groups(types, fixed);
    // If several want the same name, the one with the most uses gets it.
    groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
    for group in groups {
        let Some(name) = free_name(types, &group, names) else { continue };
        types.push(shared_type(types, &group, &name));
        become_aliases(types, &group, &name);
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
