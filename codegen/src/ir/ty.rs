//! The types of fields, parameters, and request and response bodies.

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
    /// An object used as a map.
    Map(Box<Type>),
    /// An array item or a map value that may be null.
    Nullable(Box<Type>),
    /// A value on the heap, for a type that contains itself.
    Boxed(Box<Type>),
    /// A type of [`Api::types`](super::Api::types).
    Named(RustName),
}

impl Type {
    /// Returns the named type that a value of this type contains inline: not in an array, a map or a box.
    #[must_use]
    pub fn inline_name(&self) -> Option<&RustName> {
        match self {
            Self::Named(name) => Some(name),
            Self::Nullable(inner) => inner.inline_name(),
            _ => None,
        }
    }

    /// Returns the named type, also from inside arrays, maps and boxes.
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

    /// Returns the named type mutably, as [`Type::name`] does.
    pub(crate) fn name_mut(&mut self) -> Option<&mut RustName> {
        match self {
            Self::Named(name) => Some(name),
            Self::Array(inner) | Self::Map(inner) | Self::Nullable(inner) | Self::Boxed(inner) => {
                inner.name_mut()
            }
            _ => None,
        }
    }
}
