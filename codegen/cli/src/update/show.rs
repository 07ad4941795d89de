//! How a review looks on a terminal: what needs a decision first, what applies as a count.
//!
//! The texts are coloured; whoever prints them leaves the colours out where they can't be shown.

use std::fmt::Write;

use clap::builder::styling::{AnsiColor, Style};
use codegen::Site;
use codegen::update::{Conflict, Edit, Fate, Mended, Outcome, Reason, Said};
use serde_json::Value;
use similar::TextDiff;

use super::decide::{self, Decision};
use super::outcomes::{Outcomes, Review};
use super::overlays::Mending;
use crate::console::{self, ALL, SHOWN, elided, visible};
use crate::{diff, outcome};

/// Characters of a value that are shown.
const LONGEST: usize = 100;
/// Lines of an overlay's changes that are shown.
const LINES: usize = 40;

const BOLD: Style = Style::new().bold();
const RED: Style = AnsiColor::Red.on_default();
const GREEN: Style = AnsiColor::Green.on_default();
const CYAN: Style = AnsiColor::Cyan.on_default();

/// What a run has to tell, for standard output.
#[must_use]
pub fn text(outcomes: &Outcomes, all: bool) -> String {
    match outcomes {
        Outcomes::Same { spec, file } => {
            format!("{} is {spec} already, byte by byte: nothing to do\n", visible(file))
        }
        Outcomes::Review(review) => of_review(review, all),
    }
}

/// What is wrong or undecided, for standard error.
#[must_use]
pub fn complaint(review: &Review, all: bool) -> String {
    let mut errors = Vec::new();
    if !review.wrong.is_empty() {
        let wrong: String = review.wrong.iter().map(|wrong| format!("error: {}\n", visible(wrong))).collect();
        errors.push(wrong + &still_open(review));
    }
    for mending in &review.mendings {
        let Err(reason) = &mending.result else { continue };
        let actions: Vec<_> = edited(review, mending).map(|fate| fate.place.to_string()).collect();
        errors.push(format!(
            "error: {} has to be edited by hand: {reason}\n  help: do there what is said above of {}, and run the \
             command again; nothing was written",
            mending.name,
            actions.join(", ")
        ));
    }
    if let Some(report) = &review.report {
        let note =
            if review.mendings.is_empty() { "" } else { " (lines of overlays are those after the edits)" };
        errors.push(console::diagnostics(&report.0, all) + &outcome::conclusion(report) + note);
    } else if review.wrong.is_empty() && review.open() > 0 {
        let count = counted(review.open(), "action is", "actions are");
        errors.push(format!(
            "error: {count} undecided\n  help: decide by the flags named above, or edit the overlays; nothing was \
             written"
        ));
    }
    errors.join("\n\n")
}

fn still_open(review: &Review) -> String {
    let open = review.fates.iter().zip(&review.decisions);
    let open = open.filter(|(_, decision)| **decision == Decision::Open);
    let names: Vec<_> =
        open.map(|(fate, _)| format!("{} ({})", decide::name(fate), label(&fate.outcome))).collect();
    if names.is_empty() {
        "  help: mend the flags; no other action is open; nothing was written".to_owned()
    } else {
        format!("  help: mend the flags; still open: {}; nothing was written", names.join(", "))
    }
}

fn label(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Applied => "applied",
        Outcome::Stale { .. } => "stale",
        Outcome::Satisfied => "satisfied",
        Outcome::Conflicting(_) => "conflicting",
    }
}

