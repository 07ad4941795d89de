//! Compares variants: values of open enums, and types of unions.

use super::choice::{Choice, quoted};
use super::compare::{ApiComparison, OneSided, text};
use super::kind::ChangeKind;
use super::locate;
use super::operation_pair::in_another_order;
use super::types::TypePair;
use crate::base::name::WireName;
use crate::ir::api::{TypeDef, TypeKind, Variant};
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

    /// Compares the variants of unions, and of enums by status code.
    pub(super) fn choices(
        &mut self,
        subject: &str,
        types: TypePair<'_>,
        old: &[Choice<'_>],
        new: &[Choice<'_>],
    ) {
        let (items, at) = (types.items(), (&types.old.pointer, &types.new.pointer));
        let Pairing { pairs, removed, added } = self.paired(old, new);
        for (before, after) in pairs {
            let subject = path(subject, before.name);
            if before.name != after.name {
                self.changed(ChangeKind::VariantRenamed, &subject, &items, at)
                    .between(before.name, after.name);
            }
            if !self.same_option(before.ty, after.ty) {
                self.changed(ChangeKind::VariantRetyped, &subject, &items, at)
                    .between(text(before.ty), text(after.ty));
            }
            if (&before.selected_by, before.format) != (&after.selected_by, after.format) {
                self.changed(ChangeKind::VariantWireNameChanged, &subject, &items, at)
                    .between(before.selected_by.as_str(), after.selected_by.as_str());
            }
            self.conversions(&subject, types, (before.sources, after.sources));
        }
        for choice in removed {
            let subject = path(subject, choice.name);
            self.part(ChangeKind::VariantRemoved, &subject, &items, OneSided::Removed(at.0))
                .before(text(choice.ty));
        }
        for choice in added {
            let subject = path(subject, choice.name);
            self.part(ChangeKind::VariantAdded, &subject, &items, OneSided::Added(at.1))
                .after(text(choice.ty));
        }
        if in_another_order(old.iter().map(|choice| choice.name), new.iter().map(|choice| choice.name)) {
            self.changed(ChangeKind::OrderChanged, subject, &items, at);
        }
    }

    /// Pairs variants by name. The others are pairs if the same value selects them, or, without such values, if they have
    /// the same type.
    fn paired<'c>(&self, old: &'c [Choice<'c>], new: &'c [Choice<'c>]) -> Pairing<'c> {
        let mut added: Vec<&Choice<'_>> = new.iter().collect();
        let mut removed: Vec<&Choice<'_>> = old.iter().collect();
        let mut pairs = Vec::new();
        let mut pair = |is_one: &dyn Fn(&Choice<'_>, &Choice<'_>) -> bool| {
            removed.retain(|choice| {
                let found = take(&mut added, |other| is_one(choice, other));
                pairs.extend(found.map(|now| (*choice, now)));
                found.is_none()
            });
        };
        pair(&|choice, other| choice.name == other.name);
        pair(&|choice, other| match (choice.key, other.key) {
            (Some(before), Some(after)) => before == after,
            _ => self.same_option(choice.ty, other.ty),
        });
        Pairing { pairs, removed, added }
    }
}

/// The variants that are in both versions, and those that are in one of them.
struct Pairing<'c> {
    pairs: Vec<(&'c Choice<'c>, &'c Choice<'c>)>,
    removed: Vec<&'c Choice<'c>>,
    added: Vec<&'c Choice<'c>>,
}

impl ApiComparison<'_> {
    /// Compares the types that convert into the union as a variant, or as the variant that a value fits.
    pub(super) fn conversions(
        &mut self,
        subject: &str,
        types: TypePair<'_>,
        (before, after): (&[Type], &[Type]),
    ) {
        // A type that another variant has now still converts.
        let all = |def: &TypeDef| match &def.kind {
            TypeKind::Union { variants, sources, .. } => {
                variants.iter().flat_map(|variant| &variant.sources).chain(sources).cloned().collect()
            }
            _ => Vec::new(),
        };
        let (old, new): (Vec<Type>, Vec<Type>) = (all(types.old), all(types.new));
        let lacks = |side: &Self, list: &[Type], ty: &Type, is_old: bool| {
            !list.iter().any(|other| if is_old { side.same(ty, other) } else { side.same(other, ty) })
        };
        let removed: Vec<_> = before.iter().filter(|ty| lacks(self, &new, ty, true)).collect();
        let added: Vec<_> = after.iter().filter(|ty| lacks(self, &old, ty, false)).collect();
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

/// Removes and returns the first element that matches.
fn take<'v, T>(list: &mut Vec<&'v T>, matches: impl Fn(&T) -> bool) -> Option<&'v T> {
    let index = list.iter().position(|item| matches(item))?;
    Some(list.remove(index))
}

fn path(subject: &str, variant: &str) -> String {
    format!("{subject}::{variant}")
}
