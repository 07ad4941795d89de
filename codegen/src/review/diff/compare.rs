//! The state of a comparison: both crates, the changes found, renamed types, and whether two types are the same.

use std::collections::{BTreeMap, BTreeSet};

use super::change::{Change, Item};
use super::kind::ChangeKind;
use crate::base::diagnostic::NodeLocation;
use crate::base::pointer::Pointer;
use crate::ir::api::{TypeDef, TypeKind};
use crate::ir::ty::{Tuple, TupleItem, Type};
use crate::output::generator_output::Output;
use crate::render::features::Features;
use crate::render::symbol::{DisplayNames, WithoutModelNames};
use crate::render::types::type_text;

/// One of the two crates that are compared.
pub(super) struct CrateSide<'a> {
    pub(super) output: &'a Output,
    pub(super) types: BTreeMap<&'a str, &'a TypeDef>,
    pub(super) features: Features<'a>,
}

impl<'a> CrateSide<'a> {
    fn new(output: &'a Output) -> Self {
        let types = output.api.types.iter().map(|def| (def.name.as_str(), def)).collect();
        Self { output, types, features: Features::new(&output.api) }
    }

    /// Follows aliases to the type that they refer to.
    pub(super) fn resolved<'t>(&self, mut ty: &'t Type) -> &'t Type
    where
        'a: 't,
    {
        // Aliases have no cycles. The bound guarantees that the loop ends.
        for _ in 0..self.types.len() {
            let Type::Named(name) = ty else { break };
            let Some(TypeDef { kind: TypeKind::Alias(inner), .. }) = self.types.get(name.as_str()) else {
                break;
            };
            ty = inner;
        }
        ty
    }

    /// Returns the type that an alias refers to; any other type itself.
    pub(super) fn target(&self, def: &'a TypeDef) -> &'a TypeDef {
        let TypeKind::Alias(ty) = &def.kind else { return def };
        let Type::Named(name) = self.resolved(ty) else { return def };
        self.types.get(name.as_str()).copied().unwrap_or(def)
    }

    /// Returns whether two types of this crate are the same.
    fn same(&self, one: &Type, other: &Type) -> bool {
        match (self.resolved(one), self.resolved(other)) {
            (Type::Array(one), Type::Array(other))
            | (Type::Map(one), Type::Map(other))
            | (Type::Nullable(one), Type::Nullable(other))
            | (Type::Boxed(one), Type::Boxed(other)) => self.same(one, other),
            (Type::Tuple(one), Type::Tuple(other)) => {
                same_tuples(one, other, &|one, other| self.same(one, other))
            }
            (one, other) => one == other,
        }
    }

    /// Returns the location of a node, or of its nearest existing ancestor.
    fn site(&self, pointer: &Pointer) -> NodeLocation {
        let pointer = pointer.existing(&self.output.patched);
        NodeLocation {
            location: self.output.location(&pointer),
            written: self.output.written(&pointer),
            pointer,
        }
    }
}

/// A comparison of two crates, with the changes found so far.
pub(super) struct ApiComparison<'a> {
    pub(super) old: CrateSide<'a>,
    pub(super) new: CrateSide<'a>,
    /// New names of types, by old name.
    renamed: BTreeMap<&'a str, &'a str>,
    pub(super) changes: Vec<Change>,
}

impl<'a> ApiComparison<'a> {
    pub(super) fn new(old: &'a Output, new: &'a Output) -> Self {
        let (old, new) = (CrateSide::new(old), CrateSide::new(new));
        let renamed = renamed(&old, &new);
        Self { old, new, renamed, changes: Vec::new() }
    }

    /// Adds a change of an item that both crates have.
    pub(super) fn changed(
        &mut self,
        kind: ChangeKind,
        subject: &str,
        items: &ItemPair,
        at: (&Pointer, &Pointer),
    ) -> &mut Change {
        let sites = (Some(self.old.site(at.0)), Some(self.new.site(at.1)));
        self.note(kind, subject, (Some(items.old.clone()), Some(items.new.clone())), sites)
    }

    /// Adds a change of an item that only the old crate has.
    pub(super) fn removed(
        &mut self,
        kind: ChangeKind,
        subject: &str,
        item: &Item,
        at: &Pointer,
    ) -> &mut Change {
        let site = self.old.site(at);
        self.note(kind, subject, (Some(item.clone()), None), (Some(site), None))
    }

