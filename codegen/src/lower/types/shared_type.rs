//! The type that replaces equal inline types.
//!
//! Equal schemas may differ in the next version of a description. So each location keeps a name of its own, an alias of the
//! shared type, and a program keeps the names that it uses when one location changes.

use std::collections::HashMap;

use crate::base::name::{RustName, Scope, common_ending, file_stem};
use crate::ir::api::{Direction, TypeDef, TypeKind};
use crate::ir::ty::Type;

/// The maximum number of values that a name can list.
const MAX_VALUES: usize = 3;
/// The maximum number of properties that a name can list.
const MAX_FIELDS: usize = 2;
/// The maximum length of a name that lists parts.
const MAX_LENGTH: usize = 40;

/// Words for the location of a type, which don't describe it.
const SILENT: [&str; 9] =
    ["Body", "Error", "Form", "Item", "Request", "Response", "Success", "Value", "Variant"];
/// Words that say nothing about a type alone. Some are names of variants without a name.
const VAGUE: [&str; 7] = ["Array", "Enum", "Kind", "Name", "Object", "Type", "Unknown"];
/// Names of the standard library that a glob import of the models must not hide.
const PRELUDE: [&str; 13] = [
    "Bool", "Char", "Drop", "Fn", "FnOnce", "HashMap", "Send", "Sized", "Str", "Sync", "ToOwned", "ToString",
    "Unpin",
];

/// The description of a shared type whose locations have none in common.
const DOCS: &str = "An inline schema at several locations.";
const ENUM_DOCS: &str = "A list of values that several schemas have.";

/// Claims the first name that a shared type may get and that is free.
pub(super) fn free_name(types: &[TypeDef], group: &[usize], names: &mut Scope) -> Option<RustName> {
    let name = wishes(types, group).into_iter().find(|name| !names.contains(name))?;
    Some(names.claim(&name))
}

/// The names that a shared type may get: what the names of its locations end with, then its parts.
fn wishes(types: &[TypeDef], group: &[usize]) -> Vec<RustName> {
    let names: Vec<_> = group.iter().map(|index| types[*index].name.clone()).collect();
    let ending = common_ending(&names, &SILENT).filter(|name| {
        let name = name.plain();
        name.len() > 2 && !VAGUE.contains(&name) && !PRELUDE.contains(&name)
    });
    ending.into_iter().chain(group.first().and_then(|index| listed(&types[*index].kind))).collect()
}

/// A name that lists the parts of a type: `ReadOrWrite`, `AmountAndCurrency`.
fn listed(kind: &TypeKind) -> Option<RustName> {
    let (parts, word): (Vec<_>, _) = match kind {
        TypeKind::OpenEnum { variants, .. } if variants.len() <= MAX_VALUES => {
            (variants.iter().map(|variant| variant.name.plain().to_owned()).collect(), "Or")
        }
        TypeKind::Model(fields) if fields.len() <= MAX_FIELDS => {
            let name = |name: &RustName| RustName::upper_camel(name.plain()).plain().to_owned();
            (fields.iter().map(|field| name(&field.name)).collect(), "And")
        }
        _ => return None,
    };
    let name = parts.join(word);
    let has_words = parts.iter().all(|part| part.chars().all(char::is_alphabetic));
    (name.len() <= MAX_LENGTH && has_words).then(|| RustName::upper_camel(&name))
}

/// The type that all members refer to. It has the docs that they have in common.
pub(super) fn shared_type(types: &[TypeDef], members: &[usize], name: &RustName) -> TypeDef {
    let mut def = types[members[0]].clone();
    let others = || members.iter().skip(1).map(|index| &types[*index]);
    if def.docs.is_empty() || others().any(|other| other.docs != def.docs) {
        let docs = if matches!(def.kind, TypeKind::OpenEnum { .. }) { ENUM_DOCS } else { DOCS };
        docs.clone_into(&mut def.docs);
    }
    if others().any(|other| other.constraints != def.constraints) {
        def.constraints.clear();
    }
    if others().any(|other| other.direction != def.direction) {
        def.direction = Direction::Both;
    }
    def.name = name.clone();
    def.file = file_stem(name.plain());
    def.occurrences = members.len();
    def
}

/// Makes types aliases of another one.
pub(super) fn become_aliases(types: &mut [TypeDef], members: &[usize], target: &RustName) {
    for index in members {
        types[*index].kind = TypeKind::Alias(Type::Named(target.clone()));
    }
}

/// Moves each alias of an inline type that is alone in its file to the file of that type.
pub(super) fn join_files(types: &mut [TypeDef]) {
    let mut sizes: HashMap<&str, usize> = HashMap::new();
    for def in &*types {
        *sizes.entry(&def.file).or_default() += 1;
    }
    let files: HashMap<&RustName, &str> =
        types.iter().filter(|def| !def.is_component()).map(|def| (&def.name, def.file.as_str())).collect();
    let moved: Vec<Option<String>> = types
        .iter()
        .map(|def| match &def.kind {
            TypeKind::Alias(Type::Named(target))
                if !def.is_component() && sizes.get(def.file.as_str()) == Some(&1) =>
            {
                files.get(target).map(|file| (*file).to_owned())
            }
            _ => None,
        })
        .collect();
    for (def, file) in types.iter_mut().zip(moved) {
        if let Some(file) = file {
            def.file = file;
        }
    }
}
