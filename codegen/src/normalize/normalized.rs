//! Checks the tree and normalizes a copy of it, at the same time.

use std::borrow::Cow;

use serde_json::Value;

use super::checks::run::check;
use super::events::unwrap_data;
use super::normalizer::normalize;
use crate::base::diagnostic::Findings;
use crate::base::parallel;
use crate::read::filter::Filtered;

/// A tree of OpenAPI 3.0.
pub(crate) struct Normalized(pub(super) Value);

/// Normalizes the tree. The second result contains the warnings of the checks, which don't affect later stages.
pub(crate) fn normalized(filtered: Filtered<'_>, findings: &mut Findings) -> (Normalized, Findings) {
    let Filtered { written, mut tree } = filtered;
    let mode = findings.mode();
    let is_whole = matches!(written, Cow::Borrowed(_));
    unwrap_data(&mut tree);
    let checks = || {
        let mut check_findings = Findings::new(mode);
        check(&written, is_whole, &mut check_findings);
        check_findings
    };
    let (check_findings, ()) = parallel::join(checks, || normalize(&mut tree, findings));
    findings.end_original();
    (Normalized(tree), check_findings)
}
