//! Webhooks and callbacks: requests that the server sends. They give types and no functions.

use openapiv3::{Operation as OpenApiOperation, PathItem};

use super::media::{Media, MediaKind, content_use, media_kind};
use crate::base::name::{RustName, file_stem};
use crate::base::pointer::Pointer;
use crate::ir::ty::Type;
use crate::lower::context::Context;
use crate::lower::document::lookup::methods;
use crate::lower::lowering::Lowering;

/// Makes the types of the bodies that webhooks send.
pub(in crate::lower) fn webhooks(lowering: &mut Lowering<'_, '_>, received: &mut Vec<Type>) {
    let at = Pointer::root().child("webhooks");
    for (name, item) in lowering.document.webhooks() {
        incoming(lowering, item, &at.child(name), name, received);
    }
}

/// Makes the types of the bodies that the callbacks of an operation send.
pub(in crate::lower) fn callbacks<'a>(
    lowering: &mut Lowering<'a, '_>,
    declared: &'a OpenApiOperation,
    at: &Pointer,
    id: &str,
    received: &mut Vec<Type>,
) {
    for (name, callback) in &declared.callbacks {
        for (expression, item) in callback {
            let at = at.child("callbacks").child(name).child(expression);
            incoming(lowering, item, &at, &format!("{id} {name}"), received);
        }
    }
}

fn incoming<'a>(
    lowering: &mut Lowering<'a, '_>,
    item: &'a PathItem,
    at: &Pointer,
    name: &str,
    received: &mut Vec<Type>,
) {
    for (method, declared) in methods(item) {
        let at = at.child(method.as_str().to_lowercase());
        let id = declared.operation_id.as_deref().unwrap_or(name);
        let context = Context::new(&RustName::upper_camel(id), &file_stem(id)).inner("Body");
        let Some((body, at)) = lowering.document.body(lowering.findings, declared, &at) else { continue };
        for (name, declared) in &body.content {
            let media = Media { name, declared, at: at.child("content").child(name) };
            if matches!(media_kind(&lowering.document, &media), MediaKind::Json | MediaKind::Form) {
                received.push(content_use(lowering, &media, &context).ty);
            }
        }
    }
}
