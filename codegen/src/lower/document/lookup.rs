//! Lookups in the typed document. Nothing here changes it.

use std::borrow::Borrow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::ptr;
use std::sync::LazyLock;

use indexmap::IndexMap;
use openapiv3::{
    Components, Header, MediaType, OpenAPI, Operation, Parameter, PathItem, ReferenceOr, RequestBody,
    Response, Schema, SecurityRequirement, Tag,
};
use serde::Serialize;
use serde_json::Value;

use super::families::Family;
use super::newer::NewerFeatures;
use super::reference::{SCHEMAS, dangling, follow, key_in};
use crate::base::copies::{self, Copies, size_of};
use crate::base::diagnostic::Findings;
use crate::base::name::RustName;
use crate::base::pointer::Pointer;
use crate::grammar::paths::ADDITIONAL;
use crate::ir::request::Method;
use crate::normalize::normalized_extensions::UNKNOWN_CONTENT;

/// A component schema and the name of its type.
pub(in crate::lower) struct Component<'a> {
    pub(in crate::lower) name: RustName,
    pub(in crate::lower) schema: &'a ReferenceOr<Schema>,
    /// The name of its struct, if the type is a union of the schemas that build on it.
    pub(in crate::lower) base: Option<RustName>,
}

impl Component<'_> {
    /// The name of the type with the properties of the schema.
    pub(in crate::lower) fn struct_name(&self) -> &RustName {
        self.base.as_ref().unwrap_or(&self.name)
    }
}

/// What is assumed in place of a response that isn't found.
static UNKNOWN_RESPONSE: LazyLock<Response> = LazyLock::new(|| Response {
    extensions: IndexMap::from([(UNKNOWN_CONTENT.to_owned(), Value::Bool(true))]),
    ..Response::default()
});

/// What is assumed in place of a request body that isn't found.
static ANY_BODY: LazyLock<RequestBody> = LazyLock::new(|| RequestBody {
    content: IndexMap::from([("*/*".to_owned(), MediaType::default())]),
    ..RequestBody::default()
});

/// The document, with the names of its component schemas.
pub(in crate::lower) struct Document<'a> {
    openapi: &'a OpenAPI,
    newer: &'a NewerFeatures,
    schemas: IndexMap<String, Component<'a>>,
    families: IndexMap<String, Family<'a>>,
    copies: Copies,
    /// What is used: the location, size and total of each node, by its address and type.
    uses: RefCell<HashMap<(usize, usize), Usage>>,
}

/// How much of what was copied is one node.
struct Usage {
    at: Pointer,
    size: usize,
    total: usize,
}

impl<'a> Document<'a> {
    pub(in crate::lower) fn new(
        openapi: &'a OpenAPI,
        newer: &'a NewerFeatures,
        schemas: IndexMap<String, Component<'a>>,
        families: IndexMap<String, Family<'a>>,
        copies: Copies,
    ) -> Self {
        Self { openapi, newer, schemas, families, copies, uses: RefCell::default() }
    }

    /// Counts another copy of a node. Returns false if there are too many.
    pub(in crate::lower) fn can_copy<T: Serialize + ?Sized>(&self, node: &'a T, at: &Pointer) -> bool {
        let mut uses = self.uses.borrow_mut();
        let new = || Usage { at: at.clone(), size: size_of(node), total: 0 };
        let key = (ptr::from_ref(node).cast::<()>().addr(), size_of_val(node));
        let usage = uses.entry(key).or_insert_with(new);
        usage.total += usage.size;
        self.copies.count(usage.size)
    }

    /// Reports that too much was copied, at the node that takes most of it. Only the first `known` findings are kept: the
    /// others may be consequences.
    pub(in crate::lower) fn check_copies(&self, findings: &mut Findings, known: usize) {
        if !self.copies.is_exceeded() {
            return;
        }
        findings.truncate(known);
        if !findings.copies().is_exceeded() {
            let uses = self.uses.borrow();
            let most = uses
                .values()
                .max_by(|one, other| one.total.cmp(&other.total).then_with(|| other.at.cmp(&one.at)));
            let at = most.map_or_else(Pointer::root, |usage| usage.at.clone());
            findings.error(&at, self.copies.message(), copies::HELP);
        }
    }

