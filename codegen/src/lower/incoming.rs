//! What the server sends of its own accord, by webhooks and callbacks: types, and no functions.

use openapiv3::{Operation as Declared, PathItem};

use super::context::Context;
use super::document::methods;
use super::media::{Kind, Media, content_use, kind};
use super::parts::Parts;
use crate::base::name::{RustName, file_stem};
use crate::base::pointer::Pointer;
use crate::ir::ty::Type;

/// The types of what webhooks send.
pub(super) fn webhooks(parts: &mut Parts<'_, '_>, answers: &mut Vec<Type>) {
    let at = Pointer::root().child("webhooks");
    for (name, item) in parts.document.webhooks() {
        incoming(parts, item, &at.child(name), name, answers);
    }
}

/// The types of what an operation's callbacks send.
pub(super) fn callbacks<'a>(
    parts: &mut Parts<'a, '_>,
    declared: &'a Declared,
    at: &Pointer,
    id: &str,
    answers: &mut Vec<Type>,
) {
    for (name, callback) in &declared.callbacks {
        for (expression, item) in callback {
            let at = at.child("callbacks").child(name).child(expression);
            incoming(parts, item, &at, &format!("{id} {name}"), answers);
        }
    }
}

fn incoming<'a>(
    parts: &mut Parts<'a, '_>,
    item: &'a PathItem,
    at: &Pointer,
    name: &str,
    answers: &mut Vec<Type>,
) {
    for (method, declared) in methods(item) {
        let at = at.child(method.as_str().to_lowercase());
        let id = declared.operation_id.as_deref().unwrap_or(name);
        let context = Context::new(&RustName::upper_camel(id), &file_stem(id)).inner("Body");
        let Some((body, at)) = parts.document.body(parts.findings, declared, &at) else { continue };
        for (name, declared) in &body.content {
            let media = Media { name, declared, at: at.child("content").child(name) };
            if matches!(kind(&parts.document, &media), Kind::Json | Kind::Form) {
                answers.push(content_use(parts, &media, &context).ty);
            }
        }
    }
}
