//! Request bodies.

use super::compare::{Comparison, Part, text};
use super::kind::Kind;
use super::pair::Pair;
use super::site;
use crate::ir::request::{Body, BodyKind};
use crate::render::argument::body_arguments;
use crate::render::symbol::Told;

impl Comparison<'_> {
    pub(super) fn body(&mut self, operation: &str, pair: Pair<'_>) {
        let at = (
            site::body(&self.old.output.patched, &pair.old.pointer),
            site::body(&self.new.output.patched, &pair.new.pointer),
        );
        let items = pair.items();
        let subject = format!("{operation}(body)");
        let (old, new) = match (&pair.old.body, &pair.new.body) {
            (Some(old), Some(new)) => (old, new),
            (None, Some(new)) => {
                // Parts of a body are told as the parameters that they are.
                let kind = if arguments(new) == 0 { Kind::BodyEncoding } else { Kind::BodyAdded };
                return self.part(kind, &subject, &items, Part::New(&at.1)).after(shown(new));
            }
            (Some(old), None) => {
                let kind = if arguments(old) == 0 { Kind::BodyEncoding } else { Kind::BodyRemoved };
                return self.part(kind, &subject, &items, Part::Gone(&at.0)).before(shown(old));
            }
            (None, None) => return,
        };
        let at = (&at.0, &at.1);
        // Without its parts, one is sent only where it has to be.
        let is_parts = old.kind == BodyKind::Multipart && new.kind == BodyKind::Multipart;
        let encoding = old.kind != new.kind
            || old.media_type != new.media_type
            || (is_parts && old.required != new.required);
        if is_value(old) && is_value(new) {
            if !self.same_body(old, new) {
                self.changed(Kind::BodyRetyped, &subject, &items, at)
                    .between(text(Some(&old.ty)), text(Some(&new.ty)));
            }
            if old.required != new.required {
                let kind = if new.required { Kind::BodyNowRequired } else { Kind::BodyNowOptional };
                self.changed(kind, &subject, &items, at);
            }
        } else if arguments(old) != arguments(new) || is_value(old) != is_value(new) {
            self.changed(Kind::BodyRetyped, &subject, &items, at).between(shown(old), shown(new));
        }
        if encoding {
            self.changed(Kind::BodyEncoding, &subject, &items, at).between(kind(old), kind(new));
        }
        if old.docs != new.docs {
            self.changed(Kind::BodyDocs, &subject, &items, at);
        }
    }
}

/// Whether it is written from one value.
fn is_value(body: &Body) -> bool {
    matches!(body.kind, BodyKind::Json | BodyKind::Form(_))
}

fn arguments(body: &Body) -> usize {
    body_arguments(body, &mut Told("")).len()
}

fn shown(body: &Body) -> String {
    if is_value(body) { text(Some(&body.ty)) } else { kind(body) }
}

fn kind(body: &Body) -> String {
    let way = match &body.kind {
        BodyKind::Json => "JSON",
        BodyKind::Form(styles) if styles.is_empty() => "form",
        BodyKind::Form(_) => "form with styles",
        BodyKind::Multipart => "parts",
        BodyKind::Bytes | BodyKind::AnyBytes => "bytes",
    };
    let whether = if body.kind == BodyKind::Multipart && !body.required { ", if there are any" } else { "" };
    format!("{way} as {}{whether}", body.media_type)
}
