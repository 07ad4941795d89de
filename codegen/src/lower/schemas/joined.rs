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
    if enums::is_plain_bool(&values, None) {
        return Some(Use { nullable, ..Use::of(Type::Bool) });
    }
    let of = enums::of_values(&values, None)?;
    let name = types.claim(&RustName::upper_camel(&context.hint));
    let kind = enums::open_enum(of, &values, &IndexMap::new(), &name);
    types.push(name.clone(), context, at, String::new(), kind, false);
    Some(Use { nullable, ..Use::of(Type::Named(name)) })
}

/// The type of strings, integers or booleans that all types have, of any or of known values.
pub(super) fn scalar<'t>(types: &Types, mut of: impl Iterator<Item = &'t Type>) -> Option<Type> {
    let first = values_of(types, of.next()?)?;
    of.all(|ty| values_of(types, ty).as_ref() == Some(&first)).then_some(first)
}

fn values_of(types: &Types, ty: &Type) -> Option<Type> {
    match ty {
        Type::String | Type::I64 | Type::Bool => Some(ty.clone()),
        Type::Named(name) => match &types.find(name)?.kind {
            TypeKind::OpenEnum { of: of @ (Type::String | Type::I64 | Type::Bool), .. } => Some(of.clone()),
            _ => None,
        },
        _ => None,
    }
}
