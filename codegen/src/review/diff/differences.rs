//! All differences of two runs.

use super::change::Change;
use super::compare::Comparison;
use super::kind::Bump;
use crate::output::run::Output;

/// All differences, most severe first, each kind together.
#[must_use]
pub fn diff(old: &Output, new: &Output) -> Vec<Change> {
    let mut comparison = Comparison::new(old, new);
    comparison.types();
    comparison.operations();
    comparison.access();
    comparison.features();
    let mut changes = comparison.changes;
    changes.sort_by_key(|change| (change.kind.effect(), change.kind));
    changes
}

/// What the changes ask of the next version.
#[must_use]
pub fn bump(changes: &[Change]) -> Bump {
    changes.iter().map(|change| change.kind.effect().bump()).max().unwrap_or_default()
}
