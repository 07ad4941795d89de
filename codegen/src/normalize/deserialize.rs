//! Deserializes the normalized tree into the types of `openapiv3`.

use openapiv3::{Components, OpenAPI};
use serde::Deserialize as _;
use serde_json::Value;

use super::normalized::Normalized;
use super::unreadable;
use crate::base::diagnostic::Findings;
use crate::base::parallel;
use crate::base::pointer::Pointer;

/// The document in the types of `openapiv3`.
pub(crate) struct TypedDocument(pub(crate) OpenAPI);

/// Deserializes the tree. Returns `None` if that failed.
pub(crate) fn deserialized(normalized: Normalized, findings: &mut Findings) -> Option<TypedDocument> {
    let Normalized(mut tree) = normalized;
    unreadable::leave_out_newer(&mut tree, findings);
    // Normalization leaves out what can't be deserialized. What it doesn't know is searched only after a failure.
    let typed = read(&mut tree).or_else(|| {
        // An earlier finding is the cause, and has the better message.
        if !findings.has_errors() {
            unreadable::leave_out(&mut tree, findings);
        }
        read(&mut tree)
    });
    if typed.is_none() && !findings.has_errors() {
        let help = "compare its keys with the OpenAPI Specification";
        findings.error(&Pointer::root(), "the description can't be read", help);
    }
    typed.map(TypedDocument)
}

/// Deserializes the tree. The components, which are about half of it, are deserialized on another thread.
fn read(tree: &mut Value) -> Option<OpenAPI> {
    let components = tree.get_mut("components").map(Value::take);
    let read = || components.as_ref().map(Option::<Components>::deserialize);
    let (read, rest) = parallel::join(read, || OpenAPI::deserialize(&*tree));
    if let Some((slot, components)) = tree.get_mut("components").zip(components) {
        *slot = components;
    }
    let components = read.transpose().ok()?.flatten();
    Some(OpenAPI { components, ..rest.ok()? })
}
