//! The report of `update` as JSON.

use codegen::NodeLocation;
use codegen::update::{
    ActionEdit, ActionOutcome, ActionStatus, Conflict, ConflictReason, EditedOverlay, LocatedValue,
};
use serde_json::{Value, json};

use super::decide::{self, ActionDecision};
use super::overlays::OverlayEdit;
use super::result::{UpdateResult, UpdateReview};
use crate::command_error::CommandError;
use crate::{diff, report};

/// Returns the report of a run, successful or not.
#[must_use]
pub fn to_json(result: &Result<UpdateResult, CommandError>) -> Value {
    match result {
        Ok(UpdateResult::Same { .. }) => json!({ "same": true, "actions": [], "errors": [] }),
        Ok(UpdateResult::Review(review)) => of_review(review),
        Err(error) => report::of_error(error),
    }
}

fn of_review(review: &UpdateReview) -> Value {
    let actions =
        review.statuses.iter().zip(&review.decisions).map(|(status, decision)| of_status(status, decision));
    let mut errors: Vec<_> = review.flag_errors.iter().map(|error| json!({ "message": error })).collect();
    errors.extend(review.report.iter().flat_map(|report| report.0.iter().map(report::of_diagnostic)));
    json!({
        "same": false,
        "upstream": diff::json(&review.upstream),
        "users": review.users.as_ref().map(diff::json),
        "actions": actions.collect::<Vec<_>>(),
        "undecided": review.open(),
        "overlays": review.overlay_edits.iter().map(of_overlay_edit).collect::<Vec<_>>(),
        "errors": errors,
        "written": review.written.as_ref().map(|(written, _)| written),
        "removed": review.written.as_ref().map(|(_, removed)| removed),
    })
}

fn of_status(status: &ActionStatus, decision: &ActionDecision) -> Value {
    let mut object = json!({
        "action": decide::name(status),
        "file": status.location.file,
        "line": status.location.line,
        "column": status.location.column,
        "target": status.target,
        "decision": match decision {
            ActionDecision::Applies | ActionDecision::Keep => "keep",
            ActionDecision::Edit(ActionEdit::Delete) => "delete",
            ActionDecision::Edit(ActionEdit::Retarget(_)) => "retarget",
            ActionDecision::Edit(ActionEdit::Trim(_)) => "trim",
            ActionDecision::Open => "open",
        },
        "old": status.old.as_ref().map(of_site),
        "new": status.new.as_ref().map(of_site),
        "old_nodes": status.old_nodes,
        "new_nodes": status.new_nodes,
        "parts": status.parts.total,
        "parts_upstream": status.parts.upstream,
        "retarget": status.retarget,
    });
    match &status.outcome {
        ActionOutcome::Applied => object["outcome"] = "applied".into(),
        ActionOutcome::Stale { path, suggestion } => {
            object["outcome"] = "stale".into();
            object["path"] = path.as_str().into();
            object["suggestion"] = suggestion.as_deref().into();
        }
        ActionOutcome::Satisfied => object["outcome"] = "satisfied".into(),
        ActionOutcome::Conflicting(conflicts) => {
            object["outcome"] = "conflicting".into();
            object["conflicts"] = conflicts.iter().map(of_conflict).collect();
        }
    }
    object
}

fn of_conflict(conflict: &Conflict) -> Value {
    json!({
        "reason": match conflict.reason {
            ConflictReason::Changed => "changed",
            ConflictReason::Removed => "removed",
            ConflictReason::AnotherElement => "another element",
            ConflictReason::Duplicate => "duplicate",
        },
        "old": conflict.old.as_ref().map(of_value),
        "new": conflict.new.as_ref().map(of_value),
        "ours": conflict.ours,
        "prose": conflict.is_prose(),
    })
}

fn of_value(located: &LocatedValue) -> Value {
    let mut object = of_site(&located.site);
    object["value"] = located.value.clone();
    object
}

fn of_site(site: &NodeLocation) -> Value {
    json!({
        "file": site.location.file,
        "line": site.location.line,
        "column": site.location.column,
        "pointer": site.written.to_string(),
    })
}

fn of_overlay_edit(overlay_edit: &OverlayEdit) -> Value {
    json!({
        "file": overlay_edit.name,
        "text": overlay_edit.text(),
        "removed": overlay_edit.result == Ok(EditedOverlay::Empty),
        "manual_edit": overlay_edit.result.as_ref().err().map(ToString::to_string),
    })
}