fn of_review(review: &Review, all: bool) -> String {
    let limit = (!all).then_some(SHOWN);
    let mut text = format!("upstream: {}", diff::terminal(&review.upstream, limit));
    let groups = [
        (
            "conflicting",
            "upstream changed what these actions patch",
            Style::new().fg_color(RED.get_fg_color()).bold(),
        ),
        ("stale", "the target of these actions is gone", BOLD),
        ("satisfied", "upstream now says the same by itself", BOLD),
        ("applied", "these do what they did", BOLD),
    ];
    for (kind, meaning, style) in groups {
        let fates = review.fates.iter().zip(&review.decisions);
        let fates: Vec<_> = fates.filter(|(fate, _)| label(&fate.outcome) == kind).collect();
        if fates.is_empty() || (kind == "applied" && !all) {
            continue;
        }
        part(&mut text);
        let _ = writeln!(text, "{style}{kind}{style:#} ({}): {meaning}\n", fates.len());
        for (fate, decision) in fates {
            describe(&mut text, fate, decision, all);
        }
    }
    for mending in &review.mendings {
        part(&mut text);
        text.push_str(&of_mending(mending, all));
    }
    if let Some(users) = &review.users {
        part(&mut text);
        let _ = writeln!(text, "for users: {}", users.summary());
    }
    part(&mut text);
    text.push_str(&counts(review));
    if let Some((written, removed)) = &review.written {
        for path in written {
            let _ = writeln!(text, "  written  {path}");
        }
        for path in removed {
            let _ = writeln!(text, "  removed  {path}");
        }
        text.push_str("next: run `clientwright generate`, and look at what it changes\n");
    } else if review.is_good() {
        text.push_str("all is decided; nothing was written, as this was a dry run\n");
    }
    text
}

/// Ends a part of the text with one blank line.
fn part(text: &mut String) {
    if !text.ends_with("\n\n") {
        text.push('\n');
    }
}

