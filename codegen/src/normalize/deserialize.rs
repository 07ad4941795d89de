//! Deserializes the normalized tree into the types of `openapiv3`.

use openapiv3::{Components, OpenAPI};
use serde::Deserialize as _;
use serde_json::Value;

use super::normalized::Normalized;
use crate::base::diagnostic::Findings;
use crate::base::parallel;
use crate::base::pointer::Pointer;

/// The document in the types of `openapiv3`.
pub(crate) struct TypedDocument(pub(crate) OpenAPI);

/// Deserializes the tree. Returns `None` if that failed.
pub(crate) fn deserialized(normalized: Normalized, findings: &mut Findings) -> Option<TypedDocument> {
    let Normalized(tree) = normalized;
    // Normalization replaces whatever can't be deserialized.
    let typed = read(tree);
    if typed.is_none() && !findings.has_errors() {
        let help = "compare its keys with the OpenAPI Specification";
        findings.error(&Pointer::root(), "the description can't be read", help);
    }
    typed.map(TypedDocument)
}

/// Deserializes the tree. The components, which are about half of it, are deserialized on another thread.
fn read(mut tree: Value) -> Option<OpenAPI> {
    let components = tree.get_mut("components").map(Value::take);
    let read = || components.as_ref().map(Option::<Components>::deserialize);
    let (read, rest) = parallel::join(read, || OpenAPI::deserialize(&tree));
    let components = read.transpose().ok()?.flatten();
    Some(OpenAPI { components, ..rest.ok()? })
}