    /// Adds a change of an item that only the new crate has.
    pub(super) fn added(
        &mut self,
        kind: ChangeKind,
        subject: &str,
        item: &Item,
        at: &Pointer,
    ) -> &mut Change {
        let site = self.new.site(at);
        self.note(kind, subject, (None, Some(item.clone())), (None, Some(site)))
    }

    /// Adds a change of a part that only one of two items has. Both items are shown.
    pub(super) fn part(
        &mut self,
        kind: ChangeKind,
        subject: &str,
        items: &ItemPair,
        at: OneSided<'_>,
    ) -> &mut Change {
        let sites = match at {
            OneSided::Removed(pointer) => (Some(self.old.site(pointer)), None),
            OneSided::Added(pointer) => (None, Some(self.new.site(pointer))),
        };
        self.note(kind, subject, (Some(items.old.clone()), Some(items.new.clone())), sites)
    }

    fn note(
        &mut self,
        kind: ChangeKind,
        subject: &str,
        items: (Option<Item>, Option<Item>),
        sites: (Option<NodeLocation>, Option<NodeLocation>),
    ) -> &mut Change {
        self.changes.push(Change {
            kind,
            subject: subject.to_owned(),
            old_item: items.0,
            new_item: items.1,
            was: None,
            is: None,
            old: sites.0,
            new: sites.1,
        });
        let last = self.changes.len() - 1;
        &mut self.changes[last]
    }

    /// Returns whether two types are the same to Rust, either with aliases resolved or as the old one is written. A
    /// renamed or changed type counts as the same: it has a separate change.
    pub(super) fn same(&self, old: &Type, new: &Type) -> bool {
        self.reads_as(self.old.resolved(old), new) || self.reads_as(old, new)
    }

    /// Returns whether the source of the old type denotes the given type in the new crate.
    fn reads_as(&self, old: &Type, new: &Type) -> bool {
        match (old, self.new.resolved(new)) {
            (Type::Array(old), Type::Array(new))
            | (Type::Map(old), Type::Map(new))
            | (Type::Nullable(old), Type::Nullable(new))
            | (Type::Boxed(old), Type::Boxed(new)) => self.same(old, new),
            (Type::Tuple(old), Type::Tuple(new)) => same_tuples(old, new, &|old, new| self.same(old, new)),
            (Type::Named(old), new) => match self.new.types.get(self.new_name(old.as_str())) {
                Some(TypeDef { kind: TypeKind::Alias(inner), .. }) => self.new.same(inner, new),
                Some(def) => matches!(new, Type::Named(name) if *name == def.name),
                None => false,
            },
            (old, new) => old == new,
        }
    }

    /// Returns the name in the new crate of a type of the old one.
    pub(super) fn new_name<'n>(&self, old: &'n str) -> &'n str
    where
        'a: 'n,
    {
        self.renamed.get(old).copied().unwrap_or(old)
    }

    pub(super) fn same_option(&self, old: Option<&Type>, new: Option<&Type>) -> bool {
        match (old, new) {
            (Some(old), Some(new)) => self.same(old, new),
            (old, new) => old.is_none() && new.is_none(),
        }
    }
}

/// The old and the new item of a change.
pub(super) struct ItemPair {
    pub(super) old: Item,
    pub(super) new: Item,
}

