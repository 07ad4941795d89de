//! Compares fields of structs.

use super::compare::{ApiComparison, ItemPair, OneSided};
use super::kind::ChangeKind;
use super::locate;
use super::operation_pair::in_another_order;
use super::operation_pair::value;
use super::types::TypePair;
use crate::base::pointer::Pointer;
use crate::base::suggest;
use crate::ir::api::{Field, Presence, TypeDef, TypeKind};
use crate::ir::constraint::Constraint;
use crate::render::symbol::DisplayNames;
use crate::render::types::field_text;

/// A field and its struct.
#[derive(Clone, Copy)]
struct StructField<'a> {
    def: &'a TypeDef,
    field: &'a Field,
}

impl StructField<'_> {
    fn text(&self) -> String {
        field_text(self.def, self.field, &mut DisplayNames(""))
    }

    fn presence(&self) -> Presence {
        self.def.presence(self.field)
    }

    fn demands(&self) -> bool {
        self.def.demands(self.field)
    }
}

impl ApiComparison<'_> {
    pub(super) fn fields(&mut self, subject: &str, types: TypePair<'_>) {
        let TypePair { old, new } = types;
        let items = types.items();
        let (pairs, removed, added) = self.matched_fields(old, new);
        for member in removed {
            let at = locate::property(&self.old.output.patched, &old.pointer, member.field.wire.as_str());
            let kind =
                if self.reuses(member, new) { ChangeKind::FieldReused } else { ChangeKind::FieldRemoved };
            self.part(kind, &path(subject, member.field), &items, OneSided::Removed(&at))
                .before(member.text());
        }
        for member in added {
            let at = locate::property(&self.new.output.patched, &new.pointer, member.field.wire.as_str());
            let kind =
                if old.is_literal() { ChangeKind::FieldAddedToLiteral } else { ChangeKind::FieldAdded };
            self.part(kind, &path(subject, member.field), &items, OneSided::Added(&at)).after(member.text());
        }
        for (before, after) in &pairs {
            let at = (
                locate::property(&self.old.output.patched, &old.pointer, before.field.wire.as_str()),
                locate::property(&self.new.output.patched, &new.pointer, after.field.wire.as_str()),
            );
            self.field(&path(subject, before.field), &items, (*before, *after), (&at.0, &at.1));
        }
        let keys = |def| fields(def).iter().map(|field| &field.wire);
        if in_another_order(keys(old), keys(new)) {
            self.changed(ChangeKind::OrderChanged, subject, &items, (&old.pointer, &new.pointer));
        }
    }

    fn field(
        &mut self,
        subject: &str,
        items: &ItemPair,
        (old, new): (StructField<'_>, StructField<'_>),
        at: (&Pointer, &Pointer),
    ) {
        let (before, after) = (old.field, new.field);
        if before.name != after.name {
            let kind =
                if self.reuses(old, new.def) { ChangeKind::FieldReused } else { ChangeKind::FieldRenamed };
            self.changed(kind, subject, items, at).between(before.name.as_str(), after.name.as_str());
        }
        // If both the name and the key changed, the name is reported.
        if before.wire != after.wire && before.name == after.name {
            self.changed(ChangeKind::FieldWireNameChanged, subject, items, at)
                .between(before.wire.as_str(), after.wire.as_str());
        }
        if !self.same(&before.ty, &after.ty) {
            self.changed(ChangeKind::FieldRetyped, subject, items, at).between(old.text(), new.text());
        } else if old.presence() != new.presence() {
            let kind = presence(old.presence(), new.presence());
            self.changed(kind, subject, items, at).between(old.text(), new.text());
        } else if old.demands() != new.demands() {
            let kind = if new.demands() { ChangeKind::FieldDemanded } else { ChangeKind::FieldNotDemanded };
            self.changed(kind, subject, items, at);
        }
        if before.lenient != after.lenient {
            let kind = if after.lenient { ChangeKind::FieldLenient } else { ChangeKind::FieldStrict };
            self.changed(kind, subject, items, at);
        }
        if before.default != after.default {
            self.changed(ChangeKind::FieldDefault, subject, items, at)
                .between(value(before.default.as_ref()), value(after.default.as_ref()));
        }
        if before.deprecated != after.deprecated {
            let kind =
                if after.deprecated { ChangeKind::FieldDeprecated } else { ChangeKind::FieldUndeprecated };
            self.changed(kind, subject, items, at);
        }
        if said(before) != said(after) {
            self.changed(ChangeKind::FieldDocs, subject, items, at);
        }
    }

    /// Returns whether another field of the same type has the name of the old one.
    fn reuses(&self, old: StructField<'_>, new: &TypeDef) -> bool {
        fields(new).iter().any(|other| {
            other.name == old.field.name
                && self.same(&old.field.ty, &other.ty)
                && old.presence() == new.presence(other)
        })
    }

    /// Pairs old and new fields: by key, by name, or by similar name and same type, if the match is unique.
    fn matched_fields<'f>(
        &self,
        old: &'f TypeDef,
        new: &'f TypeDef,
    ) -> (Vec<(StructField<'f>, StructField<'f>)>, Vec<StructField<'f>>, Vec<StructField<'f>>) {
        let members = |def: &'f TypeDef| fields(def).iter().map(move |field| StructField { def, field });
        let mut removed: Vec<_> = members(old).collect();
        let mut added: Vec<_> = members(new).collect();
        let mut pairs = Vec::new();
        let mut pair = |is_one: &dyn Fn(&Field, &Field) -> bool| {
            removed.retain(|member| {
                let alike: Vec<_> =
                    (0..added.len()).filter(|index| is_one(member.field, added[*index].field)).collect();
                let [only] = alike.as_slice() else { return true };
                pairs.push((*member, added.remove(*only)));
                false
            });
        };
        pair(&|old, new| old.wire == new.wire);
        pair(&|old, new| old.name == new.name);
        pair(&|old, new| {
            let alike = suggest::are_similar(old.wire.as_str(), new.wire.as_str());
            let same_docs = !old.docs.is_empty() && old.docs == new.docs;
            (alike || same_docs) && self.same(&old.ty, &new.ty)
        });
        (pairs, removed, added)
    }
}

fn presence(old: Presence, new: Presence) -> ChangeKind {
    match (old, new) {
        (_, Presence::Always) => ChangeKind::FieldNowRequired,
        (Presence::Always, _) => ChangeKind::FieldNowOptional,
        (_, Presence::Maybe) => ChangeKind::FieldNullDistinct,
        (_, Presence::Option) => ChangeKind::FieldNullMerged,
    }
}

fn fields(def: &TypeDef) -> &[Field] {
    match &def.kind {
        TypeKind::Model(fields) => fields,
        _ => &[],
    }
}

fn path(subject: &str, field: &Field) -> String {
    format!("{subject}.{}", field.name.plain())
}

/// What the docs of a field state.
fn said(field: &Field) -> (&str, &[Constraint], bool, bool) {
    (&field.docs, &field.constraints, field.read_only, field.write_only)
}
