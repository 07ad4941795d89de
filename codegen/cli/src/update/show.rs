//! The text of a review for a terminal: actions that need a decision first, others as a count.
//!
//! The texts contain color codes. The caller removes them for output that isn't a terminal.

use std::fmt::Write;

use clap::builder::styling::{AnsiColor, Style};
use codegen::NodeLocation;
use codegen::update::{
    ActionEdit, ActionOutcome, ActionStatus, Conflict, ConflictReason, EditedOverlay, LocatedValue,
};
use serde_json::Value;
use similar::TextDiff;

use super::decide::{self, ActionDecision};
use super::overlays::OverlayEdit;
use super::result::{UpdateResult, UpdateReview};
use crate::console::{self, ALL, SHOWN, elided, visible};
use crate::{command_error, diff};

/// The maximum length of a shown value, in characters.
const MAX_VALUE: usize = 100;
/// The maximum number of lines of an overlay's diff.
const MAX_LINES: usize = 40;

const BOLD: Style = Style::new().bold();
const RED: Style = AnsiColor::Red.on_default();
const GREEN: Style = AnsiColor::Green.on_default();
const CYAN: Style = AnsiColor::Cyan.on_default();

/// Returns the text for standard output.
#[must_use]
pub fn text(result: &UpdateResult, all: bool) -> String {
    match result {
        UpdateResult::Same { spec, file } => {
            format!("{} is identical to {spec}: nothing to do\n", visible(file))
        }
        UpdateResult::Review(review) => of_review(review, all),
    }
}

/// Returns the text for standard error: errors and undecided actions.
#[must_use]
pub fn errors(review: &UpdateReview, all: bool) -> String {
    let mut errors = Vec::new();
    if !review.flag_errors.is_empty() {
        let flags: String =
            review.flag_errors.iter().map(|error| format!("error: {}\n", visible(error))).collect();
        errors.push(flags + &still_open(review));
    }
    for overlay_edit in &review.overlay_edits {
        let Err(reason) = &overlay_edit.result else { continue };
        let actions: Vec<_> =
            edited(review, overlay_edit).map(|status| status.location.to_string()).collect();
        errors.push(format!(
            "error: {} has to be edited manually: {reason}\n  help: make the changes listed above for {}, and run the \
             command again; nothing was written",
            overlay_edit.name,
            actions.join(", ")
        ));
    }
    if let Some(report) = &review.report {
        let note = if review.overlay_edits.is_empty() {
            ""
        } else {
            " (line numbers of overlays refer to the edited files)"
        };
        errors.push(console::diagnostics(&report.0, all) + &command_error::conclusion(report) + note);
    } else if review.flag_errors.is_empty() && review.open() > 0 {
        let count = counted(review.open(), "action is", "actions are");
        errors.push(format!(
            "error: {count} undecided\n  help: use the flags listed above, or edit the overlays; nothing was \
             written"
        ));
    }
    errors.join("\n\n")
}

fn still_open(review: &UpdateReview) -> String {
    let open = review.statuses.iter().zip(&review.decisions);
    let open = open.filter(|(_, decision)| **decision == ActionDecision::Open);
    let names: Vec<_> =
        open.map(|(status, _)| format!("{} ({})", decide::name(status), label(&status.outcome))).collect();
    if names.is_empty() {
        "  help: fix the flags; no other action is undecided; nothing was written".to_owned()
    } else {
        format!("  help: fix the flags; still undecided: {}; nothing was written", names.join(", "))
    }
}

fn label(outcome: &ActionOutcome) -> &'static str {
    match outcome {
        ActionOutcome::Applied => "applied",
        ActionOutcome::Stale { .. } => "stale",
        ActionOutcome::Satisfied => "satisfied",
        ActionOutcome::Conflicting(_) => "conflicting",
    }
}

