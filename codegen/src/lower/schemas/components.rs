//! Component schemas: their names and types.

use std::collections::HashMap;

use indexmap::IndexMap;
use openapiv3::{OpenAPI, ReferenceOr, Schema};

use super::{family, schema};
use crate::base::diagnostic::Findings;
use crate::base::name::{RustName, file_stem};
use crate::ir::api::TypeKind;
use crate::lower::context::{Context, check_rust_name, rust_name};
use crate::lower::document::families::Family;
use crate::lower::document::lookup::{Component, component_pointer};
use crate::lower::lowering::Lowering;
use crate::lower::naming::names::Names;
use crate::lower::types::reserved::RESERVED_TYPES;
use crate::lower::types::table::Types;

/// Names all component schemas, those with a name given by hand first. Inline types get theirs later, so they never change
/// the name of a component.
pub(in crate::lower) fn named<'a>(
    openapi: &'a OpenAPI,
    names: &Names<'_>,
    families: &IndexMap<String, Family<'_>>,
    types: &mut Types,
    findings: &mut Findings,
) -> IndexMap<String, Component<'a>> {
    let schemas = openapi.components.iter().flat_map(|components| &components.schemas);
    let is_given =
        |(key, schema): &(&String, &ReferenceOr<Schema>)| names.is_schema_given(key, given_name(schema));
    let (given, others): (Vec<_>, Vec<_>) = schemas.clone().partition(is_given);
    let mut claimed: HashMap<&str, RustName> = HashMap::new();
    for (key, schema) in given.into_iter().chain(others) {
        let name = claim(key, schema, names, &claimed, types, findings);
        claimed.insert(key, name);
    }
    let component = |(key, schema): (&'a String, &'a ReferenceOr<Schema>)| {
        let name = claimed.remove(key.as_str())?;
        let base = families.contains_key(key).then(|| types.claim_fixed(&name.with_suffix("Base")));
        Some((key.clone(), Component { name, schema, base }))
    };
    schemas.filter_map(component).collect()
}

/// The name for the type of a component schema. `known` are those that have one.
fn claim(
    key: &str,
    schema: &ReferenceOr<Schema>,
    names: &Names<'_>,
    known: &HashMap<&str, RustName>,
    types: &mut Types,
    findings: &mut Findings,
) -> RustName {
    let mut wanted = RustName::upper_camel(names.schema(key, given_name(schema)));
    if let Some(item) = schema.as_item() {
        check_rust_name(findings, &item.schema_data.extensions, &component_pointer(key), &wanted);
    }
    if RESERVED_TYPES.contains(&wanted.as_str()) {
        wanted = wanted.with_suffix("Model");
    }
    let claimed = types.claim(&wanted);
    if claimed != wanted {
        let first = known.iter().find(|(_, name)| **name == wanted).map(|(key, _)| *key);
        let message = match first {
            Some(first) => {
                format!(
                    "the schemas {first:?} and {key:?} have the same type name; {key:?} becomes `{claimed}`"
                )
            }
            None => format!("the type name `{wanted}` is taken; the schema {key:?} is `{claimed}`"),
        };
        let help = "name one of the two by `x-rust-name`, for example in an overlay";
        findings.warning(&component_pointer(key), message, help);
    }
    claimed
}

/// The keys of all component schemas, each with its `x-rust-name`.
pub(in crate::lower) fn declared(openapi: &OpenAPI) -> Vec<(&str, Option<&str>)> {
    let schemas = openapi.components.iter().flat_map(|components| &components.schemas);
    schemas.map(|(key, schema)| (key.as_str(), given_name(schema))).collect()
}

fn given_name(schema: &ReferenceOr<Schema>) -> Option<&str> {
    rust_name(&schema.as_item()?.schema_data.extensions)
}

/// Makes a type of each component schema.
pub(in crate::lower) fn lower(lowering: &mut Lowering<'_, '_>) {
    let schemas = lowering.document.schemas();
    let work: Vec<_> =
        schemas.map(|(key, component)| (key.to_owned(), component.name.clone(), component.schema)).collect();
    for (key, name, schema) in work {
        let at = component_pointer(&key);
        let context = Context::new(&name, &file_stem(name.plain()));
        match schema {
            ReferenceOr::Reference { .. } => {
                let target = TypeKind::Alias(schema::use_of(lowering, schema, &at, &context).ty);
                lowering.types.push(name, &context, &at, String::new(), target, false);
            }
            ReferenceOr::Item(item) if lowering.document.family(&key).is_some() => {
                family::define(lowering, &key, item, &at, &context);
            }
            ReferenceOr::Item(item) => schema::define(lowering, &name, item, &at, &context),
        }
    }
}
