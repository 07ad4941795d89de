//! The entry point: compares the output of two runs.

use super::change::Change;
use super::compare::ApiComparison;
use super::kind::Bump;
use crate::output::generator_output::Output;

/// Returns all differences, most severe first and grouped by kind.
#[must_use]
pub fn diff(old: &Output, new: &Output) -> Vec<Change> {
    let mut comparison = ApiComparison::new(old, new);
    comparison.types();
    comparison.operations();
    comparison.webhooks();
    comparison.access();
    comparison.features();
    let mut changes = comparison.changes;
    changes.sort_by_key(|change| (change.kind.effect(), change.kind));
    changes
}

/// Returns the part of the version that must be incremented for the changes.
#[must_use]
pub fn bump(changes: &[Change]) -> Bump {
    changes.iter().map(|change| change.kind.effect().bump()).max().unwrap_or_default()
}
