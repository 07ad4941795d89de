//! What a run of `update` comes to.

use codegen::Report;
use codegen::update::Fate;

use super::decide::Decision;
use super::overlays::Mending;
use crate::diff::Comparison;

/// What a run found, decided and did.
#[derive(Debug)]
pub enum Outcomes {
    /// The document is the one that is there already.
    Same {
        /// The description, as shown.
        spec: String,
        /// The document that was given, as shown.
        file: String,
    },
    /// It is another one.
    Review(Box<Review>),
}

/// A newer document, and what becomes of the overlays under it.
#[derive(Debug)]
pub struct Review {
    /// What changed upstream: the two documents by themselves.
    pub upstream: Comparison,
    /// What changes for users of the crate, once all is decided and nothing is wrong.
    pub users: Option<Comparison>,
    /// What becomes of each action.
    pub fates: Vec<Fate>,
    /// What is done with each, in the same order.
    pub decisions: Vec<Decision>,
    /// The overlays that are edited, or would be by `--mend`.
    pub mendings: Vec<Mending>,
    /// What is wrong with the flags.
    pub wrong: Vec<String>,
    /// What is wrong with the new document and the overlays as decided.
    pub report: Option<Report>,
    /// Files that were written, and files that were removed, as shown; `None` if nothing was.
    pub written: Option<(Vec<String>, Vec<String>)>,
}

impl Review {
    /// Whether nothing is left to decide or to mend.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.is_decided() && self.report.is_none()
    }

    pub(super) fn is_decided(&self) -> bool {
        let by_hand = self.mendings.iter().any(|mending| mending.result.is_err());
        self.wrong.is_empty() && !by_hand && !self.decisions.contains(&Decision::Open)
    }

    /// How many actions are undecided.
    pub(super) fn open(&self) -> usize {
        self.decisions.iter().filter(|decision| **decision == Decision::Open).count()
    }
}
