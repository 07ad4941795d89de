//! `x-pending`, checked against the response of the operation.

use openapiv3::Operation as OpenApiOperation;

use super::extension::{text, texts};
use super::known_names::{check_known, report_unknown};
use crate::base::diagnostic::Findings;
use crate::base::pointer::Pointer;
use crate::ir::api::TypeKind;
use crate::ir::extension::Pending;
use crate::ir::ty::Type;
use crate::lower::types::table::Types;

/// Reads how a response shows that background work is not finished.
pub(in crate::lower) fn pending(
    types: &Types,
    findings: &mut Findings,
    declared: &OpenApiOperation,
    response: Option<&Type>,
    at: &Pointer,
) -> Option<Pending> {
    let value = declared.extensions.get("x-pending")?;
    let at = at.child("x-pending");
    if findings.any_below(&at) {
        return None;
    }
    let written = text(value, "pointer").unwrap_or_default();
    let values = texts(value, "values");
    let Some(pointer) = Pointer::parse(&written).filter(|_| written.starts_with('/')) else {
        let message = format!("{written:?} is not a JSON pointer to a property");
        findings.problem(&at.child("pointer"), message, "for example /job_status/status");
        return None;
    };
    check_pending(types, findings, response, &pointer, &values, &at);
    // An extension with problems is ignored.
    (!findings.any_below(&at)).then_some(Pending { pointer, values })
}

/// Checks that the pointer leads through declared properties to a string, and that the string may have the values.
fn check_pending(
    types: &Types,
    findings: &mut Findings,
    response: Option<&Type>,
    pointer: &Pointer,
    values: &[String],
    at: &Pointer,
) {
    let at_pointer = at.child("pointer");
    let mut ty = response.unwrap_or(&Type::Object);
    for token in pointer.tokens() {
        let known = types.fields(ty).unwrap_or_default();
        let Some(field) = known.iter().find(|field| field.wire.as_str() == token) else {
            let names = known.iter().map(|field| field.wire.as_str());
            return report_unknown(findings, &at_pointer, token, "a declared property", names);
        };
        ty = &field.ty;
    }
    let ty = types.resolve(ty);
    match types.definition(ty).map(|def| &def.kind) {
        Some(TypeKind::OpenEnum { of: Type::String, variants }) => {
            let known = variants.iter().map(|variant| variant.wire.as_str());
            for (index, value) in values.iter().enumerate() {
                let at = at.child("values").index(index);
                check_known(findings, &at, value, "a declared value", known.clone());
            }
        }
        None if *ty == Type::String => {}
        _ => {
            let message = format!("the property at {} is not declared as a string", pointer.to_path());
            findings.problem(&at_pointer, message, "write the pointer of the property with the state");
        }
    }
}
