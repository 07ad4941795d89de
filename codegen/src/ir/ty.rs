//! The types of fields, parameters, bodies and answers.

use crate::base::name::RustName;

/// A Rust type, as far as the wire knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// `bool`
    Bool,
    /// `i64`
    I64,
    /// `f64`
    F64,
    /// A number kept exactly as sent.
    Number,
    /// `String`
    String,
    /// An instant as RFC 3339 text.
    Timestamp,
    /// An instant as whole seconds.
    UnixSeconds,
    /// An instant as whole microseconds.
    UnixMicros,
    /// Any JSON value.
    Any,
    /// Bytes, outside of JSON.
    Bytes,
    /// An object with any keys.
    Free,
    /// A list.
    List(Box<Type>),
    /// An object used as a map.
    Map(Box<Type>),
    /// Null or a value, where an element or a map's value may be null.
    Nullable(Box<Type>),
    /// A value on the heap, where a type would contain itself.
    Boxed(Box<Type>),
    /// A type of [`Api::types`](super::Api::types).
    Named(RustName),
}

impl Type {
    /// The named types that a value of this type holds without a list or map between.
    #[must_use]
    pub fn inline_name(&self) -> Option<&RustName> {
        match self {
            Self::Named(name) => Some(name),
            Self::Nullable(inner) => inner.inline_name(),
            _ => None,
        }
    }

    /// The named type at the bottom, through lists, maps and boxes.
    #[must_use]
    pub fn name(&self) -> Option<&RustName> {
        match self {
            Self::Named(name) => Some(name),
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) | Self::Boxed(inner) => inner.name(),
            _ => None,
        }
    }

    /// The same as [`Type::name`], to be changed.
    pub(crate) fn name_mut(&mut self) -> Option<&mut RustName> {
        match self {
            Self::Named(name) => Some(name),
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) | Self::Boxed(inner) => {
                inner.name_mut()
            }
            _ => None,
        }
    }
}
