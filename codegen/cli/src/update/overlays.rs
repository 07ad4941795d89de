//! Edits the overlays by the decisions.

use std::collections::BTreeMap;

use codegen::Source;
use codegen::update::{self, ActionEdit, ActionStatus, EditedOverlay, NotEditable};

use super::decide::{self, ActionDecision};

/// An overlay that is edited, or would be by `--fix`.
#[derive(Debug)]
pub struct OverlayEdit {
    /// The number of the overlay.
    pub overlay: usize,
    /// The name of the overlay, as shown.
    pub name: String,
    /// The text before the edits.
    pub before: String,
    /// The result, or the reason why the overlay has to be edited manually.
    pub result: Result<EditedOverlay, NotEditable>,
    /// The edits, by the number of the action.
    pub edits: BTreeMap<usize, ActionEdit>,
}

impl OverlayEdit {
    /// Returns the text after the edits, if any is left.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.result {
            Ok(EditedOverlay::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// Returns whether no action is left.
    pub(super) fn is_empty(&self) -> bool {
        self.result == Ok(EditedOverlay::Empty)
    }
}

/// Edits each overlay by the decisions. Undecided actions are edited as `--fix` would.
pub(super) fn apply_decisions(
    overlays: &[Source],
    statuses: &[ActionStatus],
    decisions: &[ActionDecision],
) -> Vec<OverlayEdit> {
    let mut edits: BTreeMap<usize, BTreeMap<usize, ActionEdit>> = BTreeMap::new();
    for (status, decision) in statuses.iter().zip(decisions) {
        let edit = match decision {
            ActionDecision::Edit(edit) => Some(edit.clone()),
            ActionDecision::Open => decide::automatic_edit(status),
            ActionDecision::Applies | ActionDecision::Keep => None,
        };
        if let Some(edit) = edit {
            edits.entry(status.id.overlay).or_default().insert(status.id.action, edit);
        }
    }
    let overlay_edit = |(overlay, edits): (usize, BTreeMap<usize, ActionEdit>)| {
        let source = overlays.get(overlay)?;
        let before = String::from_utf8_lossy(&source.bytes).into_owned();
        let result = update::edit_overlay(source, &edits);
        Some(OverlayEdit { overlay, name: source.name.clone(), before, result, edits })
    };
    edits.into_iter().filter_map(overlay_edit).collect()
}

/// Removes, from the lists of redundant parts, those that can't be deleted from the overlay's text. They are harmless.
pub(super) fn keep_uneditable_parts(overlays: &[Source], statuses: &mut [ActionStatus]) {
    for (number, overlay) in overlays.iter().enumerate() {
        let trim =
            |status: &ActionStatus| (status.id.action, ActionEdit::Trim(status.parts.redundant.clone()));
        let is_of = |status: &ActionStatus| status.id.overlay == number && !status.parts.redundant.is_empty();
        let all: BTreeMap<_, _> = statuses.iter().filter(|status| is_of(status)).map(trim).collect();
        // Usually all can be deleted, and the overlay is read only once.
        if all.is_empty() || update::edit_overlay(overlay, &all).is_ok() {
            continue;
        }
        for status in statuses.iter_mut().filter(|status| is_of(status)) {
            if update::edit_overlay(overlay, &[trim(status)].into()).is_err() {
                status.parts.redundant.clear();
            }
        }
    }
}

/// Returns all overlays after the edits.
pub(super) fn edited(overlays: &[Source], overlay_edits: &[OverlayEdit]) -> Vec<Source> {
    let edited = |(number, overlay): (usize, &Source)| match overlay_edits
        .iter()
        .find(|overlay_edit| overlay_edit.overlay == number)
    {
        Some(overlay_edit) => Some(Source::new(&overlay_edit.name, overlay_edit.text()?)),
        None => Some(overlay.clone()),
    };
    overlays.iter().enumerate().filter_map(edited).collect()
}
