//! The variants of open enums, of unions, and of enums whose variant depends on the status code.

use super::constraint::Constraint;
use super::request::ResponseFormat;
use super::ty::Type;
use crate::base::name::{RustName, WireName};

/// A known value of an open enum.
#[derive(Clone, Debug)]
pub struct Variant {
    /// The string; any other value as JSON.
    pub wire: WireName,
    /// Name of the variant.
    pub name: RustName,
    /// The description.
    pub docs: String,
}

/// A variant of a union.
#[derive(Clone, Debug)]
pub struct UnionVariant {
    /// Name of the variant.
    pub name: RustName,
    /// The values of the distinguishing property. The first is written, unless the value has another one of them.
    pub tags: Vec<WireName>,
    /// Whether the variant has all other values of the distinguishing property.
    pub is_default: bool,
    /// The type of the value.
    pub ty: Type,
    /// The types that convert into the union as this variant. For a string, `&str` does as well.
    pub sources: Vec<Type>,
    /// What its value has to meet beyond the type. One of these lists applies.
    pub constraints: Vec<Vec<Constraint>>,
}

impl UnionVariant {
    /// Creates a variant that its shape distinguishes.
    pub(crate) fn new(name: RustName, ty: Type) -> Self {
        Self { name, tags: Vec::new(), is_default: false, ty, sources: Vec::new(), constraints: Vec::new() }
    }
}

/// A variant of an enum whose variant depends on the status code.
#[derive(Clone, Debug)]
pub struct StatusVariant {
    /// Name of the variant.
    pub name: RustName,
    /// The type of the content. `None` if there is none.
    pub ty: Option<Type>,
    /// How the content is read.
    pub format: ResponseFormat,
    /// The status codes, as the document spells them.
    pub statuses: Vec<String>,
}
