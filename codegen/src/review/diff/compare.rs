//! Both sides, what became of names, and when two types are one.

use std::collections::{BTreeMap, BTreeSet};

use super::change::{Change, Item};
use super::kind::Kind;
use crate::base::diagnostic::Site;
use crate::base::pointer::Pointer;
use crate::ir::api::{TypeDef, TypeShape};
use crate::ir::ty::Type;
use crate::output::run::Output;
use crate::render::features::Features;
use crate::render::symbol::{Nameless, Told};
use crate::render::types::type_text;

/// One of the two crates.
pub(super) struct Side<'a> {
    pub(super) output: &'a Output,
    pub(super) types: BTreeMap<&'a str, &'a TypeDef>,
    pub(super) features: Features<'a>,
}

impl<'a> Side<'a> {
    fn new(output: &'a Output) -> Self {
        let types = output.api.types.iter().map(|def| (def.name.as_str(), def)).collect();
        Self { output, types, features: Features::new(&output.api) }
    }

    /// What an alias stands for, at last.
    pub(super) fn resolved<'t>(&self, mut ty: &'t Type) -> &'t Type
    where
        'a: 't,
    {
        // An alias never leads back to itself; the bound only says so.
        for _ in 0..self.types.len() {
            let Type::Named(name) = ty else { break };
            let Some(TypeDef { shape: TypeShape::Alias(inner), .. }) = self.types.get(name.as_str()) else {
                break;
            };
            ty = inner;
        }
        ty
    }

    /// Whether two types of this crate are one.
    fn same(&self, one: &Type, other: &Type) -> bool {
        match (self.resolved(one), self.resolved(other)) {
            (Type::List(one), Type::List(other))
            | (Type::Map(one), Type::Map(other))
            | (Type::Nullable(one), Type::Nullable(other))
            | (Type::Boxed(one), Type::Boxed(other)) => self.same(one, other),
            (one, other) => one == other,
        }
    }

    /// A node of the description, as deep as there is one.
    fn site(&self, pointer: &Pointer) -> Site {
        let pointer = pointer.existing(&self.output.patched);
        Site { place: self.output.place(&pointer), pointer }
    }
}

/// The comparison: what has been found so far.
pub(super) struct Comparison<'a> {
    pub(super) old: Side<'a>,
    pub(super) new: Side<'a>,
    /// New names of types, by their old ones.
    renamed: BTreeMap<&'a str, &'a str>,
    pub(super) changes: Vec<Change>,
}

impl<'a> Comparison<'a> {
    pub(super) fn new(old: &'a Output, new: &'a Output) -> Self {
        let (old, new) = (Side::new(old), Side::new(new));
        let renamed = renamed(&old, &new);
        Self { old, new, renamed, changes: Vec::new() }
    }

    /// Notes a change of something that both have.
    pub(super) fn changed(
        &mut self,
        kind: Kind,
        subject: &str,
        items: &Items,
        at: (&Pointer, &Pointer),
    ) -> &mut Change {
        let sites = (Some(self.old.site(at.0)), Some(self.new.site(at.1)));
        self.note(kind, subject, (Some(items.old.clone()), Some(items.new.clone())), sites)
    }

    /// Notes what only the old one has.
    pub(super) fn removed(&mut self, kind: Kind, subject: &str, item: &Item, at: &Pointer) -> &mut Change {
        let site = self.old.site(at);
        self.note(kind, subject, (Some(item.clone()), None), (Some(site), None))
    }

    /// Notes what only the new one has.
    pub(super) fn added(&mut self, kind: Kind, subject: &str, item: &Item, at: &Pointer) -> &mut Change {
        let site = self.new.site(at);
        self.note(kind, subject, (None, Some(item.clone())), (None, Some(site)))
    }

    /// Notes a change of a part that only one of two items has: both items are shown.
    pub(super) fn part(&mut self, kind: Kind, subject: &str, items: &Items, at: Part<'_>) -> &mut Change {
        let sites = match at {
            Part::Gone(pointer) => (Some(self.old.site(pointer)), None),
            Part::New(pointer) => (None, Some(self.new.site(pointer))),
        };
        self.note(kind, subject, (Some(items.old.clone()), Some(items.new.clone())), sites)
    }

