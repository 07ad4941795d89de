//! What a schema demands of values, beyond their type. The docs state it.

use std::fmt;

use serde_json::{Map, Value};

use crate::base::pointer::Pointer;

/// The keywords of one schema that limit values in a way that no type expresses.
///
/// Two constraints are equal if they demand the same, wherever they are declared. `Debug` doesn't show the location.
#[derive(Clone, Default)]
pub struct Constraint {
    /// Which part of the value is limited, from the outside in. Empty for the value itself.
    pub scope: Vec<Scope>,
    /// The keywords, as in JSON Schema. `type` and `enum` are included if nothing else states them.
    pub keywords: Map<String, Value>,
    /// JSON pointer to the schema.
    pub pointer: Pointer,
}

impl PartialEq for Constraint {
    fn eq(&self, other: &Self) -> bool {
        (&self.scope, &self.keywords) == (&other.scope, &other.keywords)
    }
}

impl fmt::Debug for Constraint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {:?}", self.scope, self.keywords)
    }
}

/// A part of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Each item of an array.
    Item,
    /// An item of an array, by its index.
    ItemAt(usize),
    /// Each additional property of an object.
    Property,
    /// The value, if one of several branches of its object applies.
    Branch,
}
