//! `x-pending`, held to the answer that the operation declares.

use openapiv3::Operation as Declared;

use super::declared::{check_declared, undeclared};
use super::extension::{text, texts};
use super::types::Types;
use crate::base::diagnostic::Findings;
use crate::base::pointer::Pointer;
use crate::ir::api::TypeKind;
use crate::ir::extension::Pending;
use crate::ir::ty::Type;

/// How the answer shows that the work which it describes goes on.
pub(super) fn pending(
    types: &Types,
    findings: &mut Findings,
    declared: &Declared,
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
        let message = format!("{written:?} is no JSON pointer to a property");
        findings.problem(&at.child("pointer"), message, "for example /job_status/status");
        return None;
    };
    check_pending(types, findings, response, &pointer, &values, &at);
    // What has a problem can't be waited for.
    (!findings.any_below(&at)).then_some(Pending { pointer, values })
}

/// The pointer must lead through declared properties to a text, of which the values are known ones.
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
            return undeclared(findings, &at_pointer, token, "declared property on this way", names);
        };
        ty = &field.ty;
    }
    let ty = types.resolve(ty);
    match types.definition(ty).map(|def| &def.kind) {
        Some(TypeKind::OpenEnum(variants)) => {
            let known = variants.iter().map(|variant| variant.wire.as_str());
            for (index, value) in values.iter().enumerate() {
                let at = at.child("values").index(index);
                check_declared(findings, &at, value, "declared value there", known.clone());
            }
        }
        None if *ty == Type::String => {}
        _ => {
            let message = format!("what stands at {} is declared as no text", pointer.to_path());
            findings.problem(&at_pointer, message, "lead to the property that holds the state");
        }
    }
}
