//! Properties that the branches of a union declare differently.

use indexmap::IndexMap;

use super::enums;
use super::part::{Node, Part, Property};
use super::used::Use;
use crate::base::name::RustName;
use crate::ir::api::TypeKind;
use crate::ir::ty::Type;
use crate::lower::context::Context;
use crate::lower::document::view::View;
use crate::lower::types::table::Types;

/// One enum for several enums, with the values of all.
pub(super) fn joined_enum(
    types: &mut Types,
    alternatives: &[Property<'_>],
    context: &Context,
) -> Option<Use> {
    let [first, _, ..] = alternatives else { return None };
    let at = &first.last()?.at;
    let mut values = Vec::new();
    let mut nullable = false;
    for parts in alternatives {
        let [Part { node: Node::Item(schema), .. }] = parts.as_slice() else { return None };
        let view = View::new(schema);
        nullable |= view.data.nullable;
        enums::value_type(&view)?;
        values.extend(view.values());
    }
    // Both booleans are no enum.
    let of = enums::of_values(&values, None)?;
    let name = types.claim(&RustName::upper_camel(&context.hint));
    let kind = enums::open_enum(of, &values, &IndexMap::new(), &name);
    types.push(name.clone(), context, at, String::new(), kind, false);
    Some(Use { nullable, ..Use::of(Type::Named(name)) })
}

/// Whether values of a type are strings, of any or of known values.
pub(super) fn is_string(types: &Types, ty: &Type) -> bool {
    let open_enum = |name: &RustName| {
        let def = types.find(name);
        def.is_some_and(|def| matches!(def.kind, TypeKind::OpenEnum { of: Type::String, .. }))
    };
    matches!(ty, Type::String)
        || ty.name().is_some_and(|name| *ty == Type::Named(name.clone()) && open_enum(name))
}