/// The pointer of a part that only one side has.
#[derive(Clone, Copy)]
pub(super) enum OneSided<'p> {
    Removed(&'p Pointer),
    Added(&'p Pointer),
}

impl Change {
    /// Sets the old and the new value.
    pub(super) fn between(&mut self, was: impl Into<String>, is: impl Into<String>) {
        self.was = Some(was.into());
        self.is = Some(is.into());
    }

    /// Sets the old value.
    pub(super) fn before(&mut self, was: impl Into<String>) {
        self.was = Some(was.into());
    }

    /// Sets the new value.
    pub(super) fn after(&mut self, is: impl Into<String>) {
        self.is = Some(is.into());
    }
}

/// Returns a type as Rust source; `()` if there is none.
pub(super) fn text(ty: Option<&Type>) -> String {
    ty.map_or_else(|| "()".to_owned(), |ty| type_text(ty, &mut DisplayNames("")))
}

/// Finds renamed types: by pointer, then by content.
fn renamed<'a>(old: &CrateSide<'a>, new: &CrateSide<'a>) -> BTreeMap<&'a str, &'a str> {
    let new_ones = new.types.values().filter(|def| !old.types.contains_key(def.name.as_str()));
    let mut by_pointer: BTreeMap<String, &TypeDef> =
        new_ones.map(|def| (def.pointer.to_string(), *def)).collect();
    let mut renamed = BTreeMap::new();
    let removed: Vec<&TypeDef> =
        old.types.values().copied().filter(|def| !new.types.contains_key(def.name.as_str())).collect();
    for def in &removed {
        if let Some(now) = by_pointer.remove(&def.pointer.to_string()) {
            renamed.insert(def.name.as_str(), now.name.as_str());
        }
    }
    // A renamed component is recognized by its content, if that is distinctive.
    let mut open: BTreeSet<&str> = by_pointer.values().map(|def| def.name.as_str()).collect();
    for def in removed {
        if renamed.contains_key(def.name.as_str()) || !is_distinctive(&def.kind) {
            continue;
        }
        let alike: Vec<&str> = open
            .iter()
            .copied()
            .filter(|name| new.types.get(name).is_some_and(|now| equal(def, now)))
            .collect();
        if let [only] = alike.as_slice() {
            open.remove(only);
            renamed.insert(def.name.as_str(), only);
        }
    }
    renamed
}

/// Returns whether a type has enough content to be identified by it.
fn is_distinctive(kind: &TypeKind) -> bool {
    match kind {
        TypeKind::Model(fields) => fields.len() > 1,
        TypeKind::OpenEnum { variants, .. } => variants.len() > 1,
        TypeKind::Union { variants, .. } => variants.len() > 1,
        TypeKind::ByStatus(variants) => variants.len() > 1,
        TypeKind::Alias(_) => false,
    }
}

/// Returns whether two types have the same content, apart from the names of types in it.
fn equal(old: &TypeDef, new: &TypeDef) -> bool {
    match (&old.kind, &new.kind) {
        (TypeKind::Model(old), TypeKind::Model(new)) => old
            .iter()
            .map(|field| (&field.wire, kind(&field.ty), field.required))
            .eq(new.iter().map(|field| (&field.wire, kind(&field.ty), field.required))),
        (
            TypeKind::OpenEnum { of: old_of, variants: old },
            TypeKind::OpenEnum { of: new_of, variants: new },
        ) => {
            old_of == new_of
                && old.iter().map(|variant| &variant.wire).eq(new.iter().map(|variant| &variant.wire))
        }
        (
            TypeKind::Union { variants: old, tag: old_tag, .. },
            TypeKind::Union { variants: new, tag: new_tag, .. },
        ) => {
            old_tag == new_tag
                && old
                    .iter()
                    .map(|variant| (&variant.tags, kind(&variant.ty)))
                    .eq(new.iter().map(|variant| (&variant.tags, kind(&variant.ty))))
        }
        (TypeKind::ByStatus(old), TypeKind::ByStatus(new)) => old
            .iter()
            .map(|variant| (&variant.statuses, variant.ty.as_ref().map(kind)))
            .eq(new.iter().map(|variant| (&variant.statuses, variant.ty.as_ref().map(kind)))),
        _ => false,
    }
}

/// Returns a type as Rust source, without the names in it.
fn kind(ty: &Type) -> String {
    type_text(ty, &mut WithoutModelNames)
}

/// Returns whether two tuples have the same items.
fn same_tuples(one: &Tuple, other: &Tuple, same: &dyn Fn(&Type, &Type) -> bool) -> bool {
    let is_same = |(one, other): (&TupleItem, &TupleItem)| {
        one.optional == other.optional && one.nullable == other.nullable && same(&one.ty, &other.ty)
    };
    let rest = match (&one.rest, &other.rest) {
        (Some(one), Some(other)) => same(one, other),
        (one, other) => one.is_none() && other.is_none(),
    };
    rest && one.items.len() == other.items.len() && one.items.iter().zip(&other.items).all(is_same)
}