fn of_review(review: &UpdateReview, all: bool) -> String {
    let limit = (!all).then_some(SHOWN);
    let mut text = format!("upstream: {}", diff::terminal(&review.upstream, limit));
    let groups = [
        (
            "conflicting",
            "upstream changed values that these actions patch",
            Style::new().fg_color(RED.get_fg_color()).bold(),
        ),
        ("stale", "the target of these actions doesn't exist", BOLD),
        ("satisfied", "upstream already contains these changes", BOLD),
        ("applied", "these apply as before", BOLD),
    ];
    for (kind, meaning, style) in groups {
        let statuses = review.statuses.iter().zip(&review.decisions);
        let statuses: Vec<_> = statuses.filter(|(status, _)| label(&status.outcome) == kind).collect();
        if statuses.is_empty() || (kind == "applied" && !all) {
            continue;
        }
        blank_line(&mut text);
        let _ = writeln!(text, "{style}{kind}{style:#} ({}): {meaning}\n", statuses.len());
        for (status, decision) in statuses {
            describe(&mut text, status, decision, all);
        }
    }
    for overlay_edit in &review.overlay_edits {
        blank_line(&mut text);
        text.push_str(&of_overlay_edit(overlay_edit, all));
    }
    if let Some(users) = &review.users {
        blank_line(&mut text);
        let _ = writeln!(text, "for users: {}", users.summary());
    }
    blank_line(&mut text);
    text.push_str(&counts(review));
    if let Some((written, removed)) = &review.written {
        for path in written {
            let _ = writeln!(text, "  written  {path}");
        }
        for path in removed {
            let _ = writeln!(text, "  removed  {path}");
        }
        text.push_str("next: run `clientwright generate` and review the changes\n");
    } else if review.is_ready() {
        text.push_str("all actions are decided; nothing was written (dry run)\n");
    }
    text
}

/// Ends the text with one blank line.
fn blank_line(text: &mut String) {
    if !text.ends_with("\n\n") {
        text.push('\n');
    }
}

