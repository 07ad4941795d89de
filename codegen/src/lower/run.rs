//! The order of things: names of components, components, operations, and what only all of it together tells.

use super::document::Document;
use super::later::Later;
use super::parts::Parts;
use super::types::Types;
use super::{access, components, operation};
use crate::base::diagnostic::Findings;
use crate::ir::api::Api;
use crate::normalize::deserialize::TypedDocument;

/// Lowers the whole document.
pub(crate) fn lower(TypedDocument(openapi): &TypedDocument, findings: &mut Findings) -> Api {
    let later = Later::read(openapi, findings);
    let mut types = Types::new();
    let schemas = components::named(openapi, &mut types, findings);
    let access = access::access(openapi, findings);
    let mut parts = Parts { document: Document::new(openapi, &later, schemas), access, types, findings };
    components::lower(&mut parts);
    parts.types.end_circles(parts.findings);
    let (mut modules, answers) = operation::lower(&mut parts);
    let Parts { access, types, .. } = parts;
    let types = types.settled(&mut modules, &answers);
    let info = &openapi.info;
    let docs = info.description.clone().unwrap_or_default();
    let (title, version) = (info.title.clone(), info.version.clone());
    Api { title, version, docs, access, modules, types, skipped: findings.take_skipped() }
}
