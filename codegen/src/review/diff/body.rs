//! Compares request bodies.

use super::compare::{ApiComparison, OneSided, text};
use super::kind::ChangeKind;
use super::locate;
use super::operation_pair::OperationPair;
use crate::ir::request::{Body, BodyKind};
use crate::render::argument::body_arguments;
use crate::render::symbol::DisplayNames;

impl ApiComparison<'_> {
    pub(super) fn body(&mut self, operation: &str, pair: OperationPair<'_>) {
        let at = (
            locate::body(&self.old.output.patched, &pair.old.pointer),
            locate::body(&self.new.output.patched, &pair.new.pointer),
        );
        let items = pair.items();
        let subject = format!("{operation}(body)");
        let (old, new) = match (&pair.old.body, &pair.new.body) {
            (Some(old), Some(new)) => (old, new),
            (None, Some(new)) => {
                // The parts of a multipart body are parameters, which are reported separately.
                let kind = if arguments(new) == 0 { ChangeKind::BodyEncoding } else { ChangeKind::BodyAdded };
                return self.part(kind, &subject, &items, OneSided::Added(&at.1)).after(shown(new));
            }
            (Some(old), None) => {
                let kind =
                    if arguments(old) == 0 { ChangeKind::BodyEncoding } else { ChangeKind::BodyRemoved };
                return self.part(kind, &subject, &items, OneSided::Removed(&at.0)).before(shown(old));
            }
            (None, None) => return,
        };
        let at = (&at.0, &at.1);
        // An optional multipart body without parts isn't sent.
        let is_parts = old.kind == BodyKind::Multipart && new.kind == BodyKind::Multipart;
        let encoding = old.kind != new.kind
            || old.media_type != new.media_type
            || (is_parts && old.required != new.required);
        if is_value(old) && is_value(new) || is_bytes(old) && is_bytes(new) {
            if is_value(old) && !self.same_body(old, new) {
                self.changed(ChangeKind::BodyRetyped, &subject, &items, at)
                    .between(text(Some(&old.ty)), text(Some(&new.ty)));
            } else if is_bytes(old) && old.kind != new.kind {
                self.changed(ChangeKind::BodyRetyped, &subject, &items, at).between(shown(old), shown(new));
            }
            if old.required != new.required {
                let kind =
                    if new.required { ChangeKind::BodyNowRequired } else { ChangeKind::BodyNowOptional };
                self.changed(kind, &subject, &items, at);
            }
        } else if arguments(old) != arguments(new) || is_value(old) != is_value(new) {
            self.changed(ChangeKind::BodyRetyped, &subject, &items, at).between(shown(old), shown(new));
        }
        if encoding {
            self.changed(ChangeKind::BodyEncoding, &subject, &items, at).between(kind(old), kind(new));
        }
        if old.docs != new.docs || old.constraints != new.constraints {
            self.changed(ChangeKind::BodyDocs, &subject, &items, at);
        }
    }
}

/// Returns whether the body is a single value.
fn is_value(body: &Body) -> bool {
    matches!(body.kind, BodyKind::Json | BodyKind::Items | BodyKind::Form(_))
}

/// Returns whether the body is bytes from the caller.
fn is_bytes(body: &Body) -> bool {
    matches!(body.kind, BodyKind::Bytes | BodyKind::AnyBytes)
}

fn arguments(body: &Body) -> usize {
    body_arguments(body, &mut DisplayNames("")).len()
}

fn shown(body: &Body) -> String {
    if is_value(body) { text(Some(&body.ty)) } else { kind(body) }
}

fn kind(body: &Body) -> String {
    let format = match &body.kind {
        BodyKind::Json => "JSON",
        BodyKind::Items => "a sequence of JSON values",
        BodyKind::Form(styles) if styles.is_empty() => "form",
        BodyKind::Form(_) => "form with styles",
        BodyKind::Multipart => "parts",
        BodyKind::Bytes | BodyKind::AnyBytes => "bytes",
    };
    let optional = if body.kind == BodyKind::Multipart && !body.required { " (optional)" } else { "" };
    format!("{format} as {}{optional}", body.media_type)
}
