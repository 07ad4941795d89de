//! What the types hold that have been made so far: for extensions that name properties.

use crate::diagnostic::Findings;
use crate::ir::{Field, Type, TypeDef, TypeShape};
use crate::pointer::Pointer;

/// The type that a name stands for in the end; circles of aliases have been ended before.
pub(super) fn resolve<'t>(types: &'t [TypeDef], mut ty: &'t Type) -> &'t Type {
    while let Some(TypeShape::Alias(target)) = definition(types, ty).map(|def| &def.shape) {
        ty = target;
    }
    ty
}

/// What the type's name stands for, if it is a name.
pub(super) fn definition<'t>(types: &'t [TypeDef], ty: &Type) -> Option<&'t TypeDef> {
    let Type::Named(name) = ty else { return None };
    types.iter().find(|def| def.name == *name)
}

/// The fields of a struct; `None` for any other type.
pub(super) fn fields<'t>(types: &'t [TypeDef], ty: &'t Type) -> Option<&'t [Field]> {
    match &definition(types, resolve(types, ty))?.shape {
        TypeShape::Model(fields) => Some(fields),
        _ => None,
    }
}

/// The type of a list's elements; `None` for any other type.
pub(super) fn element<'t>(types: &'t [TypeDef], ty: &'t Type) -> Option<&'t Type> {
    match resolve(types, ty) {
        Type::List(element) => Some(element),
        _ => None,
    }
}

/// Reports a name that is not among the declared ones, with the one that is most likely meant.
pub(super) fn undeclared<'n>(
    findings: &mut Findings,
    at: &Pointer,
    name: &str,
    what: &str,
    declared: impl Iterator<Item = &'n str>,
) {
    let help = match findings.nearest(name, declared) {
        Some(known) => format!("did you mean {known:?}?"),
        None => "name a declared one, or declare this one by an overlay".to_owned(),
    };
    findings.mistake(at, format!("{name:?} is no {what}"), help);
}

/// Reports a name unless it is among the declared ones.
pub(super) fn check_declared<'n>(
    findings: &mut Findings,
    at: &Pointer,
    name: &str,
    what: &str,
    declared: impl Iterator<Item = &'n str> + Clone,
) {
    if declared.clone().all(|known| known != name) {
        undeclared(findings, at, name, what, declared);
    }
}
