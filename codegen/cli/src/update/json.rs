//! What a run of `update` tells, for programs to read.

use codegen::Site;
use codegen::update::{Conflict, Edit, Fate, Mended, Outcome, Reason, Said};
use serde_json::{Value, json};

use super::decide::{self, Decision};
use super::outcomes::{Outcomes, Review};
use super::overlays::Mending;
use crate::outcome::Failure;
use crate::{diff, report};

/// A run, however it ended.
#[must_use]
pub fn to_json(result: &Result<Outcomes, Failure>) -> Value {
    match result {
        Ok(Outcomes::Same { .. }) => json!({ "same": true, "actions": [], "errors": [] }),
        Ok(Outcomes::Review(review)) => of_review(review),
        Err(failure) => report::of_failure(failure),
    }
}

fn of_review(review: &Review) -> Value {
    let actions = review.fates.iter().zip(&review.decisions).map(|(fate, decision)| of_fate(fate, decision));
    let mut errors: Vec<_> = review.wrong.iter().map(|wrong| json!({ "message": wrong })).collect();
    errors.extend(review.report.iter().flat_map(|report| report.0.iter().map(report::of_diagnostic)));
    json!({
        "same": false,
        "upstream": diff::json(&review.upstream),
        "users": review.users.as_ref().map(diff::json),
        "actions": actions.collect::<Vec<_>>(),
        "undecided": review.open(),
        "overlays": review.mendings.iter().map(of_mending).collect::<Vec<_>>(),
        "errors": errors,
        "written": review.written.as_ref().map(|(written, _)| written),
        "removed": review.written.as_ref().map(|(_, removed)| removed),
    })
}

fn of_fate(fate: &Fate, decision: &Decision) -> Value {
    let mut told = json!({
        "action": decide::name(fate),
        "file": fate.place.file,
        "line": fate.place.line,
        "column": fate.place.column,
        "target": fate.target,
        "decision": match decision {
            Decision::Applies | Decision::Keep => "keep",
            Decision::Edit(Edit::Delete) => "delete",
            Decision::Edit(Edit::Retarget(_)) => "retarget",
            Decision::Edit(Edit::Trim(_)) => "trim",
            Decision::Open => "open",
        },
        "old": fate.old.as_ref().map(of_site),
        "new": fate.new.as_ref().map(of_site),
        "old_nodes": fate.old_nodes,
        "new_nodes": fate.new_nodes,
        "parts": fate.parts.all,
        "parts_upstream": fate.parts.upstream,
        "retarget": fate.retarget,
    });
    match &fate.outcome {
        Outcome::Applied => told["fate"] = "applied".into(),
        Outcome::Stale { path, meant } => {
            told["fate"] = "stale".into();
            told["path"] = path.as_str().into();
            told["meant"] = meant.as_deref().into();
        }
        Outcome::Satisfied => told["fate"] = "satisfied".into(),
        Outcome::Conflicting(conflicts) => {
            told["fate"] = "conflicting".into();
            told["conflicts"] = conflicts.iter().map(of_conflict).collect();
        }
    }
    told
}

fn of_conflict(conflict: &Conflict) -> Value {
    json!({
        "reason": match conflict.reason {
            Reason::Changed => "changed",
            Reason::Gone => "gone",
            Reason::AnotherElement => "another element",
            Reason::Twice => "twice",
        },
        "old": conflict.old.as_ref().map(of_said),
        "new": conflict.new.as_ref().map(of_said),
        "ours": conflict.ours,
        "prose": conflict.is_prose(),
    })
}

fn of_said(said: &Said) -> Value {
    let mut told = of_site(&said.site);
    told["value"] = said.value.clone();
    told
}

fn of_site(site: &Site) -> Value {
    json!({
        "file": site.place.file,
        "line": site.place.line,
        "column": site.place.column,
        "pointer": site.pointer.to_string(),
    })
}

fn of_mending(mending: &Mending) -> Value {
    json!({
        "file": mending.name,
        "text": mending.text(),
        "removed": mending.result == Ok(Mended::Empty),
        "by_hand": mending.result.as_ref().err().map(ToString::to_string),
    })
}
