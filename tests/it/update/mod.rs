//! `clientwright update`: what becomes of overlays under a newer document, and what is written.

mod fixture;
mod mend;
mod random;
mod real;
mod refusals;
mod rules;
mod verb;

use std::collections::BTreeSet;

use codegen::Source;
use codegen::update::{Conflict, Fate, Outcome, Reason, Said, Update};

const HEAD: &str = "overlay: 1.1.0\ninfo: {title: Fix, version: '1'}\n";

/// An overlay with some actions.
fn overlay(actions: &str) -> Source {
    Source::new("fix.yaml", format!("{HEAD}actions:\n{}", crate::negative::dedented(actions)))
}

/// What becomes of some actions, when one document takes the place of another.
fn fates(old: &str, new: &str, actions: &str) -> Vec<Fate> {
    let (old, new, overlays) =
        (Source::new("old.yaml", old), Source::new("new.yaml", new), [overlay(actions)]);
    let mut update = Update::read(&old, &new, &overlays).unwrap_or_else(|report| panic!("{report}"));
    update.fates(&BTreeSet::new())
}

/// The same, one line for each action and one for each conflict.
fn told(old: &str, new: &str, actions: &str) -> String {
    let lines: Vec<_> = fates(old, new, actions).iter().map(line).collect();
    lines.join("\n")
}

fn line(fate: &Fate) -> String {
    let mut line = match &fate.outcome {
        Outcome::Applied => "applied".to_owned(),
        Outcome::Stale { path, meant } => {
            let meant = meant.as_ref().map_or_else(String::new, |meant| format!(", meant: {meant}"));
            format!("stale: {path}{meant}")
        }
        Outcome::Satisfied => "satisfied".to_owned(),
        Outcome::Conflicting(conflicts) => {
            let conflicts: Vec<_> = conflicts.iter().map(conflict).collect();
            format!("conflicting: {}", conflicts.join("; "))
        }
    };
    if fate.parts.upstream > 0 && fate.outcome == Outcome::Applied {
        line.push_str(&format!(", {} of {} parts are upstream's", fate.parts.upstream, fate.parts.all));
    }
    if fate.old_nodes != fate.new_nodes && fate.outcome == Outcome::Applied {
        line.push_str(&format!(", {} nodes instead of {}", fate.new_nodes, fate.old_nodes));
    }
    if let Some(target) = &fate.retarget {
        line.push_str(&format!(", moved to {target}"));
    }
    line
}

fn conflict(conflict: &Conflict) -> String {
    let reason = match conflict.reason {
        Reason::Changed => "changed",
        Reason::Gone => "gone",
        Reason::AnotherElement => "another element",
        Reason::Twice => "twice",
    };
    let said = |said: &Option<Said>| match said {
        Some(said) => format!("{} at {}:{}", said.value, said.site.place, said.site.pointer),
        None => "nothing".to_owned(),
    };
    let ours = conflict.ours.as_ref().map_or_else(|| "removed".to_owned(), ToString::to_string);
    format!("{reason} {} -> {}, ours {ours}", said(&conflict.old), said(&conflict.new))
}
