//! Features that the typed document of OpenAPI 3.0 lacks: webhooks of 3.1 and the method QUERY of 3.2.

use indexmap::IndexMap;
use openapiv3::{OpenAPI, Operation as OpenApiOperation, PathItem, ReferenceOr};
use serde::de::DeserializeOwned;

use crate::base::diagnostic::Findings;
use crate::base::pointer::Pointer;
use crate::ir::request::Method;
use crate::lower::context::Extensions;
use crate::normalize::normalized_extensions::{QUERY, WEBHOOKS};

/// The webhooks and QUERY operations of a document.
#[derive(Default)]
pub(in crate::lower) struct NewerFeatures {
    webhooks: IndexMap<String, PathItem>,
    /// Operations of the method QUERY by their paths.
    queries: IndexMap<String, OpenApiOperation>,
}

impl NewerFeatures {
    pub(in crate::lower) fn read(document: &OpenAPI, findings: &mut Findings) -> Self {
        let mut newer = Self::default();
        let at = Pointer::root().child("webhooks");
        newer.webhooks = part(&document.extensions, WEBHOOKS, &at, findings).unwrap_or_default();
        for (path, item) in &document.paths.paths {
            let ReferenceOr::Item(item) = item else { continue };
            let at = Pointer::root().child("paths").child(path).child("query");
            if let Some(query) = part(&item.extensions, QUERY, &at, findings) {
                newer.queries.insert(path.clone(), query);
            }
        }
        newer
    }

    pub(in crate::lower) fn webhooks(&self) -> impl Iterator<Item = (&String, &PathItem)> {
        self.webhooks.iter()
    }

    pub(in crate::lower) fn query(&self, path: &str) -> Option<(Method, &OpenApiOperation)> {
        self.queries.get(path).map(|declared| (Method::Query, declared))
    }
}

fn part<T: DeserializeOwned>(
    extensions: &Extensions,
    key: &str,
    at: &Pointer,
    findings: &mut Findings,
) -> Option<T> {
    match serde_json::from_value(extensions.get(key)?.clone()) {
        Ok(part) => Some(part),
        Err(error) => {
            let message = format!("invalid description: {error}");
            findings.problem(at, message, "fix the value, for example in an overlay");
            None
        }
    }
}
