//! Compares types: names, kinds of item, pages, and whether callers can construct them.

use std::collections::{BTreeMap, BTreeSet};

use super::change::Item;
use super::choice::Choice;
use super::compare::{ApiComparison, ItemPair, text};
use super::kind::ChangeKind;
use crate::grammar::paths::WEBHOOK_SECTIONS;
use crate::ir::api::{Field, TypeDef, TypeKind};
use crate::ir::constraint::Constraint;
use crate::ir::ty::Type;
use crate::render::argument::is_converted;

/// An old type and its new counterpart.
#[derive(Clone, Copy)]
pub(super) struct TypePair<'a> {
    pub(super) old: &'a TypeDef,
    pub(super) new: &'a TypeDef,
}

impl TypePair<'_> {
    pub(super) fn items(&self) -> ItemPair {
        ItemPair { old: item(self.old), new: item(self.new) }
    }
}

impl<'a> ApiComparison<'a> {
    pub(super) fn types(&mut self) {
        let (old, new) = (&self.old.output.api, &self.new.output.api);
        let mut known = BTreeSet::new();
        // The first of the old types that denote a new type, by its name.
        let mut first_of: BTreeMap<&str, &TypeDef> = BTreeMap::new();
        for def in &old.types {
            let name = def.name.as_str();
            let Some(now) = self.new.types.get(self.new_name(name)).copied() else {
                self.removed(ChangeKind::TypeRemoved, &subject(def), &item(def), &def.pointer)
                    .before(kind(def));
                continue;
            };
            known.insert(now.name.as_str());
            if def.name != now.name {
                let types = TypePair { old: def, new: now };
                self.changed(
                    ChangeKind::TypeRenamed,
                    &subject(def),
                    &types.items(),
                    (&def.pointer, &now.pointer),
                )
                .between(name, now.name.as_str());
            }
            let types = TypePair { old: self.before_own_type(def, now), new: self.behind_alias(def, now) };
            let other = match def.kind {
                TypeKind::Alias(_) => None,
                _ => Some(*first_of.entry(types.new.name.as_str()).or_insert(def)),
            };
            let other = other.filter(|other| other.name != def.name);
            self.identity(TypePair { old: def, new: now }, types, other);
            self.of_type(&subject(def), types);
            self.docs(TypePair { old: def, new: now });
        }
        for def in &new.types {
            if !known.contains(def.name.as_str()) {
                self.added(ChangeKind::TypeAdded, &subject(def), &item(def), &def.pointer).after(kind(def));
            }
        }
    }

