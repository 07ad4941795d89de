//! Names in extensions, held against those that are declared.

use crate::base::diagnostic::Findings;
use crate::base::pointer::Pointer;

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
    findings.problem(at, format!("{name:?} is no {what}"), help);
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
