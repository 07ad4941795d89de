//! What the typed document has no place for: the webhooks of 3.1 and the method QUERY of 3.2. And what the server
//! sends of its own accord, by webhooks and callbacks: types, and no functions.

use indexmap::IndexMap;
use openapiv3::{OpenAPI, Operation as Declared, PathItem, ReferenceOr};
use serde::de::DeserializeOwned;

use super::media::{Kind, Media};
use super::operation::methods;
use super::{Context, Extensions, Lowerer};
use crate::diagnostic::Findings;
use crate::ir::{Method, Type};
use crate::name::{RustName, file_stem};
use crate::normalize::{QUERY, WEBHOOKS};
use crate::pointer::Pointer;

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
            let message = format!("the description can't be read here: {error}");
            findings.mistake(at, message, "mend the value; an overlay can do it");
            None
        }
    }
}

impl<'a> Lowerer<'a, '_> {
    /// The types of what webhooks send.
    pub(super) fn webhooks(&mut self, answers: &mut Vec<Type>) {
        let at = Pointer::root().child("webhooks");
        for (name, item) in &self.later.webhooks {
            self.incoming(item, &at.child(name), name, answers);
        }
    }

    /// The types of what an operation's callbacks send.
    pub(super) fn callbacks(
        &mut self,
        declared: &'a Declared,
        at: &Pointer,
        id: &str,
        answers: &mut Vec<Type>,
    ) {
        for (name, callback) in &declared.callbacks {
            for (expression, item) in callback {
                let at = at.child("callbacks").child(name).child(expression);
                self.incoming(item, &at, &format!("{id} {name}"), answers);
            }
        }
    }

    fn incoming(&mut self, item: &'a PathItem, at: &Pointer, name: &str, answers: &mut Vec<Type>) {
        for (method, declared) in methods(item) {
            let at = at.child(method.as_str().to_lowercase());
            let id = declared.operation_id.as_deref().unwrap_or(name);
            let context = Context::new(&RustName::upper_camel(id), &file_stem(id)).inner("Body");
            let Some((body, at)) = self.find_body(declared, &at) else { continue };
            for (name, declared) in &body.content {
                let media = Media { name, declared, at: at.child("content").child(name) };
                if matches!(self.kind(&media), Kind::Json | Kind::Form) {
                    answers.push(self.content(&media, &context).ty);
                }
            }
        }
    }
}