fn counts(review: &UpdateReview) -> String {
    let count = |kind| review.statuses.iter().filter(|status| label(&status.outcome) == kind).count();
    let kinds =
        ["applied", "stale", "satisfied", "conflicting"].map(|kind| format!("{} {kind}", count(kind)));
    let statuses = review.statuses.len();
    format!("{}: {}; {} undecided\n", counted(statuses, "action", "actions"), kinds.join(", "), review.open())
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// Writes an action: its location, the nodes, conflicts, and help. A decided action is a single line.
fn describe(text: &mut String, status: &ActionStatus, decision: &ActionDecision, all: bool) {
    let decided = decided(decision);
    let _ = writeln!(text, "  {CYAN}{}{CYAN:#}  {}{decided}", status.location, elided(&status.target));
    if !decided.is_empty() && !all {
        return;
    }
    for (label, site, nodes) in
        [("old", &status.old, status.old_nodes), ("new", &status.new, status.new_nodes)]
    {
        let more = if nodes > 1 { format!(" and {} more", nodes - 1) } else { String::new() };
        if let Some(site) = site {
            let _ = writeln!(text, "    {label}   {}{more}", at(site));
        }
    }
    remark(text, status);
    if let ActionOutcome::Conflicting(conflicts) = &status.outcome {
        let shown = if all { conflicts.len() } else { SHOWN };
        // Conflicts that affect code come first.
        let (prose, others): (Vec<_>, Vec<_>) = conflicts.iter().partition(|conflict| conflict.is_prose());
        if others.is_empty() {
            text.push_str("    only documentation is affected: descriptions, titles or examples\n");
        }
        others.into_iter().chain(prose).take(shown).for_each(|conflict| describe_conflict(text, conflict));
        if conflicts.len() > shown {
            let _ = writeln!(text, "    and {} more ({ALL})", conflicts.len() - shown);
        }
    }
    if *decision == ActionDecision::Open {
        let _ = writeln!(text, "    help: {}", help(status));
    }
    text.push('\n');
}

/// Writes how many parts upstream already has, and how many nodes the action selects.
fn remark(text: &mut String, status: &ActionStatus) {
    let stays = matches!(status.outcome, ActionOutcome::Applied | ActionOutcome::Conflicting(_));
    if stays && status.parts.upstream > 0 {
        let _ = writeln!(
            text,
            "    upstream already has {} of {} parts",
            status.parts.upstream, status.parts.total
        );
    }
    if stays && status.old_nodes != status.new_nodes {
        let nodes = counted(status.new_nodes, "node", "nodes");
        let _ = writeln!(text, "    {nodes}, previously {}", status.old_nodes);
    }
}

fn decided(decision: &ActionDecision) -> String {
    match decision {
        ActionDecision::Applies | ActionDecision::Open => String::new(),
        ActionDecision::Keep => ": kept".to_owned(),
        ActionDecision::Edit(ActionEdit::Delete) => ": deleted".to_owned(),
        ActionDecision::Edit(ActionEdit::Trim(parts)) => {
            format!(": trimmed, upstream already has {}", counted(parts.len(), "part", "parts"))
        }
        ActionDecision::Edit(ActionEdit::Retarget(target)) => format!(": target becomes {}", elided(target)),
    }
}

fn at(site: &NodeLocation) -> String {
    format!("{} ({})", visible(&site.location.to_string()), elided(&site.written.to_string()))
}

fn describe_conflict(text: &mut String, conflict: &Conflict) {
    let what = match (conflict.reason, &conflict.old) {
        (ConflictReason::Changed, Some(_)) => "upstream changed the value",
        (ConflictReason::Changed, None) => "upstream added a value",
        (ConflictReason::Removed, _) => "upstream removed the value",
        (ConflictReason::AnotherElement, _) => "the target selects another element",
        (ConflictReason::Duplicate, _) => {
            "upstream's array already has this element: the action would duplicate it"
        }
    };
    let side = |located: &Option<LocatedValue>| match located {
        Some(located) => format!("{}  {}", value(&located.value), at(&located.site)),
        None => "nothing".to_owned(),
    };
    let ours = conflict.ours.as_ref().map_or_else(|| "removes it".to_owned(), value);
    let _ = writeln!(text, "    - {what}");
    let _ = writeln!(text, "      {RED}old{RED:#}   {}", side(&conflict.old));
    let _ = writeln!(text, "      {GREEN}new{GREEN:#}   {}", side(&conflict.new));
    let _ = writeln!(text, "      {CYAN}ours{CYAN:#}  {ours}");
}

/// Returns a value as JSON on one line; a long one is truncated.
fn value(value: &Value) -> String {
    let text = value.to_string();
    let mut shown: String = text.chars().take(MAX_VALUE).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    visible(&shown)
}

fn help(status: &ActionStatus) -> String {
    let name = decide::name(status);
    match (&status.outcome, &status.retarget) {
        (ActionOutcome::Conflicting(_), Some(target)) => format!(
            "the target moved to {}: `--ours {name}` updates it, `--theirs {name}` deletes the action",
            elided(target)
        ),
        (ActionOutcome::Conflicting(_), None) if status.is_trimmable() => format!(
            "`--fix` removes the parts that upstream already has; `--ours {name}` keeps the action, \
             `--theirs {name}` deletes it"
        ),
        (ActionOutcome::Conflicting(_), None) => {
            format!("`--ours {name}` keeps the action, `--theirs {name}` deletes it; or edit it")
        }
        (ActionOutcome::Stale { .. }, Some(target)) => format!(
            "the target moved to {}: `--fix` updates it, `--delete {name}` deletes the action",
            elided(target)
        ),
        (ActionOutcome::Stale { path, suggestion }, None) => {
            let suggestion =
                suggestion.as_ref().map_or_else(String::new, |name| format!(" (did you mean {name:?}?)"));
            format!(
                "{} selects nothing: fix it{}, or delete the action with `--delete {name}`",
                elided(path),
                elided(&suggestion)
            )
        }
        (ActionOutcome::Satisfied | ActionOutcome::Applied, _) => {
            format!("`--fix`, or `--delete {name}`, deletes the action")
        }
    }
}

/// Returns the actions that are edited in an overlay.
fn edited<'r>(
    review: &'r UpdateReview,
    overlay_edit: &'r OverlayEdit,
) -> impl Iterator<Item = &'r ActionStatus> {
    let is_edited = |status: &&ActionStatus| {
        status.id.overlay == overlay_edit.overlay && overlay_edit.edits.contains_key(&status.id.action)
    };
    review.statuses.iter().filter(is_edited)
}

/// Returns the changes of an overlay as a unified diff.
fn of_overlay_edit(overlay_edit: &OverlayEdit, all: bool) -> String {
    let name = &overlay_edit.name;
    let after = match &overlay_edit.result {
        Ok(EditedOverlay::Text(text)) => text,
        Ok(EditedOverlay::Empty) => {
            return format!("{BOLD}{name}{BOLD:#} is removed: none of its actions is left\n");
        }
        Err(reason) => return format!("{BOLD}{name}{BOLD:#} has to be edited manually: {reason}\n"),
    };
    let diff = TextDiff::from_lines(overlay_edit.before.as_str(), after);
    let diff = diff.unified_diff().header(name, name).to_string();
    let mut text = String::new();
    let count = diff.lines().count();
    let shown = if all || count <= MAX_LINES { count } else { MAX_LINES };
    for line in diff.lines().take(shown) {
        let style = match line.as_bytes().first() {
            Some(b'+') => GREEN,
            Some(b'-') => RED,
            _ => Style::new(),
        };
        let _ = writeln!(text, "{style}{}{style:#}", visible(line));
    }
    if shown < count {
        let _ = writeln!(text, "and {} more lines ({ALL})", count - shown);
    }
    text
}
