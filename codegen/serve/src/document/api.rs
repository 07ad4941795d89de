//! The description with its operations, and the operation of a request.

use serde_json::Value;

use super::operation::Operation;
use super::operations::{id_of, operations};
use super::template::{PathValues, Template};
use crate::base::message::Request;
use crate::schema::tree::Tree;
use crate::schema::validated::Schemas;

/// The description with its operations.
#[derive(Debug)]
pub(crate) struct Api {
    pub(crate) tree: Tree,
    pub(crate) operations: Vec<Operation>,
    pub(crate) schemas: Schemas,
}

/// What the description says about the path and method of a request.
pub(crate) enum Route<'a> {
    /// The operation, and each way to divide the path among its parameters.
    Found(&'a Operation, Vec<PathValues>),
    /// The path has only these methods.
    OtherMethods(Vec<&'a str>),
    NotFound,
}

/// What decides between two templates that match; the lowest comes first.
type Rank = (usize, usize, u16);

impl Api {
    pub(crate) fn new(document: Value) -> Self {
        let tree = Tree::new(document);
        Self { operations: operations(&tree), tree, schemas: Schemas::default() }
    }

    /// Finds the operation of a request. A path template with fewer parameters takes precedence. Of those that differ only in
    /// the fragment, the operation with the highest preference takes precedence.
    pub(crate) fn find(&self, request: &Request, preference: impl Fn(&Operation) -> u16) -> Route<'_> {
        let pairs = request.pairs();
        let mut methods = Vec::new();
        let mut best: Option<(Rank, &Operation, Vec<PathValues>)> = None;
        for operation in &self.operations {
            for template in &operation.templates {
                let values = template.matches(request.path(), &pairs);
                if values.is_empty() {
                    continue;
                }
                if operation.method != request.method {
                    methods.push(operation.method.as_str());
                    continue;
                }
                let rank = (
                    template.parameters(),
                    usize::MAX - template.literals(),
                    u16::MAX - preference(operation),
                );
                if best.as_ref().is_none_or(|(other, ..)| rank < *other) {
                    best = Some((rank, operation, values));
                }
            }
        }
        methods.sort_unstable();
        methods.dedup();
        match best {
            Some((_, operation, values)) => Route::Found(operation, values),
            None if methods.is_empty() => Route::NotFound,
            None => Route::OtherMethods(methods),
        }
    }

    /// Returns the operation with a method and a path template, which may be percent-encoded.
    pub(crate) fn operation(&self, method: &str, path: &str) -> Option<&Operation> {
        let template = Template::parse(path);
        let is_same = |operation: &&Operation| Template::parse(&operation.path) == template;
        let of_method = || self.operations.iter().filter(|operation| operation.method == method);
        // Some paths differ only in the fragment, which no template contains.
        of_method().find(|operation| operation.path == path).or_else(|| of_method().find(is_same))
    }

    /// Returns the operation id of an operation.
    pub(crate) fn id(&self, operation: &Operation) -> Option<&str> {
        id_of(&self.tree, &operation.at)
    }
}
