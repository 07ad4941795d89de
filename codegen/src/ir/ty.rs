//! The types of fields, parameters, and request and response bodies.

use super::custom::CustomType;
use crate::base::name::RustName;

/// The Rust type of a JSON value, or of a body that is not JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// `bool`
    Bool,
    /// `i64`
    I64,
    /// `u64`
    U64,
    /// `f64`
    F64,
    /// A number of any size and precision.
    Number,
    /// `String`
    String,
    /// A timestamp as an RFC 3339 string.
    Timestamp,
    /// A Unix timestamp in seconds.
    UnixSeconds,
    /// A Unix timestamp in microseconds.
    UnixMicros,
    /// Null.
    Null,
    /// Any JSON value.
    Any,
    /// Bytes of a body that is not JSON.
    Bytes,
    /// A redirect: its status code and location.
    Redirect,
    /// An object with any properties.
    Object,
    /// An array.
    Array(Box<Type>),
    /// An array whose first items have types of their own.
    Tuple(Tuple),
    /// An object used as a map.
    Map(Box<Type>),
    /// An array item or a map value that may be null.
    Nullable(Box<Type>),
    /// A value on the heap, for a type that contains itself.
    Boxed(Box<Type>),
    /// A type that the user gives the schema.
    Custom(CustomType),
    /// A type of [`Api::types`](super::Api::types).
    Named(RustName),
}

/// An array whose first items have types of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tuple {
    /// The first items.
    pub items: Vec<TupleItem>,
    /// The type of all other items. `None` if there are none.
    pub rest: Option<Box<Type>>,
}

/// An item of a tuple.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TupleItem {
    /// The type of a value that is present.
    pub ty: Type,
    /// Whether the array may end before the item.
    pub optional: bool,
    /// Whether the item may be null.
    pub nullable: bool,
}

impl Tuple {
    /// Returns the types of all items.
    pub fn types(&self) -> impl Iterator<Item = &Type> {
        self.items.iter().map(|item| &item.ty).chain(self.rest.as_deref())
    }

    /// Returns the types of all items, mutably.
    pub(crate) fn types_mut(&mut self) -> impl Iterator<Item = &mut Type> {
        self.items.iter_mut().map(|item| &mut item.ty).chain(self.rest.as_deref_mut())
    }
}

impl Type {
    /// Returns whether null is a value of the type itself, so that it needs no `Option` for null.
    pub(crate) fn has_null(&self) -> bool {
        matches!(self, Self::Any | Self::Null)
    }

    /// Returns the named types that a value of this type contains inline: not in an array, a map or a box.
    #[must_use]
    pub fn inline_names(&self) -> Vec<&RustName> {
        match self {
            Self::Named(name) => vec![name],
            Self::Nullable(inner) => inner.inline_names(),
            Self::Tuple(tuple) => tuple.items.iter().flat_map(|item| item.ty.inline_names()).collect(),
            _ => Vec::new(),
        }
    }

    /// Returns the named type, also from inside arrays, maps and boxes. A tuple has none, as it may have several.
    #[must_use]
    pub fn name(&self) -> Option<&RustName> {
        match self {
            Self::Named(name) => Some(name),
            Self::Array(inner) | Self::Map(inner) | Self::Nullable(inner) | Self::Boxed(inner) => {
                inner.name()
            }
            _ => None,
        }
    }

    /// Returns all named types, also from inside arrays, tuples, maps and boxes.
    #[must_use]
    pub fn names(&self) -> Vec<&RustName> {
        match self {
            Self::Named(name) => vec![name],
            Self::Array(inner) | Self::Map(inner) | Self::Nullable(inner) | Self::Boxed(inner) => {
                inner.names()
            }
            Self::Tuple(tuple) => tuple.types().flat_map(Self::names).collect(),
            _ => Vec::new(),
        }
    }

    /// Returns the types that the user gives schemas, also from inside arrays, tuples, maps and boxes.
    pub(crate) fn customs(&self) -> Vec<&CustomType> {
        match self {
            Self::Custom(custom) => vec![custom],
            Self::Array(inner) | Self::Map(inner) | Self::Nullable(inner) | Self::Boxed(inner) => {
                inner.customs()
            }
            Self::Tuple(tuple) => tuple.types().flat_map(Self::customs).collect(),
            _ => Vec::new(),
        }
    }

    /// Returns the named types mutably, as [`Type::names`] does.
    pub(crate) fn names_mut(&mut self) -> Vec<&mut RustName> {
        match self {
            Self::Named(name) => vec![name],
            Self::Array(inner) | Self::Map(inner) | Self::Nullable(inner) | Self::Boxed(inner) => {
                inner.names_mut()
            }
            Self::Tuple(tuple) => tuple.types_mut().flat_map(Self::names_mut).collect(),
            _ => Vec::new(),
        }
    }
}