fn counts(review: &Review) -> String {
    let count = |kind| review.fates.iter().filter(|fate| label(&fate.outcome) == kind).count();
    let kinds =
        ["applied", "stale", "satisfied", "conflicting"].map(|kind| format!("{} {kind}", count(kind)));
    let fates = review.fates.len();
    format!("{}: {}; {} undecided\n", counted(fates, "action", "actions"), kinds.join(", "), review.open())
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// One action: where it stands, what it meets, and what to do. What is decided needs one line only.
fn describe(text: &mut String, fate: &Fate, decision: &Decision, all: bool) {
    let decided = decided(decision);
    let _ = writeln!(text, "  {CYAN}{}{CYAN:#}  {}{decided}", fate.place, elided(&fate.target));
    if !decided.is_empty() && !all {
        return;
    }
    for (label, site, nodes) in [("old", &fate.old, fate.old_nodes), ("new", &fate.new, fate.new_nodes)] {
        let more = if nodes > 1 { format!(" and {} more", nodes - 1) } else { String::new() };
        if let Some(site) = site {
            let _ = writeln!(text, "    {label}   {}{more}", at(site));
        }
    }
    remark(text, fate);
    if let Outcome::Conflicting(conflicts) = &fate.outcome {
        let shown = if all { conflicts.len() } else { SHOWN };
        // What changes code comes before what is only read.
        let (prose, others): (Vec<_>, Vec<_>) = conflicts.iter().partition(|conflict| conflict.is_prose());
        if others.is_empty() {
            text.push_str("    only words are at stake: descriptions, titles or examples\n");
        }
        others.into_iter().chain(prose).take(shown).for_each(|conflict| describe_conflict(text, conflict));
        if conflicts.len() > shown {
            let _ = writeln!(text, "    and {} more ({ALL})", conflicts.len() - shown);
        }
    }
    if *decision == Decision::Open {
        let _ = writeln!(text, "    help: {}", help(fate));
    }
    text.push('\n');
}

/// How far upstream goes by itself, and how many nodes the action finds.
fn remark(text: &mut String, fate: &Fate) {
    let stays = matches!(fate.outcome, Outcome::Applied | Outcome::Conflicting(_));
    if stays && fate.parts.upstream > 0 {
        let _ = writeln!(text, "    {} of {} parts are upstream's now", fate.parts.upstream, fate.parts.all);
    }
    if stays && fate.old_nodes != fate.new_nodes {
        let nodes = counted(fate.new_nodes, "node", "nodes");
        let _ = writeln!(text, "    {nodes}, where there were {}", fate.old_nodes);
    }
}

fn decided(decision: &Decision) -> String {
    match decision {
        Decision::Applies | Decision::Open => String::new(),
        Decision::Keep => ": kept".to_owned(),
        Decision::Edit(Edit::Delete) => ": deleted".to_owned(),
        Decision::Edit(Edit::Trim(parts)) => {
            format!(
                ": cut, {} of its parts {} upstream's now",
                parts.len(),
                if parts.len() == 1 { "is" } else { "are" }
            )
        }
        Decision::Edit(Edit::Retarget(target)) => format!(": target becomes {}", elided(target)),
    }
}

fn at(site: &Site) -> String {
    format!("{} ({})", visible(&site.place.to_string()), elided(&site.pointer.to_string()))
}

fn describe_conflict(text: &mut String, conflict: &Conflict) {
    let what = match (conflict.reason, &conflict.old) {
        (Reason::Changed, Some(_)) => "upstream says something else now",
        (Reason::Changed, None) => "upstream says something of its own now",
        (Reason::Gone, _) => "upstream took away what is patched",
        (Reason::AnotherElement, _) => "the target now selects another element",
        (Reason::Twice, _) => "upstream's list has it by itself: with the action it would stand there twice",
    };
    let side = |said: &Option<Said>| match said {
        Some(said) => format!("{}  {}", value(&said.value), at(&said.site)),
        None => "nothing".to_owned(),
    };
    let ours = conflict.ours.as_ref().map_or_else(|| "removes it".to_owned(), value);
    let _ = writeln!(text, "    - {what}");
    let _ = writeln!(text, "      {RED}old{RED:#}   {}", side(&conflict.old));
    let _ = writeln!(text, "      {GREEN}new{GREEN:#}   {}", side(&conflict.new));
    let _ = writeln!(text, "      {CYAN}ours{CYAN:#}  {ours}");
}

/// A value on one line; of a long one, the beginning.
fn value(value: &Value) -> String {
    let text = value.to_string();
    let mut shown: String = text.chars().take(LONGEST).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    visible(&shown)
}

fn help(fate: &Fate) -> String {
    let name = decide::name(fate);
    match (&fate.outcome, &fate.retarget) {
        (Outcome::Conflicting(_), Some(target)) => format!(
            "what it patches moved to {}: `--ours {name}` follows it there, `--theirs {name}` deletes the action",
            elided(target)
        ),
        (Outcome::Conflicting(_), None) if fate.is_trimmable() => format!(
            "`--mend` cuts out of the action what upstream has by itself; `--ours {name}` keeps it as it is, \
             `--theirs {name}` deletes it"
        ),
        (Outcome::Conflicting(_), None) => {
            format!("`--ours {name}` keeps the action, `--theirs {name}` deletes it; or edit it")
        }
        (Outcome::Stale { .. }, Some(target)) => format!(
            "what it patches moved to {}: `--mend` follows it there, `--delete {name}` deletes the action",
            elided(target)
        ),
        (Outcome::Stale { path, meant }, None) => {
            let meant =
                meant.as_ref().map_or_else(String::new, |meant| format!(" (did you mean {meant:?}?)"));
            format!(
                "{} leads nowhere: mend it{}, or delete the action with `--delete {name}`",
                elided(path),
                elided(&meant)
            )
        }
        (Outcome::Satisfied | Outcome::Applied, _) => {
            format!("`--mend`, or `--delete {name}`, deletes the action")
        }
    }
}

/// The actions that are edited in an overlay.
fn edited<'r>(review: &'r Review, mending: &'r Mending) -> impl Iterator<Item = &'r Fate> {
    let is_edited =
        |fate: &&Fate| fate.id.overlay == mending.overlay && mending.edits.contains_key(&fate.id.action);
    review.fates.iter().filter(is_edited)
}

/// The changes of an overlay, as a unified diff.
fn of_mending(mending: &Mending, all: bool) -> String {
    let name = &mending.name;
    let after = match &mending.result {
        Ok(Mended::Text(text)) => text,
        Ok(Mended::Empty) => {
            return format!("{BOLD}{name}{BOLD:#} is removed: none of its actions is left\n");
        }
        Err(reason) => return format!("{BOLD}{name}{BOLD:#} is to be edited by hand: {reason}\n"),
    };
    let diff = TextDiff::from_lines(mending.before.as_str(), after);
    let diff = diff.unified_diff().header(name, name).to_string();
    let mut text = String::new();
    let count = diff.lines().count();
    let shown = if all || count <= LINES { count } else { LINES };
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
