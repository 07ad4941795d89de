//! A schema that others build on by `allOf`, with a discriminator: a union of their types, and a struct of its own
//! properties.

use openapiv3::Schema;

use super::constraints::constraints_of;
use super::discriminator::{Branch, Selector};
use super::part::Part;
use super::schema;
use super::union::{self, BranchType};
use crate::base::name::RustName;
use crate::base::pointer::Pointer;
use crate::ir::api::{TypeKind, UnionVariant};
use crate::ir::ty::Type;
use crate::lower::context::Context;
use crate::lower::document::lookup::{Component, component_pointer};
use crate::lower::document::view::{View, docs};
use crate::lower::lowering::Lowering;

/// The variant of values that no schema is selected for.
const BASE: &str = "Base";

/// Defines the union and the struct of a component.
pub(in crate::lower) fn define<'a>(
    lowering: &mut Lowering<'a, '_>,
    key: &str,
    schema: &'a Schema,
    at: &Pointer,
    context: &Context,
) {
    let Some(component) = lowering.document.schema(key) else { return };
    let (name, base) = (component.name.clone(), component.struct_name().clone());
    let (kind, additional) = schema::object(lowering, schema, at, context);
    let view = View::new(schema);
    let own = if view.has_properties() { "properties" } else { "allOf" };
    let base_docs = format!("The properties that all variants of `{name}` have.");
    lowering.types.push(base.clone(), context, &at.child(own), base_docs, kind, additional);
    lowering.types.constrain(&base, constraints_of(&[Part::item(schema, at)]));
    if let Some(kind) = choice(lowering, key, &base, &context.hint) {
        lowering.types.push(name, context, at, docs(&view), kind, false);
    }
}

/// The union of the types that build on a component, and of the component itself.
fn choice(lowering: &mut Lowering<'_, '_>, owner: &str, base: &RustName, hint: &str) -> Option<TypeKind> {
    let document = &lowering.document;
    let family = document.family(owner)?;
    let members = family.members.clone();
    let branches: Vec<Branch<'_>> = members
        .iter()
        .map(|key| Branch { key: Some(key.clone()), schema: document.schema(key).map(|known| known.schema) })
        .collect();
    let common = family.ancestors.clone();
    let selector = Selector { document, discriminator: family.discriminator, common };
    let at = component_pointer(&family.declared_by).child("discriminator");
    let selection = selector.select(lowering.findings, &branches, &at);
    let types = members.iter().map(|key| {
        let ty = document
            .schema(key)
            .map(Component::struct_name)
            .map_or(Type::Any, |name| Type::Named(name.clone()));
        BranchType { name: None, is_inline: false, ty, constraints: Vec::new() }
    });
    let property = &family.discriminator.property_name;
    let kind = union::tagged(property, types.zip(selection.tags).collect(), selection.default, hint);
    let TypeKind::Union { tag, mut variants, sources } = kind else { return None };
    let mut names = variants.iter().map(|variant| variant.name.as_str());
    let name = if names.any(|name| name == BASE) { base.clone() } else { RustName::upper_camel(BASE) };
    let is_default = variants.iter().all(|variant| !variant.is_default);
    variants.push(UnionVariant { is_default, ..UnionVariant::new(name, Type::Named(base.clone())) });
    Some(TypeKind::Union { tag, variants, sources })
}
