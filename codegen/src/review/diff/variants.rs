//! Compares variants: values of open enums, and types of unions.

use super::compare::{ApiComparison, OneSided, text};
use super::kind::ChangeKind;
use super::locate;
use super::operation_pair::in_another_order;
use super::types::TypePair;
use crate::base::name::WireName;
use crate::ir::api::{StatusVariant, TypeDef, TypeKind, UnionVariant, Variant};
use crate::ir::ty::Type;

impl ApiComparison<'_> {
    pub(super) fn values<'v>(
        &mut self,
        subject: &str,
        types: TypePair<'_>,
        old: &'v [Variant],
        new: &'v [Variant],
    ) {
        let items = types.items();
        let before = |side: &Self, wire: &WireName| {
            locate::value(&side.old.output.patched, &types.old.pointer, wire.as_str())
        };
        let after = |side: &Self, wire: &WireName| {
            locate::value(&side.new.output.patched, &types.new.pointer, wire.as_str())
        };
        let mut added: Vec<&Variant> = new.iter().collect();
        let mut removed: Vec<&Variant> = Vec::new();
        for variant in old {
            let Some(now) = take(&mut added, |other| other.wire == variant.wire) else {
                removed.push(variant);
                continue;
            };
            if variant.name != now.name {
                let at = (before(self, &variant.wire), after(self, &now.wire));
                let reused = new.iter().any(|other| other.name == variant.name);
                let kind = if reused { ChangeKind::ValueReused } else { ChangeKind::ValueRenamed };
                self.changed(kind, &path(subject, variant.name.as_str()), &items, (&at.0, &at.1))
                    .between(variant.name.as_str(), now.name.as_str());
            }
        }
        for variant in removed {
            let subject = path(subject, variant.name.as_str());
            let was = before(self, &variant.wire);
            if let Some(now) = take(&mut added, |other| other.name == variant.name) {
                let is = after(self, &now.wire);
                self.changed(ChangeKind::ValueWireNameChanged, &subject, &items, (&was, &is))
                    .between(quoted(&variant.wire), quoted(&now.wire));
            } else {
                let reused = new.iter().any(|other| other.name == variant.name);
                let kind = if reused { ChangeKind::ValueReused } else { ChangeKind::ValueRemoved };
                self.part(kind, &subject, &items, OneSided::Removed(&was)).before(quoted(&variant.wire));
            }
        }
        for variant in added {
            let at = after(self, &variant.wire);
            self.part(
                ChangeKind::ValueAdded,
                &path(subject, variant.name.as_str()),
                &items,
                OneSided::Added(&at),
            )
            .after(quoted(&variant.wire));
        }
        let wires = |list: &'v [Variant]| list.iter().map(|variant| &variant.wire);
        if in_another_order(wires(old), wires(new)) {
            self.changed(ChangeKind::OrderChanged, subject, &items, (&types.old.pointer, &types.new.pointer));
        }
    }

    pub(super) fn choices<'v>(
        &mut self,
        subject: &str,
        types: TypePair<'_>,
        old: &'v [UnionVariant],
        new: &'v [UnionVariant],
    ) {
        let (items, at) = (types.items(), (&types.old.pointer, &types.new.pointer));
        let mut added: Vec<&UnionVariant> = new.iter().collect();
        let mut pairs: Vec<(&UnionVariant, &UnionVariant)> = Vec::new();
        let mut open: Vec<&UnionVariant> = old.iter().collect();
        open.retain(|variant| {
            let found = take(&mut added, |other| other.name == variant.name);
            pairs.extend(found.map(|now| (*variant, now)));
            found.is_none()
        });
        open.retain(|variant| {
            let is_one = |other: &UnionVariant| match (variant.tags.first(), other.tags.first()) {
                (Some(before), Some(after)) => before == after,
                _ => self.same(&variant.ty, &other.ty),
            };
            let found = take(&mut added, is_one);
            pairs.extend(found.map(|now| (*variant, now)));
            found.is_none()
        });
        for (before, after) in pairs {
            let subject = path(subject, before.name.as_str());
            if before.name != after.name {
                self.changed(ChangeKind::VariantRenamed, &subject, &items, at)
                    .between(before.name.as_str(), after.name.as_str());
            }
            if !self.same(&before.ty, &after.ty) {
                self.changed(ChangeKind::VariantRetyped, &subject, &items, at)
                    .between(text(Some(&before.ty)), text(Some(&after.ty)));
            }
            if (&before.tags, before.is_default) != (&after.tags, after.is_default) {
                self.changed(ChangeKind::VariantWireNameChanged, &subject, &items, at)
                    .between(tags(before), tags(after));
            }
            self.conversions(&subject, types, before, after);
        }
        for variant in open {
            self.part(
                ChangeKind::VariantRemoved,
                &path(subject, variant.name.as_str()),
                &items,
                OneSided::Removed(at.0),
            )
            .before(text(Some(&variant.ty)));
        }
        for variant in added {
            self.part(
                ChangeKind::VariantAdded,
                &path(subject, variant.name.as_str()),
                &items,
                OneSided::Added(at.1),
            )
            .after(text(Some(&variant.ty)));
        }
        let names = |list: &'v [UnionVariant]| list.iter().map(|variant| &variant.name);
        if in_another_order(names(old), names(new)) {
            self.changed(ChangeKind::OrderChanged, subject, &items, at);
        }
    }
}

