//! Types: names, what kind of item they are, who makes them.

use std::collections::BTreeSet;

use super::change::Item;
use super::compare::{Comparison, Items, text};
use super::kind::Kind;
use crate::ir::api::{TypeDef, TypeShape};
use crate::ir::ty::Type;

/// One type on both sides.
#[derive(Clone, Copy)]
pub(super) struct Types<'a> {
    pub(super) old: &'a TypeDef,
    pub(super) new: &'a TypeDef,
}

impl Types<'_> {
    pub(super) fn items(&self) -> Items {
        Items { old: item(self.old), new: item(self.new) }
    }
}

impl<'a> Comparison<'a> {
    pub(super) fn types(&mut self) {
        let (old, new) = (&self.old.output.api, &self.new.output.api);
        let mut known = BTreeSet::new();
        for def in &old.types {
            let name = def.name.as_str();
            let Some(now) = self.new.types.get(self.now(name)).copied() else {
                self.removed(Kind::TypeRemoved, &subject(def), &item(def), &def.pointer).before(kind(def));
                continue;
            };
            known.insert(now.name.as_str());
            if def.name != now.name {
                let types = Types { old: def, new: now };
                self.changed(Kind::TypeRenamed, &subject(def), &types.items(), (&def.pointer, &now.pointer))
                    .between(name, now.name.as_str());
            }
            let meant = self.behind(def, now);
            if meant.name != now.name {
                let items = Types { old: def, new: meant }.items();
                self.changed(Kind::SourceMoved, &subject(def), &items, (&def.pointer, &meant.pointer))
                    .between(def.pointer.to_string(), meant.pointer.to_string());
            }
            self.of_type(Types { old: def, new: meant });
        }
        for def in &new.types {
            if !known.contains(def.name.as_str()) {
                self.added(Kind::TypeAdded, &subject(def), &item(def), &def.pointer).after(kind(def));
            }
        }
    }

    /// The new type behind an alias that took the place of a type, as its name is used as before; otherwise the type
    /// itself. Of a type that was there before, the same traits may be implemented: that is no longer possible.
    fn behind(&self, old: &TypeDef, new: &'a TypeDef) -> &'a TypeDef {
        let (false, TypeShape::Alias(ty)) = (matches!(old.shape, TypeShape::Alias(_)), &new.shape) else {
            return new;
        };
        let Type::Named(name) = self.new.resolved(ty) else { return new };
        let is_fresh = !self.old.types.contains_key(name.as_str());
        self.new.types.get(name.as_str()).copied().filter(|_| is_fresh).unwrap_or(new)
    }

    fn of_type(&mut self, types: Types<'_>) {
        let Types { old, new } = types;
        let (subject, items, at) = (subject(old), types.items(), (&old.pointer, &new.pointer));
        match (&old.shape, &new.shape) {
            (TypeShape::Model(_), TypeShape::Model(_)) => {
                self.literal(&subject, types);
                self.page(&subject, types);
                self.fields(&subject, types);
            }
            (TypeShape::OpenEnum(before), TypeShape::OpenEnum(after)) => {
                self.values(&subject, types, before, after);
            }
            (
                TypeShape::Union { tag: old_tag, variants: before },
                TypeShape::Union { tag: new_tag, variants: after },
            ) => {
                if old_tag != new_tag {
                    let text = |tag: &Option<String>| tag.clone().unwrap_or_else(|| "none".to_owned());
                    self.changed(Kind::TagChanged, &subject, &items, at)
                        .between(text(old_tag), text(new_tag));
                }
                self.choices(&subject, types, before, after);
            }
            (TypeShape::Alias(before), TypeShape::Alias(after)) => {
                if !self.same(before, after) {
                    self.changed(Kind::AliasRetyped, &subject, &items, at)
                        .between(text(Some(before)), text(Some(after)));
                }
            }
            _ => self.changed(Kind::TypeKindChanged, &subject, &items, at).between(kind(old), kind(new)),
        }
        if old.docs != new.docs {
            self.changed(Kind::TypeDocs, &subject, &items, at);
        } else if (&old.pointer, old.places) != (&new.pointer, new.places) && old.name == new.name {
            self.changed(Kind::SourceMoved, &subject, &items, at).between(source(old), source(new));
        }
    }

    /// Whether callers write it, and what beside its fields they write then.
    fn literal(&mut self, subject: &str, types: Types<'_>) {
        let Types { old, new } = types;
        let (items, at) = (types.items(), (&old.pointer, &new.pointer));
        match (old.is_literal(), new.is_literal()) {
            (true, false) => {
                self.changed(Kind::TypeSealed, subject, &items, at);
            }
            (false, true) => {
                self.changed(Kind::TypeOpened, subject, &items, at);
            }
            _ => {}
        }
        match (old.is_open(), new.is_open()) {
            (true, false) => {
                self.changed(Kind::ExtraRemoved, subject, &items, at);
            }
            (false, true) => {
                self.changed(Kind::ExtraAdded, subject, &items, at);
            }
            _ => {}
        }
    }

    fn page(&mut self, subject: &str, types: Types<'_>) {
        let Types { old, new } = types;
        let (items, at) = (types.items(), (&old.pointer, &new.pointer));
        match (&old.page, &new.page) {
            (None, Some(page)) => {
                self.changed(Kind::PageAdded, subject, &items, at).after(text(Some(&page.record)))
            }
            (Some(page), None) => {
                self.changed(Kind::PageRemoved, subject, &items, at).before(text(Some(&page.record)));
            }
            (Some(before), Some(after)) if !self.same(&before.record, &after.record) => {
                self.changed(Kind::RecordRetyped, subject, &items, at)
                    .between(text(Some(&before.record)), text(Some(&after.record)));
            }
            _ => {}
        }
    }
}

pub(super) fn item(def: &TypeDef) -> Item {
    Item::Type(def.name.to_string())
}

pub(super) fn subject(def: &TypeDef) -> String {
    format!("models::{}", def.name)
}

fn kind(def: &TypeDef) -> String {
    match &def.shape {
        TypeShape::Model(_) => "struct".to_owned(),
        TypeShape::OpenEnum(_) => "enum of values".to_owned(),
        TypeShape::Union { .. } => "enum of types".to_owned(),
        TypeShape::Alias(ty) => format!("alias of {}", text(Some(ty))),
    }
}

fn source(def: &TypeDef) -> String {
    let others = if def.places > 1 { format!(" and {} more", def.places - 1) } else { String::new() };
    format!("{}{others}", def.pointer)
}