    /// Returns the type that the alias refers to if an alias replaced the type, since the name is used as before.
    /// Otherwise returns the type itself.
    fn behind_alias(&self, old: &TypeDef, new: &'a TypeDef) -> &'a TypeDef {
        if matches!(old.kind, TypeKind::Alias(_)) { new } else { self.new.target(new) }
    }

    /// Returns the type that the alias referred to if a type of its own replaced the alias. Otherwise returns the alias
    /// itself.
    fn before_own_type(&self, old: &'a TypeDef, new: &TypeDef) -> &'a TypeDef {
        if matches!(new.kind, TypeKind::Alias(_)) { old } else { self.old.target(old) }
    }

    /// Compares what the name of a type denotes: a type of its own, or one that other names denote, too. `types` are what
    /// the old and the new name denote. `other` is an earlier type that was another one before, and denotes the same new type.
    /// User code may implement a trait for both, which doesn't compile once they are the same.
    fn identity(&mut self, names: TypePair<'a>, types: TypePair<'a>, other: Option<&TypeDef>) {
        let (subject, at) = (subject(names.old), (&types.old.pointer, &types.new.pointer));
        let items = TypePair { old: names.old, new: types.new }.items();
        if let Some(other) = other {
            self.changed(ChangeKind::TypeMerged, &subject, &items, at)
                .between(names.old.name.as_str(), other.name.as_str());
        }
        let has_variants = !matches!(names.old.kind, TypeKind::Model(_) | TypeKind::Alias(_));
        if types.new.name != names.new.name && has_variants {
            self.changed(ChangeKind::TypeAliased, &subject, &items, at)
                .between(names.old.name.as_str(), format!("alias of {}", types.new.name));
        } else if types.new.name != names.new.name && types.new.written != names.old.written {
            self.changed(ChangeKind::SourceMoved, &subject, &items, at)
                .between(names.old.written.to_string(), types.new.written.to_string());
        }
        if types.old.name != names.old.name {
            self.changed(ChangeKind::TypeSeparated, &subject, &types.items(), at)
                .between(types.old.name.as_str(), names.new.name.as_str());
        }
    }

    fn of_type(&mut self, subject: &str, types: TypePair<'_>) {
        let TypePair { old, new } = types;
        let (items, at) = (types.items(), (&old.pointer, &new.pointer));
        match (&old.kind, &new.kind) {
            (TypeKind::Model(_), TypeKind::Model(_)) => {
                self.literal(subject, types);
                self.creation(subject, types);
                self.page(subject, types);
                self.fields(subject, types);
            }
            (
                TypeKind::OpenEnum { of: old_of, variants: before },
                TypeKind::OpenEnum { of: new_of, variants: after },
            ) if old_of == new_of => {
                self.default(subject, types);
                self.values(subject, types, before, after);
            }
            (
                TypeKind::Union { tag: old_tag, variants: before, sources: old_sources },
                TypeKind::Union { tag: new_tag, variants: after, sources: new_sources },
            ) => {
                if old_tag != new_tag {
                    let text = |tag: &Option<String>| tag.clone().unwrap_or_else(|| "none".to_owned());
                    self.changed(ChangeKind::TagChanged, subject, &items, at)
                        .between(text(old_tag), text(new_tag));
                }
                self.choices(subject, types, &Choice::of_union(before), &Choice::of_union(after));
                self.conversions(subject, types, (old_sources, new_sources));
            }
            (TypeKind::ByStatus(before), TypeKind::ByStatus(after)) => {
                self.choices(subject, types, &Choice::by_status(before), &Choice::by_status(after));
            }
            (TypeKind::Alias(before), TypeKind::Alias(after)) => {
                if !self.same(before, after) {
                    self.changed(ChangeKind::AliasRetyped, subject, &items, at)
                        .between(text(Some(before)), text(Some(after)));
                }
            }
            _ => self.changed(ChangeKind::TypeKindChanged, subject, &items, at).between(kind(old), kind(new)),
        }
    }

    /// Compares what the docs of a name state, and where it comes from.
    fn docs(&mut self, types: TypePair<'_>) {
        let TypePair { old, new } = types;
        let (subject, items, at) = (subject(old), types.items(), (&old.pointer, &new.pointer));
        if said(old) != said(new) {
            self.changed(ChangeKind::TypeDocs, &subject, &items, at);
        } else if (&old.pointer, old.occurrences) != (&new.pointer, new.occurrences) && old.name == new.name {
            self.changed(ChangeKind::SourceMoved, &subject, &items, at).between(source(old), source(new));
        }
    }

    /// Compares whether callers can write the struct as a literal, and whether it has a field `extra`.
    fn literal(&mut self, subject: &str, types: TypePair<'_>) {
        let TypePair { old, new } = types;
        let (items, at) = (types.items(), (&old.pointer, &new.pointer));
        match (old.is_literal(), new.is_literal()) {
            (true, false) => {
                self.changed(ChangeKind::TypeSealed, subject, &items, at);
            }
            (false, true) => {
                self.changed(ChangeKind::TypeOpened, subject, &items, at);
            }
            _ => {}
        }
        match (old.is_open(), new.is_open()) {
            (true, false) => {
                self.changed(ChangeKind::ExtraRemoved, subject, &items, at);
            }
            (false, true) => {
                self.changed(ChangeKind::ExtraAdded, subject, &items, at);
            }
            _ => {}
        }
    }

    /// Compares how callers create values without naming each field: by `Default` or by `new`.
    fn creation(&mut self, subject: &str, types: TypePair<'_>) {
        let TypePair { old, new } = types;
        self.default(subject, types);
        let (before, after) = (old.constructor(), new.constructor());
        let (items, at) = (types.items(), (&old.pointer, &new.pointer));
        if before.is_empty() {
            if !after.is_empty() {
                self.changed(ChangeKind::ConstructorAdded, subject, &items, at);
            }
            return;
        }
        if after.is_empty() {
            self.changed(ChangeKind::ConstructorRemoved, subject, &items, at);
            return;
        }
        let types = before.iter().zip(&after);
        let accepts = |(old, new): (&&Field, &&Field)| {
            self.same(&old.ty, &new.ty) && (is_converted(&new.ty) || !is_converted(&old.ty))
        };
        let are_same = before.len() == after.len() && types.clone().all(accepts);
        let moved = |(old, new): (&&Field, &&Field)| {
            old.wire != new.wire && after.iter().any(|other| other.wire == old.wire)
        };
        let is_swapped = types.clone().any(moved);
        let kind = match (are_same, is_swapped) {
            (false, _) => ChangeKind::ConstructorChanged,
            (true, true) => ChangeKind::ConstructorSwapped,
            (true, false) => return,
        };
        let text = |fields: &[&Field]| {
            let arguments = fields.iter().map(|field| format!("{}: {}", field.name.plain(), field.ty));
            format!("new({})", arguments.collect::<Vec<_>>().join(", "))
        };
        self.changed(kind, subject, &items, at).between(text(&before), text(&after));
    }

    /// Compares whether the type implements `Default`.
    fn default(&mut self, subject: &str, types: TypePair<'_>) {
        let TypePair { old, new } = types;
        let (items, at) = (types.items(), (&old.pointer, &new.pointer));
        match (old.has_default, new.has_default) {
            (true, false) => {
                self.changed(ChangeKind::DefaultRemoved, subject, &items, at);
            }
            (false, true) => {
                self.changed(ChangeKind::DefaultAdded, subject, &items, at);
            }
            _ => {}
        }
    }

    fn page(&mut self, subject: &str, types: TypePair<'_>) {
        let TypePair { old, new } = types;
        let (items, at) = (types.items(), (&old.pointer, &new.pointer));
        match (&old.page, &new.page) {
            (None, Some(page)) => {
                self.changed(ChangeKind::PageAdded, subject, &items, at).after(text(Some(&page.record)))
            }
            (Some(page), None) => {
                self.changed(ChangeKind::PageRemoved, subject, &items, at).before(text(Some(&page.record)));
            }
            (Some(before), Some(after)) if !self.same(&before.record, &after.record) => {
                self.changed(ChangeKind::RecordRetyped, subject, &items, at)
                    .between(text(Some(&before.record)), text(Some(&after.record)));
            }
            _ => {}
        }
    }
}

pub(super) fn item(def: &TypeDef) -> Item {
    let name = def.name.to_string();
    if is_event(def) { Item::Webhook(name) } else { Item::Type(name) }
}

/// Returns whether the type is the union of all webhooks, which is no model.
fn is_event(def: &TypeDef) -> bool {
    matches!(def.pointer.tokens(), [section] if WEBHOOK_SECTIONS.contains(&section.as_str()))
}

pub(super) fn subject(def: &TypeDef) -> String {
    let module = if is_event(def) { def.file.as_str() } else { "models" };
    format!("{module}::{}", def.name)
}

fn kind(def: &TypeDef) -> String {
    match &def.kind {
        TypeKind::Model(_) => "struct".to_owned(),
        TypeKind::OpenEnum { of: Type::String, .. } => "enum of values".to_owned(),
        TypeKind::OpenEnum { of, .. } => format!("enum of {of} values"),
        TypeKind::Union { .. } => "enum of types".to_owned(),
        TypeKind::ByStatus(_) => "enum by status code".to_owned(),
        TypeKind::Alias(ty) => format!("alias of {}", text(Some(ty))),
    }
}

fn source(def: &TypeDef) -> String {
    let others =
        if def.occurrences > 1 { format!(" and {} more", def.occurrences - 1) } else { String::new() };
    format!("{}{others}", def.written)
}

/// What the docs of a type state.
fn said(def: &TypeDef) -> (&str, &[Constraint], Vec<&Vec<Constraint>>) {
    let variants = match &def.kind {
        TypeKind::Union { variants, .. } => {
            let lists = variants.iter().flat_map(|variant| &variant.constraints);
            lists.filter(|constraints| !constraints.is_empty()).collect()
        }
        _ => Vec::new(),
    };
    (&def.docs, &def.constraints, variants)
}
