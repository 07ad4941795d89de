//! The normalized tree: checked as it was written, and rewritten, side by side.

use serde_json::Value;

use super::checks::walk::check;
use super::normalizer::normalize;
use crate::base::cores;
use crate::base::diagnostic::Findings;
use crate::read::select::Selected;

/// A tree as 3.0 spells it.
pub(crate) struct Normalized(pub(super) Value);

/// Normalizes the tree. The second result is what is probably a mistake: told beside the rest, of which nothing
/// follows from it.
pub(crate) fn normalized(selected: Selected<'_>, findings: &mut Findings) -> (Normalized, Findings) {
    let Selected { written, mut tree } = selected;
    let mode = findings.mode();
    let checks = || {
        let mut remarks = Findings::new(mode);
        check(&written, &mut remarks);
        remarks
    };
    let (remarks, ()) = cores::join(checks, || normalize(&mut tree, findings));
    (Normalized(tree), remarks)
}
