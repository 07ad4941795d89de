//! Determines the decision about each action from the flags.

use codegen::update::{ActionEdit, ActionOutcome, ActionStatus};

use super::arguments::UpdateArguments;

/// The flag value that matches all undecided actions.
const ALL: &str = "all";

/// The decision about an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ActionDecision {
    /// The action is kept: it applies and needs no decision.
    Applies,
    /// The action is kept by a flag.
    Keep,
    /// The overlay is edited.
    Edit(ActionEdit),
    /// The action is undecided.
    Open,
}

/// A flag that names actions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flag {
    Delete,
    Ours,
    Theirs,
}

impl Flag {
    const fn name(self) -> &'static str {
        match self {
            Self::Delete => "--delete",
            Self::Ours => "--ours",
            Self::Theirs => "--theirs",
        }
    }

    /// Returns whether the flag can decide about actions with this outcome.
    fn applies_to(self, outcome: &ActionOutcome) -> bool {
        match outcome {
            ActionOutcome::Applied => false,
            ActionOutcome::Stale { .. } | ActionOutcome::Satisfied => self == Self::Delete,
            ActionOutcome::Conflicting(_) => self != Self::Delete,
        }
    }

    fn decision(self, status: &ActionStatus, fix: bool) -> ActionDecision {
        match (self, &status.retarget) {
            (Self::Delete | Self::Theirs, _) => ActionDecision::Edit(ActionEdit::Delete),
            (Self::Ours, Some(target)) => ActionDecision::Edit(ActionEdit::Retarget(target.clone())),
            // With `--fix`, parts that upstream already has are removed.
            (Self::Ours, None) if fix && !status.parts.redundant.is_empty() => {
                ActionDecision::Edit(ActionEdit::Trim(status.parts.redundant.clone()))
            }
            (Self::Ours, None) => ActionDecision::Keep,
        }
    }
}

/// Returns the edit that `--fix` makes: deletes what upstream already has, and updates targets of nodes that moved.
pub(super) fn automatic_edit(status: &ActionStatus) -> Option<ActionEdit> {
    match (&status.outcome, &status.retarget) {
        (ActionOutcome::Satisfied, _) => Some(ActionEdit::Delete),
        (ActionOutcome::Stale { .. }, Some(target)) => Some(ActionEdit::Retarget(target.clone())),
        (_, None) if status.is_trimmable() => Some(ActionEdit::Trim(status.parts.redundant.clone())),
        _ => None,
    }
}

/// Returns the decisions. A flag for a single action has precedence over `--fix`, and `--fix` over a flag for all.
pub(super) fn decide(statuses: &[ActionStatus], arguments: &UpdateArguments) -> Vec<ActionDecision> {
    let flags = flags(arguments);
    let of = |status: &ActionStatus| {
        let fixed = || automatic_edit(status).filter(|_| arguments.fix).map(ActionDecision::Edit);
        if matches!(status.outcome, ActionOutcome::Applied) {
            return fixed().unwrap_or(ActionDecision::Applies);
        }
        let applicable = || flags.iter().filter(|(flag, _)| flag.applies_to(&status.outcome));
        let single = applicable().find(|(_, action)| names(action, status));
        let all = || {
            applicable()
                .find(|(_, action)| *action == ALL)
                .map(|(flag, _)| flag.decision(status, arguments.fix))
        };
        single
            .map(|(flag, _)| flag.decision(status, arguments.fix))
            .or_else(fixed)
            .or_else(all)
            .unwrap_or(ActionDecision::Open)
    };
    statuses.iter().map(of).collect()
}

/// Returns the errors in the flags, without help.
pub(super) fn flag_errors(statuses: &[ActionStatus], arguments: &UpdateArguments) -> Vec<String> {
    let flags = flags(arguments);
    let mut errors = Vec::new();
    for (flag, action) in flags.iter().filter(|(_, action)| *action != ALL) {
        let named: Vec<_> = statuses.iter().filter(|status| names(action, status)).collect();
        let given = format!("`{} {action}`", flag.name());
        match named.as_slice() {
            [] => errors.push(format!("{given} matches no action")),
            [status] if !flag.applies_to(&status.outcome) => {
                errors.push(format!("{given}: {}", allowed_flags(status)))
            }
            [_] => {}
            _ => errors.push(format!(
                "{given} matches {} actions: add the column, as in {action}:{}",
                named.len(),
                named[0].location.column
            )),
        }
    }
    let has = |flag, status: &ActionStatus| {
        flags.iter().any(|(other, action)| *other == flag && names(action, status))
    };
    let twice = statuses.iter().filter(|status| has(Flag::Ours, status) && has(Flag::Theirs, status));
    errors.extend(
        twice.map(|status| format!("`--ours` and `--theirs` both name {}: use one of them", name(status))),
    );
    if [Flag::Ours, Flag::Theirs].iter().all(|flag| flags.contains(&(*flag, ALL))) {
        errors.push("`--ours all` and `--theirs all` contradict each other: use one of them".to_owned());
    }
    errors
}

fn allowed_flags(status: &ActionStatus) -> &'static str {
    match &status.outcome {
        ActionOutcome::Applied => "the action applies as before and needs no decision",
        ActionOutcome::Stale { .. } if status.retarget.is_some() => {
            "the action is stale: `--fix` updates its target, `--delete` deletes it"
        }
        ActionOutcome::Stale { .. } => "the action is stale: `--delete` deletes it",
        ActionOutcome::Satisfied => "the action is satisfied: `--delete` or `--fix` deletes it",
        ActionOutcome::Conflicting(_) => "the action conflicts: `--ours` keeps it, `--theirs` deletes it",
    }
}

fn flags(arguments: &UpdateArguments) -> Vec<(Flag, &str)> {
    let UpdateArguments { delete, ours, theirs, .. } = arguments;
    let given = [(Flag::Delete, delete), (Flag::Ours, ours), (Flag::Theirs, theirs)];
    given
        .into_iter()
        .flat_map(|(flag, actions)| actions.iter().map(move |action| (flag, action.as_str())))
        .collect()
}

/// Returns whether a flag's value names an action: by file and line, with or without folder and column.
fn names(action: &str, status: &ActionStatus) -> bool {
    let location = &status.location;
    let in_file = |file: &str| {
        let behind = action.strip_prefix(file).and_then(|rest| rest.strip_prefix(':'));
        behind.is_some_and(|behind| {
            behind == location.line.to_string() || behind == format!("{}:{}", location.line, location.column)
        })
    };
    in_file(&location.file) || in_file(file_name(&location.file))
}

/// Returns the name of an action for flags.
pub(super) fn name(status: &ActionStatus) -> String {
    format!("{}:{}", file_name(&status.location.file), status.location.line)
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
