//! The variants of unions, and of enums by status code.

use crate::base::name::WireName;
use crate::ir::api::{StatusVariant, UnionVariant};
use crate::ir::request::ResponseFormat;
use crate::ir::ty::Type;

/// A variant of a union, or of an enum by status code.
pub(super) struct Choice<'v> {
    pub(super) name: &'v str,
    pub(super) ty: Option<&'v Type>,
    /// The first value that selects the variant.
    pub(super) key: Option<&'v str>,
    /// All values that select the variant.
    pub(super) selected_by: String,
    pub(super) format: Option<ResponseFormat>,
    pub(super) sources: &'v [Type],
}

impl<'v> Choice<'v> {
    pub(super) fn of_union(variants: &'v [UnionVariant]) -> Vec<Self> {
        let choice = |variant: &'v UnionVariant| Self {
            name: variant.name.as_str(),
            ty: Some(&variant.ty),
            key: variant.tags.first().map(WireName::as_str),
            selected_by: tags(variant),
            format: None,
            sources: &variant.sources,
        };
        variants.iter().map(choice).collect()
    }

    pub(super) fn by_status(variants: &'v [StatusVariant]) -> Vec<Self> {
        let choice = |variant: &'v StatusVariant| Self {
            name: variant.name.as_str(),
            ty: variant.ty.as_ref(),
            key: variant.statuses.first().map(String::as_str),
            selected_by: variant.statuses.join(", "),
            format: Some(variant.format),
            sources: &[],
        };
        variants.iter().map(choice).collect()
    }
}

/// The values that select a variant.
fn tags(variant: &UnionVariant) -> String {
    let default = variant.is_default.then(|| "all other values".to_owned());
    let tags: Vec<_> = variant.tags.iter().map(quoted).chain(default).collect();
    if tags.is_empty() { "none".to_owned() } else { tags.join(", ") }
}

/// A value as messages show it.
pub(super) fn quoted(wire: &WireName) -> String {
    format!("{:?}", wire.as_str())
}
