//! The typed document, to be looked up in: nothing here changes.

use std::borrow::Borrow;

use indexmap::IndexMap;
use openapiv3::{
    Components, Header, OpenAPI, Operation, Parameter, PathItem, ReferenceOr, RequestBody, Response, Schema,
    Tag,
};

use super::later::Later;
use super::reference::{SCHEMAS, dangling, follow, key_in};
use crate::base::diagnostic::Findings;
use crate::base::name::RustName;
use crate::base::pointer::Pointer;
use crate::ir::request::Method;

/// A component schema, and what its type is called.
pub(super) struct Component<'a> {
    pub(super) name: RustName,
    pub(super) schema: &'a ReferenceOr<Schema>,
}

/// The document, with the names of its component schemas.
pub(super) struct Document<'a> {
    openapi: &'a OpenAPI,
    later: &'a Later,
    schemas: IndexMap<String, Component<'a>>,
}

impl<'a> Document<'a> {
    pub(super) fn new(
        openapi: &'a OpenAPI,
        later: &'a Later,
        schemas: IndexMap<String, Component<'a>>,
    ) -> Self {
        Self { openapi, later, schemas }
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = (&'a String, &'a ReferenceOr<PathItem>)> + use<'a> {
        self.openapi.paths.paths.iter()
    }

    /// The operations of a path.
    pub(super) fn operations(
        &self,
        path: &str,
        item: &'a PathItem,
    ) -> impl Iterator<Item = (Method, &'a Operation)> + use<'a> {
        methods(item).chain(self.later.query(path))
    }

    pub(super) fn webhooks(&self) -> impl Iterator<Item = (&'a String, &'a PathItem)> + use<'a> {
        self.later.webhooks()
    }

    pub(super) fn tag(&self, name: &str) -> Option<&'a Tag> {
        self.openapi.tags.iter().find(|tag| tag.name == name)
    }

    /// The component schemas, in the document's order.
    pub(super) fn schemas(&self) -> impl Iterator<Item = (&str, &Component<'a>)> {
        self.schemas.iter().map(|(key, component)| (key.as_str(), component))
    }

    /// A component schema by its key.
    pub(super) fn schema(&self, key: &str) -> Option<&Component<'a>> {
        self.schemas.get(key)
    }

    /// The component schema that a reference names, with its key; reports one that doesn't exist.
    pub(super) fn resolve(
        &self,
        findings: &mut Findings,
        reference: &str,
        at: &Pointer,
    ) -> Option<(String, &Component<'a>)> {
        let key = key_in(SCHEMAS, reference)?;
        if let Some(component) = self.schemas.get(&key) {
            return Some((key, component));
        }
        let folder = Pointer::root().child("components").child(SCHEMAS);
        let known = self.schemas.keys().map(String::as_str);
        dangling(findings, reference, &folder, &key, known, &at.child("$ref"));
        None
    }

    /// A schema itself, at the end of its references; whoever makes a type of it tells of those that lead nowhere.
    pub(super) fn item<S: Borrow<Schema>>(&self, schema: &'a ReferenceOr<S>) -> Option<&'a Schema> {
        let mut next = match schema {
            ReferenceOr::Item(schema) => return Some(schema.borrow()),
            ReferenceOr::Reference { reference } => reference,
        };
        // More steps than there are components go in a circle.
        for _ in 0..=self.schemas.len() {
            match self.schemas.get(&key_in(SCHEMAS, next)?)?.schema {
                ReferenceOr::Item(schema) => return Some(schema),
                ReferenceOr::Reference { reference } => next = reference,
            }
        }
        None
    }

    /// A parameter, and where it stands.
    pub(super) fn parameter(
        &self,
        findings: &mut Findings,
        parameter: &'a ReferenceOr<Parameter>,
        at: Pointer,
    ) -> Option<(&'a Parameter, Pointer)> {
        self.find(findings, parameter, at, "parameters", |components| &components.parameters)
    }

    /// The body that an operation declares, and where it stands.
    pub(super) fn body(
        &self,
        findings: &mut Findings,
        operation: &'a Operation,
        at: &Pointer,
    ) -> Option<(&'a RequestBody, Pointer)> {
        let body = operation.request_body.as_ref()?;
        let kind = "requestBodies";
        self.find(findings, body, at.child("requestBody"), kind, |components| &components.request_bodies)
    }

    /// A response, and where it stands.
    pub(super) fn response(
        &self,
        findings: &mut Findings,
        response: &'a ReferenceOr<Response>,
        at: Pointer,
    ) -> Option<(&'a Response, Pointer)> {
        self.find(findings, response, at, "responses", |components| &components.responses)
    }

    /// A header.
    pub(super) fn header(
        &self,
        findings: &mut Findings,
        header: &'a ReferenceOr<Header>,
        at: Pointer,
    ) -> Option<&'a Header> {
        self.find(findings, header, at, "headers", |components| &components.headers).map(|(header, _)| header)
    }

    /// What stands at a node, or the component that a reference there leads to; and where that is.
    fn find<T>(
        &self,
        findings: &mut Findings,
        node: &'a ReferenceOr<T>,
        at: Pointer,
        kind: &str,
        folder: fn(&'a Components) -> &'a IndexMap<String, ReferenceOr<T>>,
    ) -> Option<(&'a T, Pointer)> {
        match node {
            ReferenceOr::Item(item) => Some((item, at)),
            ReferenceOr::Reference { reference } => {
                follow(findings, self.openapi.components.as_ref().map(folder), kind, reference, &at)
            }
        }
    }
}

/// Where a component schema stands.
pub(super) fn component_pointer(key: &str) -> Pointer {
    Pointer::root().child("components").child(SCHEMAS).child(key)
}

/// The operations of a path item.
pub(super) fn methods(item: &PathItem) -> impl Iterator<Item = (Method, &Operation)> {
    let all = [
        (Method::Get, &item.get),
        (Method::Put, &item.put),
        (Method::Post, &item.post),
        (Method::Patch, &item.patch),
        (Method::Delete, &item.delete),
        (Method::Head, &item.head),
        (Method::Options, &item.options),
        (Method::Trace, &item.trace),
    ];
    all.into_iter().filter_map(|(method, declared)| Some((method, declared.as_ref()?)))
}
