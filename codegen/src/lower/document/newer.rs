//! Features that the typed document of OpenAPI 3.0 lacks: webhooks of 3.1 and the further methods of 3.2.

use indexmap::IndexMap;
use openapiv3::{OpenAPI, Operation as OpenApiOperation, PathItem, ReferenceOr};
use serde::de::DeserializeOwned;

use crate::base::diagnostic::Findings;
use crate::base::pointer::Pointer;
use crate::grammar::paths::{ADDITIONAL, WEBHOOK_SECTIONS};
use crate::ir::request::Method;
use crate::lower::context::Extensions;
use crate::normalize::normalized_extensions::{ADDITIONAL_OPERATIONS, QUERY, WEBHOOKS};

/// The webhooks of a document, and its operations with the method QUERY or one of `additionalOperations`.
#[derive(Default)]
pub(in crate::lower) struct NewerFeatures {
    /// By the key of the document that has them.
    webhooks: [(&'static str, IndexMap<String, PathItem>); 2],
    /// By their paths.
    operations: IndexMap<String, Vec<(Method, OpenApiOperation)>>,
}

impl NewerFeatures {
    pub(in crate::lower) fn read(document: &OpenAPI, findings: &mut Findings) -> Self {
        let webhooks = WEBHOOK_SECTIONS.map(|section| {
            let held = if section == "webhooks" { WEBHOOKS } else { section };
            let items = part(&document.extensions, held, &Pointer::root().child(section), findings);
            (section, items.unwrap_or_default())
        });
        let mut newer = Self { webhooks, ..Self::default() };
        for (path, item) in &document.paths.paths {
            let ReferenceOr::Item(item) = item else { continue };
            let at = Pointer::root().child("paths").child(path);
            let query = part(&item.extensions, QUERY, &at.child("query"), findings);
            let at = at.child(ADDITIONAL);
            let others: Option<IndexMap<String, OpenApiOperation>> =
                part(&item.extensions, ADDITIONAL_OPERATIONS, &at, findings);
            let others = others.into_iter().flatten();
            let all = query.map(|query| (Method::Query, query)).into_iter();
            let all = all.chain(others.map(|(method, declared)| (Method::Other(method), declared)));
            newer.operations.insert(path.clone(), all.collect());
        }
        newer
    }

    /// The webhooks with their names and locations.
    pub(in crate::lower) fn webhooks(&self) -> impl Iterator<Item = (&str, Pointer, &PathItem)> {
        self.webhooks.iter().flat_map(|(section, items)| {
            let at = Pointer::root().child(*section);
            items.iter().map(move |(name, item)| (name.as_str(), at.child(name), item))
        })
    }

    /// The operations of a path.
    pub(in crate::lower) fn operations(
        &self,
        path: &str,
    ) -> impl Iterator<Item = (Method, &OpenApiOperation)> + use<'_> {
        let operations = self.operations.get(path).into_iter().flatten();
        operations.map(|(method, declared)| (method.clone(), declared))
    }
}

fn part<T: DeserializeOwned>(
    extensions: &Extensions,
    key: &str,
    at: &Pointer,
    findings: &mut Findings,
) -> Option<T> {
    if let Ok(part) = serde_json::from_value(extensions.get(key)?.clone()) {
        Some(part)
    } else {
        let message = "this part can't be read; it is ignored";
        findings.problem(at, message, "compare it with the OpenAPI Specification");
        None
    }
}
