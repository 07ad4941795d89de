//! oneOf, anyOf and lists of types: an enum of the types that may stand there.

use std::collections::HashMap;

use openapiv3::{Discriminator, ReferenceOr, Schema};

use super::view::View;
use super::{Context, Lowerer};
use crate::ir::{Type, TypeShape, UnionVariant};
use crate::name::{RustName, Scope, WireName};
use crate::pointer::Pointer;

impl<'a> Lowerer<'a, '_> {
    pub(super) fn union(&mut self, view: &View<'a>, at: &Pointer, context: &Context) -> TypeShape {
        let (keyword, branches) =
            if view.one_of.is_empty() { ("anyOf", view.any_of) } else { ("oneOf", view.one_of) };
        let at = at.child(keyword);
        match &view.data.discriminator {
            Some(discriminator) => self.tagged(discriminator, branches, &at, context),
            None => self.untagged(branches, &at, context),
        }
    }

    fn untagged(
        &mut self,
        branches: &'a [ReferenceOr<Schema>],
        at: &Pointer,
        context: &Context,
    ) -> TypeShape {
        let mut names = Scope::with_reserved(&["Unknown"]);
        let mut variants: Vec<UnionVariant> = Vec::new();
        for (index, branch) in branches.iter().enumerate() {
            let hint = context.inner(&format!("Variant{}", index + 1));
            let ty = self.schema(branch, &at.index(index), &hint).element();
            if variants.iter().all(|variant| variant.ty != ty) {
                variants.push(UnionVariant { name: names.claim(&variant_name(&ty)), tag: None, ty });
            }
        }
        TypeShape::Union { tag: None, variants }
    }

    fn tagged(
        &mut self,
        discriminator: &Discriminator,
        branches: &'a [ReferenceOr<Schema>],
        at: &Pointer,
        context: &Context,
    ) -> TypeShape {
        let mut tags: HashMap<&str, Vec<&str>> = HashMap::new();
        for (tag, reference) in &discriminator.mapping {
            let key = reference.rsplit('/').next().unwrap_or(reference);
            tags.entry(key).or_default().push(tag);
        }
        let mut names = Scope::with_reserved(&["Unknown"]);
        let mut variants = Vec::new();
        for (index, branch) in branches.iter().enumerate() {
            let at = at.index(index);
            let ReferenceOr::Reference { reference } = branch else {
                self.findings.error(
                    &at,
                    "a branch beside a discriminator must be a `$ref`",
                    "move the schema to components and refer to it",
                );
                continue;
            };
            let key = reference.rsplit('/').next().unwrap_or(reference);
            let ty = self.schema(branch, &at, context).ty;
            // Without a mapping, the tag is the component's own name.
            for tag in tags.remove(key).unwrap_or_else(|| vec![key]) {
                let name = names.claim(&RustName::upper_camel(tag));
                variants.push(UnionVariant { name, tag: Some(WireName::new(tag)), ty: ty.clone() });
            }
        }
        let mut unused: Vec<_> = tags.into_keys().collect();
        unused.sort_unstable();
        for key in unused {
            let message = format!("the discriminator maps to {key:?}, which is none of the branches");
            self.findings.warning(at, message, "add the branch, or take it from `mapping`");
        }
        TypeShape::Union { tag: Some(discriminator.property_name.clone()), variants }
    }
}

/// A variant is called after what it holds.
fn variant_name(ty: &Type) -> RustName {
    let name = match ty {
        Type::Bool => "Bool",
        Type::I32 | Type::I64 => "Integer",
        Type::F64 | Type::Number => "Number",
        Type::String => "String",
        Type::Timestamp | Type::UnixSeconds | Type::UnixMicros => "Time",
        Type::Any => "Any",
        Type::Free | Type::Map(_) => "Object",
        Type::List(_) => "Array",
        Type::Nullable(inner) | Type::Boxed(inner) => return variant_name(inner),
        Type::Named(name) => name.plain(),
    };
    RustName::upper_camel(name)
}
