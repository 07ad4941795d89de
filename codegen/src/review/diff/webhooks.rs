//! Compares webhooks and callbacks: their functions, the union of all webhooks, and how requests are signed.

use super::change::Item;
use super::choice::Choice;
use super::compare::{ApiComparison, ItemPair, text};
use super::kind::ChangeKind;
use super::types::{TypePair, item, subject};
use crate::base::name::RustName;
use crate::base::pointer::Pointer;
use crate::ir::api::{EventUnion, TypeKind, UnionVariant, Webhooks};
use crate::ir::webhook::{BytesEncoding, Incoming, IncomingBody, Signature};

/// A constant with a scheme: its name, and the location of what declares it.
type Declared<'a> = (&'a str, &'a Signature, Pointer);

impl<'a> ApiComparison<'a> {
    pub(super) fn webhooks(&mut self) {
        let (old, new) = (&self.old.output.api.webhooks, &self.new.output.api.webhooks);
        self.webhook_module(old.module.as_ref(), new.module.as_ref());
        let (pairs, removed, added) = matched(&old.requests, &new.requests);
        for request in removed {
            let subject = path(old, request.name.as_str());
            self.removed(ChangeKind::WebhookRemoved, &subject, &webhook(&request.name), &request.pointer)
                .before(source(request));
        }
        for request in added {
            let subject = path(new, request.name.as_str());
            self.added(ChangeKind::WebhookAdded, &subject, &webhook(&request.name), &request.pointer)
                .after(source(request));
        }
        for (before, after) in pairs {
            self.webhook(&path(old, before.name.as_str()), before, after);
        }
        self.signatures(old, new);
        self.events(old.event.as_ref(), new.event.as_ref());
    }

    fn webhook_module(&mut self, old: Option<&RustName>, new: Option<&RustName>) {
        let at = Pointer::root().child("webhooks");
        let module = |name: &RustName| Item::Module(name.to_string());
        match (old, new) {
            (Some(old), None) => {
                self.removed(ChangeKind::ModuleRemoved, old.as_str(), &module(old), &at);
            }
            (None, Some(new)) => {
                self.added(ChangeKind::ModuleAdded, new.as_str(), &module(new), &at);
            }
            (Some(old), Some(new)) if old != new => {
                let items = ItemPair { old: module(old), new: module(new) };
                self.changed(ChangeKind::ModuleRenamed, old.as_str(), &items, (&at, &at))
                    .between(old.as_str(), new.as_str());
            }
            _ => {}
        }
    }

    fn webhook(&mut self, subject: &str, old: &Incoming, new: &Incoming) {
        let items = ItemPair { old: webhook(&old.name), new: webhook(&new.name) };
        let at = (&old.pointer, &new.pointer);
        if old.name != new.name {
            self.changed(ChangeKind::WebhookRenamed, subject, &items, at)
                .between(old.name.as_str(), new.name.as_str());
        }
        let (before, after) = (old.body.as_ref(), new.body.as_ref());
        let types = (before.map(|body| &body.ty), after.map(|body| &body.ty));
        if !self.same_option(types.0, types.1) {
            self.changed(ChangeKind::WebhookRetyped, subject, &items, at)
                .between(text(types.0), text(types.1));
        }
        let format = |body: Option<&IncomingBody>| body.map(|body| body.format);
        if format(before) != format(after) && before.is_some() && after.is_some() {
            let text = |request: &Incoming| {
                request.body.as_ref().map_or_else(String::new, |body| body.media_types.join(", "))
            };
            self.changed(ChangeKind::WebhookFormat, subject, &items, at).between(text(old), text(new));
        }
        if old.deprecated != new.deprecated {
            let kind = if new.deprecated {
                ChangeKind::OperationDeprecated
            } else {
                ChangeKind::OperationUndeprecated
            };
            self.changed(kind, subject, &items, at);
        }
        if is_documented_otherwise(old, new) {
            self.changed(ChangeKind::OperationDocs, subject, &items, at);
        } else if old.pointer != new.pointer && old.name == new.name {
            self.changed(ChangeKind::SourceMoved, subject, &items, at)
                .between(old.pointer.to_string(), new.pointer.to_string());
        }
    }

    fn signatures(&mut self, old: &'a Webhooks, new: &'a Webhooks) {
        let (before, after) = (declared(old), declared(new));
        let item = |name: &str| Item::Webhook(name.to_owned());
        for (name, signature, at) in &before {
            let subject = path(old, name);
            match after.iter().find(|(other, ..)| other == name) {
                None => {
                    self.removed(ChangeKind::SignatureRemoved, &subject, &item(name), at)
                        .before(shown(signature));
                }
                Some((_, now, there)) if now != signature => {
                    let items = ItemPair { old: item(name), new: item(name) };
                    self.changed(ChangeKind::SignatureChanged, &subject, &items, (at, there))
                        .between(shown(signature), shown(now));
                }
                Some(_) => {}
            }
        }
        for (name, signature, at) in &after {
            if !before.iter().any(|(other, ..)| other == name) {
                self.added(ChangeKind::SignatureAdded, &path(new, name), &item(name), at)
                    .after(shown(signature));
            }
        }
    }