impl ApiComparison<'_> {
    /// Compares the types that convert into the union as a variant.
    fn conversions(
        &mut self,
        subject: &str,
        types: TypePair<'_>,
        before: &UnionVariant,
        after: &UnionVariant,
    ) {
        // A type that another variant has now still converts.
        let all = |def: &TypeDef| match &def.kind {
            TypeKind::Union { variants, .. } => {
                variants.iter().flat_map(|variant| variant.sources.clone()).collect()
            }
            _ => Vec::new(),
        };
        let (old, new): (Vec<Type>, Vec<Type>) = (all(types.old), all(types.new));
        let lacks = |side: &Self, list: &[Type], ty: &Type, is_old: bool| {
            !list.iter().any(|other| if is_old { side.same(ty, other) } else { side.same(other, ty) })
        };
        let removed: Vec<_> = before.sources.iter().filter(|ty| lacks(self, &new, ty, true)).collect();
        let added: Vec<_> = after.sources.iter().filter(|ty| lacks(self, &old, ty, false)).collect();
        let (items, at) = (types.items(), (&types.old.pointer, &types.new.pointer));
        let list = |types: &[&Type]| types.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        if !removed.is_empty() {
            self.changed(ChangeKind::ConversionRemoved, subject, &items, at)
                .between(list(&removed), "none".to_owned());
        }
        if !added.is_empty() {
            self.changed(ChangeKind::ConversionAdded, subject, &items, at)
                .between("none".to_owned(), list(&added));
        }
    }
}

/// Compares the variants of enums by status code.
impl ApiComparison<'_> {
    pub(super) fn by_status<'v>(
        &mut self,
        subject: &str,
        types: TypePair<'_>,
        old: &'v [StatusVariant],
        new: &'v [StatusVariant],
    ) {
        let (items, at) = (types.items(), (&types.old.pointer, &types.new.pointer));
        let mut added: Vec<&StatusVariant> = new.iter().collect();
        for variant in old {
            let subject = path(subject, variant.name.as_str());
            let Some(now) = take(&mut added, |other| other.name == variant.name) else {
                self.part(ChangeKind::VariantRemoved, &subject, &items, OneSided::Removed(at.0))
                    .before(text(variant.ty.as_ref()));
                continue;
            };
            if !self.same_option(variant.ty.as_ref(), now.ty.as_ref()) {
                self.changed(ChangeKind::VariantRetyped, &subject, &items, at)
                    .between(text(variant.ty.as_ref()), text(now.ty.as_ref()));
            }
            if (&variant.statuses, variant.format) != (&now.statuses, now.format) {
                self.changed(ChangeKind::VariantWireNameChanged, &subject, &items, at)
                    .between(variant.statuses.join(", "), now.statuses.join(", "));
            }
        }
        for variant in added {
            self.part(
                ChangeKind::VariantAdded,
                &path(subject, variant.name.as_str()),
                &items,
                OneSided::Added(at.1),
            )
            .after(text(variant.ty.as_ref()));
        }
        let names = |list: &'v [StatusVariant]| list.iter().map(|variant| &variant.name);
        if in_another_order(names(old), names(new)) {
            self.changed(ChangeKind::OrderChanged, subject, &items, at);
        }
    }
}

/// The values that select a variant.
fn tags(variant: &UnionVariant) -> String {
    let default = variant.is_default.then(|| "all other values".to_owned());
    let tags: Vec<_> = variant.tags.iter().map(quoted).chain(default).collect();
    if tags.is_empty() { "none".to_owned() } else { tags.join(", ") }
}

/// Removes and returns the first element that matches.
fn take<'v, T>(list: &mut Vec<&'v T>, matches: impl Fn(&T) -> bool) -> Option<&'v T> {
    let index = list.iter().position(|item| matches(item))?;
    Some(list.remove(index))
}

fn path(subject: &str, variant: &str) -> String {
    format!("{subject}::{variant}")
}

fn quoted(wire: &WireName) -> String {
    format!("{:?}", wire.as_str())
}