    /// The security requirements of the document.
    pub(in crate::lower) fn security(&self) -> &'a [SecurityRequirement] {
        self.openapi.security.as_deref().unwrap_or_default()
    }

    /// The schemas that build on a component, if a discriminator selects them.
    pub(in crate::lower) fn family(&self, key: &str) -> Option<&Family<'a>> {
        self.families.get(key)
    }

    pub(in crate::lower) fn paths(
        &self,
    ) -> impl Iterator<Item = (&'a String, &'a ReferenceOr<PathItem>)> + use<'a> {
        self.openapi.paths.paths.iter()
    }

    /// The operations of a path.
    pub(in crate::lower) fn operations(
        &self,
        path: &str,
        item: &'a PathItem,
    ) -> impl Iterator<Item = (Method, &'a Operation)> + use<'a> {
        methods(item).chain(self.newer.operations(path))
    }

    /// The webhooks with their names and locations.
    pub(in crate::lower) fn webhooks(
        &self,
    ) -> impl Iterator<Item = (&'a str, Pointer, &'a PathItem)> + use<'a> {
        self.newer.webhooks()
    }

    pub(in crate::lower) fn tag(&self, name: &str) -> Option<&'a Tag> {
        self.openapi.tags.iter().find(|tag| tag.name == name)
    }

    /// The component schemas, in the document's order.
    pub(in crate::lower) fn schemas(&self) -> impl Iterator<Item = (&str, &Component<'a>)> {
        self.schemas.iter().map(|(key, component)| (key.as_str(), component))
    }

    /// A component schema by its key.
    pub(in crate::lower) fn schema(&self, key: &str) -> Option<&Component<'a>> {
        self.schemas.get(key)
    }

    /// Returns the component schema that a reference names, with its key. Reports one that doesn't exist.
    pub(in crate::lower) fn resolve(
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

    /// Follows references to the schema itself. Dangling references are reported where a type is made of the schema.
    pub(in crate::lower) fn item<S: Borrow<Schema>>(&self, schema: &'a ReferenceOr<S>) -> Option<&'a Schema> {
        let mut next = match schema {
            ReferenceOr::Item(schema) => return Some(schema.borrow()),
            ReferenceOr::Reference { reference } => reference,
        };
        // A chain with more steps than there are components is a cycle.
        for _ in 0..=self.schemas.len() {
            match self.schemas.get(&key_in(SCHEMAS, next)?)?.schema {
                ReferenceOr::Item(schema) => return Some(schema),
                ReferenceOr::Reference { reference } => next = reference,
            }
        }
        None
    }

    /// Returns a parameter and its location.
    pub(in crate::lower) fn parameter(
        &self,
        findings: &mut Findings,
        parameter: &'a ReferenceOr<Parameter>,
        at: Pointer,
    ) -> Option<(&'a Parameter, Pointer)> {
        self.find(findings, parameter, at, "parameters", |components| &components.parameters)
    }

    /// Returns the request body of an operation and its location. One whose reference leads nowhere may be any JSON.
    pub(in crate::lower) fn body(
        &self,
        findings: &mut Findings,
        operation: &'a Operation,
        at: &Pointer,
    ) -> Option<(&'a RequestBody, Pointer)> {
        let body = operation.request_body.as_ref()?;
        let (kind, at) = ("requestBodies", at.child("requestBody"));
        let found = self.find(findings, body, at.clone(), kind, |components| &components.request_bodies);
        Some(found.unwrap_or((&ANY_BODY, at)))
    }

    /// Returns a response and its location. One whose reference leads nowhere has unknown content.
    pub(in crate::lower) fn response(
        &self,
        findings: &mut Findings,
        response: &'a ReferenceOr<Response>,
        at: Pointer,
    ) -> (&'a Response, Pointer) {
        let found =
            self.find(findings, response, at.clone(), "responses", |components| &components.responses);
        found.unwrap_or((&UNKNOWN_RESPONSE, at))
    }

    /// Returns a header.
    pub(in crate::lower) fn header(
        &self,
        findings: &mut Findings,
        header: &'a ReferenceOr<Header>,
        at: Pointer,
    ) -> Option<&'a Header> {
        self.find(findings, header, at, "headers", |components| &components.headers).map(|(header, _)| header)
    }

    /// Follows a reference, if there is one, to a component; returns the object and its location.
    fn find<T: Serialize>(
        &self,
        findings: &mut Findings,
        node: &'a ReferenceOr<T>,
        at: Pointer,
        kind: &str,
        folder: fn(&'a Components) -> &'a IndexMap<String, ReferenceOr<T>>,
    ) -> Option<(&'a T, Pointer)> {
        let found = match node {
            ReferenceOr::Item(item) => Some((item, at)),
            ReferenceOr::Reference { reference } => {
                follow(findings, self.openapi.components.as_ref().map(folder), kind, reference, &at)
            }
        };
        found.filter(|(item, at)| self.can_copy(*item, at))
    }
}

/// The location of a component schema.
pub(in crate::lower) fn component_pointer(key: &str) -> Pointer {
    Pointer::root().child("components").child(SCHEMAS).child(key)
}

/// The location of an operation of a path item.
pub(in crate::lower) fn operation_pointer(item: &Pointer, method: &Method) -> Pointer {
    match method {
        Method::Other(name) => item.child(ADDITIONAL).child(name),
        method => item.child(method.as_str().to_lowercase()),
    }
}

/// The location of the path item of an operation.
pub(in crate::lower) fn item_pointer(operation: &Pointer, method: &Method) -> Pointer {
    let parent = operation.parent().unwrap_or_default();
    match method {
        Method::Other(_) => parent.parent().unwrap_or_default(),
        _ => parent,
    }
}

/// The operations of a path item.
pub(in crate::lower) fn methods(item: &PathItem) -> impl Iterator<Item = (Method, &Operation)> {
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