    fn events(&mut self, old: Option<&EventUnion>, new: Option<&EventUnion>) {
        match (old, new) {
            (Some(old), None) => {
                self.removed(ChangeKind::TypeRemoved, &subject(&old.def), &item(&old.def), &old.def.pointer)
                    .before("union");
            }
            (None, Some(new)) => {
                self.added(ChangeKind::TypeAdded, &subject(&new.def), &item(&new.def), &new.def.pointer)
                    .after("union");
            }
            (Some(old), Some(new)) => {
                let types = TypePair { old: &old.def, new: &new.def };
                let (before, after) = (old.recognized_by(), new.recognized_by());
                if before != after {
                    self.changed(
                        ChangeKind::TagChanged,
                        &subject(&old.def),
                        &types.items(),
                        (&old.def.pointer, &new.def.pointer),
                    )
                    .between(before, after);
                }
                self.choices(&subject(&old.def), types, &old.choices(), &new.choices());
            }
            (None, None) => {}
        }
    }
}

impl EventUnion {
    fn variants(&self) -> &[UnionVariant] {
        match &self.def.kind {
            TypeKind::Union { variants, .. } => variants,
            _ => &[],
        }
    }

    /// Returns what the variants are recognized by.
    fn recognized_by(&self) -> String {
        let header = self.selections.first().map(|selection| format!("the header {}", selection.header));
        let tag = match &self.def.kind {
            TypeKind::Union { tag, .. } => tag.clone(),
            _ => None,
        };
        header.or(tag).unwrap_or_else(|| "none".to_owned())
    }

    fn choices(&self) -> Vec<Choice<'_>> {
        let mut choices = Choice::of_union(self.variants());
        for choice in &mut choices {
            if let Some(own) = self.selections.iter().find(|own| own.variant.as_str() == choice.name) {
                choice.key = own.values.first().map(String::as_str);
                choice.selected_by = own.values.join(", ");
            }
        }
        choices
    }
}

/// Returns whether the docs of a function changed.
fn is_documented_otherwise(old: &Incoming, new: &Incoming) -> bool {
    let docs = |body: &IncomingBody| (body.docs.clone(), body.constraints.clone());
    let (before, after) = (old.body.as_ref(), new.body.as_ref());
    let is_other = before.zip(after).is_some_and(|(before, after)| {
        docs(before) != docs(after)
            || before.format == after.format && before.media_types != after.media_types
    });
    (&old.docs, &old.parameters, &old.responses, &old.callback)
        != (&new.docs, &new.parameters, &new.responses, &new.callback)
        || is_other
        || old.method != new.method
}

/// Returns the requests of both sides, those of the old one, and those of the new one. They are pairs if they have the same
/// location, else the same name.
fn matched<'a>(
    old: &'a [Incoming],
    new: &'a [Incoming],
) -> (Vec<(&'a Incoming, &'a Incoming)>, Vec<&'a Incoming>, Vec<&'a Incoming>) {
    let mut removed: Vec<&Incoming> = old.iter().collect();
    let mut added: Vec<&Incoming> = new.iter().collect();
    let mut pairs = Vec::new();
    let keys: [fn(&Incoming) -> String; 2] =
        [|request| request.pointer.to_string(), |request| request.name.to_string()];
    for key in keys {
        removed.retain(|request| {
            let Some(index) = added.iter().position(|other| key(other) == key(request)) else { return true };
            pairs.push((*request, added.remove(index)));
            false
        });
    }
    (pairs, removed, added)
}

/// Returns the schemes, with the names of their constants.
fn declared(webhooks: &Webhooks) -> Vec<Declared<'_>> {
    let of_document = webhooks.signature.iter().map(|own| ("SIGNATURE", own, Pointer::root()));
    let own = |request: &'_ Incoming| request.pointer.clone();
    let of_requests = webhooks.requests.iter().filter_map(|request| {
        let (name, signature) = request.signature.as_ref()?;
        Some((name.as_str(), signature, own(request)))
    });
    of_document
        .chain(of_requests)
        .map(|(name, signature, at)| (name, signature, at.child("x-webhook-signature")))
        .collect()
}

fn shown(signature: &Signature) -> String {
    let encoding = match signature.encoding {
        BytesEncoding::Base64 => "base64",
        BytesEncoding::Hex | BytesEncoding::Text => "hex",
    };
    let key = match signature.key_encoding {
        BytesEncoding::Text => "",
        BytesEncoding::Hex => ", hex key",
        BytesEncoding::Base64 => ", base64 key",
    };
    let Signature { header, prefix, signed, .. } = signature;
    let tolerance = signature.tolerance.map_or_else(String::new, |seconds| format!(", {seconds} seconds"));
    format!("{prefix}{encoding}({signed}) in the header {header}{key}{tolerance}")
}

fn webhook(name: &RustName) -> Item {
    Item::Webhook(name.to_string())
}

fn path(webhooks: &Webhooks, name: &str) -> String {
    let module = webhooks.module.as_ref().map_or("webhooks", RustName::as_str);
    format!("{module}::{name}")
}

/// Returns what the request is: a webhook, or a callback of an operation.
fn source(request: &Incoming) -> String {
    match &request.callback {
        None => format!("webhook {:?}", request.key),
        Some(callback) => format!("callback {:?} of {}", request.key, callback.operation),
    }
}
