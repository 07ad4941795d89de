//! What the typed document has no place for: the webhooks of 3.1 and the method QUERY of 3.2.

use indexmap::IndexMap;
use openapiv3::{OpenAPI, Operation as Declared, PathItem, ReferenceOr};
use serde::de::DeserializeOwned;

use super::context::Extensions;
use crate::base::diagnostic::Findings;
use crate::base::pointer::Pointer;
use crate::ir::request::Method;
use crate::normalize::normalized_extensions::{QUERY, WEBHOOKS};

/// Parts of a later version of the standard.
#[derive(Default)]
pub(super) struct Later {
    webhooks: IndexMap<String, PathItem>,
    /// Operations of the method QUERY by their paths.
    queries: IndexMap<String, Declared>,
}

impl Later {
    pub(super) fn read(document: &OpenAPI, findings: &mut Findings) -> Self {
        let mut later = Self::default();
        let at = Pointer::root().child("webhooks");
        later.webhooks = part(&document.extensions, WEBHOOKS, &at, findings).unwrap_or_default();
        for (path, item) in &document.paths.paths {
            let ReferenceOr::Item(item) = item else { continue };
            let at = Pointer::root().child("paths").child(path).child("query");
            if let Some(query) = part(&item.extensions, QUERY, &at, findings) {
                later.queries.insert(path.clone(), query);
            }
        }
        later
    }

    pub(super) fn webhooks(&self) -> impl Iterator<Item = (&String, &PathItem)> {
        self.webhooks.iter()
    }

    pub(super) fn query(&self, path: &str) -> Option<(Method, &Declared)> {
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
            findings.problem(at, message, "fix the value, for example with an overlay");
            None
        }
    }
}
