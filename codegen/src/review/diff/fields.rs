//! Fields of structs.

use super::compare::{Comparison, Items, Part};
use super::kind::Kind;
use super::pair::in_another_order;
use super::pair::value;
use super::site;
use super::types::Types;
use crate::base::pointer::Pointer;
use crate::base::suggest;
use crate::ir::api::{Field, Presence, TypeDef, TypeShape};
use crate::render::symbol::Told;
use crate::render::types::field_text;

/// A field and the type that it is a field of.
#[derive(Clone, Copy)]
struct Member<'a> {
    def: &'a TypeDef,
    field: &'a Field,
}

impl Member<'_> {
    fn text(&self) -> String {
        field_text(self.def, self.field, &mut Told(""))
    }

    fn presence(&self) -> Presence {
        self.def.presence(self.field)
    }

    fn demands(&self) -> bool {
        self.def.demands(self.field)
    }
}

impl Comparison<'_> {
    pub(super) fn fields(&mut self, subject: &str, types: Types<'_>) {
        let Types { old, new } = types;
        let items = types.items();
        let (pairs, gone, fresh) = self.matched_fields(old, new);
        for member in gone {
            let at = site::property(&self.old.output.patched, &old.pointer, member.field.wire.as_str());
            let kind = if self.reuses(member, new) { Kind::FieldReused } else { Kind::FieldRemoved };
            self.part(kind, &path(subject, member.field), &items, Part::Gone(&at)).before(member.text());
        }
        for member in fresh {
            let at = site::property(&self.new.output.patched, &new.pointer, member.field.wire.as_str());
            let kind = if old.is_literal() { Kind::FieldAddedToLiteral } else { Kind::FieldAdded };
            self.part(kind, &path(subject, member.field), &items, Part::New(&at)).after(member.text());
        }
        for (before, after) in &pairs {
            let at = (
                site::property(&self.old.output.patched, &old.pointer, before.field.wire.as_str()),
                site::property(&self.new.output.patched, &new.pointer, after.field.wire.as_str()),
            );
            self.field(&path(subject, before.field), &items, (*before, *after), (&at.0, &at.1));
        }
        let keys = |def| fields(def).iter().map(|field| &field.wire);
        if in_another_order(keys(old), keys(new)) {
            self.changed(Kind::OrderChanged, subject, &items, (&old.pointer, &new.pointer));
        }
    }

    fn field(
        &mut self,
        subject: &str,
        items: &Items,
        (old, new): (Member<'_>, Member<'_>),
        at: (&Pointer, &Pointer),
    ) {
        let (before, after) = (old.field, new.field);
        if before.name != after.name {
            let kind = if self.reuses(old, new.def) { Kind::FieldReused } else { Kind::FieldRenamed };
            self.changed(kind, subject, items, at).between(before.name.as_str(), after.name.as_str());
        }
        // Where it has another name with another key, that is told by the name.
        if before.wire != after.wire && before.name == after.name {
            self.changed(Kind::FieldRespelt, subject, items, at)
                .between(before.wire.as_str(), after.wire.as_str());
        }
        if !self.same(&before.ty, &after.ty) {
            self.changed(Kind::FieldRetyped, subject, items, at).between(old.text(), new.text());
        } else if old.presence() != new.presence() {
            let kind = presence(old.presence(), new.presence());
            self.changed(kind, subject, items, at).between(old.text(), new.text());
        } else if old.demands() != new.demands() {
            let kind = if new.demands() { Kind::FieldDemanded } else { Kind::FieldNotDemanded };
            self.changed(kind, subject, items, at);
        }
        if before.lenient != after.lenient {
            let kind = if after.lenient { Kind::FieldLenient } else { Kind::FieldStrict };
            self.changed(kind, subject, items, at);
        }
        if before.default != after.default {
            self.changed(Kind::FieldDefault, subject, items, at)
                .between(value(before.default.as_ref()), value(after.default.as_ref()));
        }
        if before.deprecated != after.deprecated {
            let kind = if after.deprecated { Kind::FieldDeprecated } else { Kind::FieldUndeprecated };
            self.changed(kind, subject, items, at);
        }
        if before.docs != after.docs {
            self.changed(Kind::FieldDocs, subject, items, at);
        }
    }

    /// Whether another field, of the same type, has the name of an old one now.
    fn reuses(&self, old: Member<'_>, new: &TypeDef) -> bool {
        fields(new).iter().any(|other| {
            other.name == old.field.name
                && self.same(&old.field.ty, &other.ty)
                && old.presence() == new.presence(other)
        })
    }

    /// Fields of both sides that are one: of the same key, of the same name, or alike in name and type, with no
    /// other in question.
    fn matched_fields<'f>(
        &self,
        old: &'f TypeDef,
        new: &'f TypeDef,
    ) -> (Vec<(Member<'f>, Member<'f>)>, Vec<Member<'f>>, Vec<Member<'f>>) {
        let members = |def: &'f TypeDef| fields(def).iter().map(move |field| Member { def, field });
        let mut gone: Vec<_> = members(old).collect();
        let mut fresh: Vec<_> = members(new).collect();
        let mut pairs = Vec::new();
        let mut pair = |is_one: &dyn Fn(&Field, &Field) -> bool| {
            gone.retain(|member| {
                let alike: Vec<_> =
                    (0..fresh.len()).filter(|index| is_one(member.field, fresh[*index].field)).collect();
                let [only] = alike.as_slice() else { return true };
                pairs.push((*member, fresh.remove(*only)));
                false
            });
        };
        pair(&|old, new| old.wire == new.wire);
        pair(&|old, new| old.name == new.name);
        pair(&|old, new| {
            let alike = suggest::are_alike(old.wire.as_str(), new.wire.as_str());
            let said = !old.docs.is_empty() && old.docs == new.docs;
            (alike || said) && self.same(&old.ty, &new.ty)
        });
        (pairs, gone, fresh)
    }
}

fn presence(old: Presence, new: Presence) -> Kind {
    match (old, new) {
        (_, Presence::Always) => Kind::FieldNowRequired,
        (Presence::Always, _) => Kind::FieldNowOptional,
        (_, Presence::Maybe) => Kind::FieldNullApart,
        (_, Presence::Option) => Kind::FieldNullAlike,
    }
}

fn fields(def: &TypeDef) -> &[Field] {
    match &def.shape {
        TypeShape::Model(fields) => fields,
        _ => &[],
    }
}

fn path(subject: &str, field: &Field) -> String {
    format!("{subject}.{}", field.name.plain())
}
