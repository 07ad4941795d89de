//! A schema that applies to a value, together with others.

use std::borrow::Borrow;

use openapiv3::{ReferenceOr, Schema};

use crate::base::pointer::Pointer;
use crate::lower::document::lookup::{Document, component_pointer};
use crate::lower::document::reference::{SCHEMAS, key_in};

/// A schema that applies to a value, and its location.
#[derive(Clone)]
pub(in crate::lower) struct Part<'a> {
    pub(in crate::lower) node: Node<'a>,
    pub(in crate::lower) at: Pointer,
    /// The location of `oneOf` or `anyOf` that is read apart from the rest of the schema.
    pub(in crate::lower) without: Option<Pointer>,
}

/// The schemas that apply to a value, such as a property: all of them.
pub(in crate::lower) type Property<'a> = Vec<Part<'a>>;

/// A schema or a reference to one. Some schemas of the typed document are boxed.
#[derive(Clone, Copy)]
pub(in crate::lower) enum Node<'a> {
    Reference(&'a str),
    Item(&'a Schema),
}

impl<'a, S: Borrow<Schema>> From<&'a ReferenceOr<S>> for Node<'a> {
    fn from(schema: &'a ReferenceOr<S>) -> Self {
        match schema {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(schema) => Self::Item(schema.borrow()),
        }
    }
}

impl<'a> Node<'a> {
    /// Follows references to the schema itself.
    pub(in crate::lower) fn schema(self, document: &Document<'a>) -> Option<&'a Schema> {
        match self {
            Self::Item(schema) => Some(schema),
            Self::Reference(reference) => {
                document.item(document.schema(&key_in(SCHEMAS, reference)?)?.schema)
            }
        }
    }
}

impl<'a> Part<'a> {
    pub(in crate::lower) fn new<S: Borrow<Schema>>(schema: &'a ReferenceOr<S>, at: Pointer) -> Self {
        Self { node: schema.into(), at, without: None }
    }

    pub(in crate::lower) fn item(schema: &'a Schema, at: &Pointer) -> Self {
        Self { node: Node::Item(schema), at: at.clone(), without: None }
    }

    /// The same schema without one of its unions.
    pub(in crate::lower) fn without(self, union: &Pointer) -> Self {
        Self { without: Some(union.clone()), ..self }
    }

    /// A text that is equal for equal schemas: the location of the schema or of the component.
    pub(in crate::lower) fn key(&self) -> String {
        let component = match self.node {
            Node::Reference(reference) => key_in(SCHEMAS, reference).map(|key| component_pointer(&key)),
            Node::Item(_) => None,
        };
        let location = component.as_ref().unwrap_or(&self.at);
        self.without
            .as_ref()
            .map_or_else(|| location.to_string(), |union| format!("{location} without {union}"))
    }
}

/// The key of several schemas that apply to one value.
pub(in crate::lower) fn key_of(parts: &[Part<'_>]) -> String {
    let keys: Vec<_> = parts.iter().map(Part::key).collect();
    keys.join(" and ")
}
