//! Types that the configuration or `x-rust-type` give the schemas of a value.

use super::part::{Node, Part};
use super::shape::Shape;
use crate::ir::ty::Type;
use crate::lower::custom_types::CustomTypes;
use crate::lower::document::view::View;
use crate::lower::lowering::Lowering;

/// The type that one of several schemas of a value is given.
pub(super) fn of_parts(lowering: &mut Lowering<'_, '_>, parts: &[Part<'_>]) -> Option<Type> {
    parts.iter().rev().find_map(|part| {
        let Node::Item(schema) = part.node else { return None };
        let view = View::new(schema);
        let given = lowering.custom.given(lowering.findings, &part.at, || view.ty);
        let extensions = &view.data.extensions;
        given.or_else(|| CustomTypes::declared(lowering.findings, &part.at, extensions, view.ty))
    })
}

/// The type that one use of a component is given.
pub(super) fn of_reference(lowering: &mut Lowering<'_, '_>, part: &Part<'_>) -> Option<Type> {
    let document = &lowering.document;
    let ty = || part.node.schema(document).and_then(|schema| View::new(schema).ty);
    lowering.custom.given(lowering.findings, &part.at, ty)
}

/// The type that the format of a value is given.
pub(super) fn of_format(lowering: &mut Lowering<'_, '_>, shape: &Shape<'_>) -> Option<Type> {
    let format = shape.format.or(shape.plain_format)?;
    lowering.custom.of_format(lowering.findings, shape.ty?, format)
}
