//! References and annotations where they are used.

use openapiv3::{ReferenceOr, Schema};

use super::nullable::allows_null;
use super::part::Part;
use super::used::Use;
use crate::base::diagnostic::Findings;
use crate::base::pointer::Pointer;
use crate::ir::ty::Type;
use crate::lower::context::rust_name;
use crate::lower::document::lookup::Document;
use crate::lower::document::reference::{SCHEMAS, key_in};
use crate::lower::document::view::{View, docs, is_lenient, is_type_name};

/// The maximum length of a chain of references between schemas. A longer chain is a cycle.
const MAX_CHAIN: usize = 64;

/// The type of a component where it is used.
pub(super) fn reference_to(
    document: &Document<'_>,
    findings: &mut Findings,
    reference: &str,
    at: &Pointer,
) -> Use {
    let Some((_, target)) = document.resolve(findings, reference, at) else { return Use::of(Type::Any) };
    let mut used = Use::of(Type::Named(target.name.clone()));
    let mut schema = target.schema;
    // A component may only be a reference to another one.
    for _ in 0..MAX_CHAIN {
        let reference = match schema {
            ReferenceOr::Reference { reference } => reference,
            ReferenceOr::Item(item) => {
                let view = View::new(item);
                let is_only_null = view.is_only_null();
                used.nullable |= view.data.nullable && !is_only_null;
                used.read_only |= view.data.read_only;
                used.write_only |= view.data.write_only;
                used.lenient |= is_lenient(&view);
                let Some((_, reference)) = view.sole_reference() else {
                    used.nullable |=
                        !is_only_null && allows_null(document, &Part::item(item, at)) == Some(true);
                    break;
                };
                reference
            }
        };
        let Some(next) = key_in(SCHEMAS, reference).and_then(|key| document.schema(&key)) else {
            break;
        };
        schema = next.schema;
    }
    used
}

/// The annotations of a schema.
pub(super) fn annotations(schema: &Schema) -> Use {
    let view = View::new(schema);
    Use {
        read_only: view.data.read_only,
        write_only: view.data.write_only,
        lenient: is_lenient(&view),
        docs: docs(&view),
        deprecated: view.data.deprecated,
        default: view.data.default.clone(),
        name: rust_name(&view.data.extensions).filter(|name| !is_type_name(name)).map(str::to_owned),
        ..Use::of(Type::Any)
    }
}