    fn note(
        &mut self,
        kind: Kind,
        subject: &str,
        items: (Option<Item>, Option<Item>),
        sites: (Option<Site>, Option<Site>),
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

    /// Whether two types are one to Rust: by what aliases stand for, or as the old one is written. Where another name
    /// is told of a type, or that it is something else, what it is used for didn't change.
    pub(super) fn same(&self, old: &Type, new: &Type) -> bool {
        self.reads_as(self.old.resolved(old), new) || self.reads_as(old, new)
    }

    /// Whether the old type, as it is written, is the given one to the new crate.
    fn reads_as(&self, old: &Type, new: &Type) -> bool {
        match (old, self.new.resolved(new)) {
            (Type::List(old), Type::List(new))
            | (Type::Map(old), Type::Map(new))
            | (Type::Nullable(old), Type::Nullable(new))
            | (Type::Boxed(old), Type::Boxed(new)) => self.same(old, new),
            (Type::Named(old), new) => match self.new.types.get(self.now(old.as_str())) {
                Some(TypeDef { shape: TypeShape::Alias(inner), .. }) => self.new.same(inner, new),
                Some(def) => matches!(new, Type::Named(name) if *name == def.name),
                None => false,
            },
            (old, new) => old == new,
        }
    }

    /// What a type of the old crate is called in the new one.
    pub(super) fn now<'n>(&self, old: &'n str) -> &'n str
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

/// The items that a change belongs to.
pub(super) struct Items {
    pub(super) old: Item,
    pub(super) new: Item,
}

/// A part that only one side has.
#[derive(Clone, Copy)]
pub(super) enum Part<'p> {
    Gone(&'p Pointer),
    New(&'p Pointer),
}

impl Change {
    /// Says from what to what.
    pub(super) fn between(&mut self, was: impl Into<String>, is: impl Into<String>) {
        self.was = Some(was.into());
        self.is = Some(is.into());
    }

    /// Says what was there.
    pub(super) fn before(&mut self, was: impl Into<String>) {
        self.was = Some(was.into());
    }

    /// Says what is there.
    pub(super) fn after(&mut self, is: impl Into<String>) {
        self.is = Some(is.into());
    }
}

/// A type as it reads in Rust; none is `()`.
pub(super) fn text(ty: Option<&Type>) -> String {
    ty.map_or_else(|| "()".to_owned(), |ty| type_text(ty, &mut Told("")))
}

/// What types of one side are called on the other, where that differs: they stand at the same place of the
/// description.
fn renamed<'a>(old: &Side<'a>, new: &Side<'a>) -> BTreeMap<&'a str, &'a str> {
    let new_ones = new.types.values().filter(|def| !old.types.contains_key(def.name.as_str()));
    let mut by_pointer: BTreeMap<String, &TypeDef> =
        new_ones.map(|def| (def.pointer.to_string(), *def)).collect();
    let mut renamed = BTreeMap::new();
    let gone: Vec<&TypeDef> =
        old.types.values().copied().filter(|def| !new.types.contains_key(def.name.as_str())).collect();
    for def in &gone {
        if let Some(now) = by_pointer.remove(&def.pointer.to_string()) {
            renamed.insert(def.name.as_str(), now.name.as_str());
        }
    }
    // A component under another name is told by its content, if that is not alike by chance.
    let mut open: BTreeSet<&str> = by_pointer.values().map(|def| def.name.as_str()).collect();
    for def in gone {
        if renamed.contains_key(def.name.as_str()) || !tells(&def.shape) {
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

/// Whether a shape says enough to be known again by it.
fn tells(shape: &TypeShape) -> bool {
    match shape {
        TypeShape::Model(fields) => fields.len() > 1,
        TypeShape::OpenEnum(variants) => variants.len() > 1,
        TypeShape::Union { variants, .. } => variants.len() > 1,
        TypeShape::Alias(_) => false,
    }
}

/// Whether two types have the same content; what it is called inside may differ.
fn equal(old: &TypeDef, new: &TypeDef) -> bool {
    match (&old.shape, &new.shape) {
        (TypeShape::Model(old), TypeShape::Model(new)) => old
            .iter()
            .map(|field| (&field.wire, kind(&field.ty), field.required))
            .eq(new.iter().map(|field| (&field.wire, kind(&field.ty), field.required))),
        (TypeShape::OpenEnum(old), TypeShape::OpenEnum(new)) => {
            old.iter().map(|variant| &variant.wire).eq(new.iter().map(|variant| &variant.wire))
        }
        (
            TypeShape::Union { variants: old, tag: old_tag },
            TypeShape::Union { variants: new, tag: new_tag },
        ) => {
            old_tag == new_tag
                && old
                    .iter()
                    .map(|variant| (&variant.tag, kind(&variant.ty)))
                    .eq(new.iter().map(|variant| (&variant.tag, kind(&variant.ty))))
        }
        _ => false,
    }
}

/// A type without the names in it.
fn kind(ty: &Type) -> String {
    type_text(ty, &mut Nameless)
}
