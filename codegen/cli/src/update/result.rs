//! The result of a run of `update`.

use codegen::Diagnostics;
use codegen::update::ActionStatus;

use super::decide::ActionDecision;
use super::overlays::OverlayEdit;
use crate::diff::Comparison;

/// The result of a run.
#[derive(Debug)]
pub enum UpdateResult {
    /// The document is identical to the description.
    Same {
        /// The description, as shown.
        spec: String,
        /// The document, as shown.
        file: String,
    },
    /// The document differs.
    Review(Box<UpdateReview>),
}

/// The review of a newer document: changes, statuses and decisions.
#[derive(Debug)]
pub struct UpdateReview {
    /// The changes between the two documents, without overlays.
    pub upstream: Comparison,
    /// The changes for users of the crate, if all actions are decided and there are no errors.
    pub users: Option<Comparison>,
    /// The status of each action.
    pub statuses: Vec<ActionStatus>,
    /// The decision about each action, in the same order.
    pub decisions: Vec<ActionDecision>,
    /// The overlays that are edited, or would be by `--fix`.
    pub overlay_edits: Vec<OverlayEdit>,
    /// Errors in the flags.
    pub flag_errors: Vec<String>,
    /// The diagnostics of the new document with the edited overlays, if it can't be generated.
    pub report: Option<Diagnostics>,
    /// The written and the removed files, as shown. `None` if nothing was written.
    pub written: Option<(Vec<String>, Vec<String>)>,
}

impl UpdateReview {
    /// Returns whether all actions are decided and there are no errors.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.is_decided() && self.report.is_none()
    }

    pub(super) fn is_decided(&self) -> bool {
        let needs_manual_edit = self.overlay_edits.iter().any(|overlay_edit| overlay_edit.result.is_err());
        self.flag_errors.is_empty() && !needs_manual_edit && !self.decisions.contains(&ActionDecision::Open)
    }

    /// Returns the number of undecided actions.
    pub(super) fn open(&self) -> usize {
        self.decisions.iter().filter(|decision| **decision == ActionDecision::Open).count()
    }
}
