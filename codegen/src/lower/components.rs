//! Component schemas: their names, and a type of each.

use indexmap::IndexMap;
use openapiv3::{OpenAPI, ReferenceOr};

use super::context::{Context, rust_name};
use super::document::{Component, component_pointer};
use super::parts::Parts;
use super::reserved::RESERVED_TYPES;
use super::schema;
use super::types::Types;
use crate::base::diagnostic::Findings;
use crate::base::name::{RustName, file_stem};
use crate::ir::api::TypeKind;

/// All components get their names before any inline type does, so that these never move.
pub(super) fn named<'a>(
    openapi: &'a OpenAPI,
    types: &mut Types,
    findings: &mut Findings,
) -> IndexMap<String, Component<'a>> {
    let mut named = IndexMap::new();
    for (key, schema) in openapi.components.iter().flat_map(|components| &components.schemas) {
        let wanted = match schema {
            ReferenceOr::Item(item) => rust_name(&item.schema_data.extensions),
            ReferenceOr::Reference { .. } => None,
        };
        let mut wanted = RustName::upper_camel(wanted.unwrap_or(key));
        if RESERVED_TYPES.contains(&wanted.as_str()) {
            wanted = wanted.with_suffix("Model");
        }
        if types.holds(&wanted) {
            let at = component_pointer(key);
            let message = format!("the type name `{wanted}` is taken; `{key}` gets a number behind it");
            findings.warning(&at, message, "give one of the two an `x-rust-name` by an overlay");
        }
        named.insert(key.clone(), Component { name: types.claim(&wanted), schema });
    }
    named
}

/// Makes a type of each.
pub(super) fn lower(parts: &mut Parts<'_, '_>) {
    let schemas = parts.document.schemas();
    let work: Vec<_> =
        schemas.map(|(key, component)| (key.to_owned(), component.name.clone(), component.schema)).collect();
    for (key, name, schema) in work {
        let at = component_pointer(&key);
        let context = Context::new(&name, &file_stem(name.plain()));
        match schema {
            ReferenceOr::Reference { .. } => {
                let target = TypeKind::Alias(schema::use_of(parts, schema, &at, &context).ty);
                parts.types.push(name, &context, &at, String::new(), target, false);
            }
            ReferenceOr::Item(item) => schema::define(parts, &name, item, &at, &context),
        }
    }
}
