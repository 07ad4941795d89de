//! Checks names in extensions against the declared ones.

use crate::base::diagnostic::Findings;
use crate::base::pointer::Pointer;

/// Reports a name that isn't declared, with the closest declared one.
pub(in crate::lower) fn report_unknown<'n>(
    findings: &mut Findings,
    at: &Pointer,
    name: &str,
    what: &str,
    declared: impl Iterator<Item = &'n str>,
) {
    let help = match findings.nearest(name, declared) {
        Some(known) => format!("did you mean {known:?}?"),
        None => "write a declared name, or declare this one in an overlay".to_owned(),
    };
    findings.problem(at, format!("{name:?} is not {what}"), help);
}

/// Reports a name that isn't declared.
pub(in crate::lower) fn check_known<'n>(
    findings: &mut Findings,
    at: &Pointer,
    name: &str,
    what: &str,
    declared: impl Iterator<Item = &'n str> + Clone,
) {
    if declared.clone().all(|known| known != name) {
        report_unknown(findings, at, name, what, declared);
    }
}
