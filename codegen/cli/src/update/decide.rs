//! What is done with each action: by the flags, or by nobody yet.

use codegen::update::{Edit, Fate, Outcome};

use super::arguments::Arguments;

/// Names all actions that a flag can be about.
const ALL: &str = "all";

/// What is done with an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It stays as it is, and nobody had to say so.
    Applies,
    /// It stays as it is, as a flag says.
    Keep,
    /// Its overlay is edited.
    Edit(Edit),
    /// Nothing, until somebody decides.
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

    /// Whether it decides about actions that fare so.
    fn fits(self, outcome: &Outcome) -> bool {
        match outcome {
            Outcome::Applied => false,
            Outcome::Stale { .. } | Outcome::Satisfied => self == Self::Delete,
            Outcome::Conflicting(_) => self != Self::Delete,
        }
    }

    fn decision(self, fate: &Fate, mend: bool) -> Decision {
        match (self, &fate.retarget) {
            (Self::Delete | Self::Theirs, _) => Decision::Edit(Edit::Delete),
            (Self::Ours, Some(target)) => Decision::Edit(Edit::Retarget(target.clone())),
            // With `--mend`, what upstream has by itself needs no keeping.
            (Self::Ours, None) if mend && !fate.parts.needless.is_empty() => {
                Decision::Edit(Edit::Trim(fate.parts.needless.clone()))
            }
            (Self::Ours, None) => Decision::Keep,
        }
    }
}

/// The edit that needs no judgement: what upstream says by itself goes, be it a part or all of the action, and what
/// moved is followed.
pub(super) fn mechanical(fate: &Fate) -> Option<Edit> {
    match (&fate.outcome, &fate.retarget) {
        (Outcome::Satisfied, _) => Some(Edit::Delete),
        (Outcome::Stale { .. }, Some(target)) => Some(Edit::Retarget(target.clone())),
        (_, None) if fate.is_trimmable() => Some(Edit::Trim(fate.parts.needless.clone())),
        _ => None,
    }
}

/// What the flags decide. One for a single action wins over `--mend`, and that over one for all.
pub(super) fn decide(fates: &[Fate], arguments: &Arguments) -> Vec<Decision> {
    let flags = flags(arguments);
    let of = |fate: &Fate| {
        let mended = || mechanical(fate).filter(|_| arguments.mend).map(Decision::Edit);
        if matches!(fate.outcome, Outcome::Applied) {
            return mended().unwrap_or(Decision::Applies);
        }
        let fitting = || flags.iter().filter(|(flag, _)| flag.fits(&fate.outcome));
        let single = fitting().find(|(_, action)| names(action, fate));
        let all = || {
            fitting().find(|(_, action)| *action == ALL).map(|(flag, _)| flag.decision(fate, arguments.mend))
        };
        single
            .map(|(flag, _)| flag.decision(fate, arguments.mend))
            .or_else(mended)
            .or_else(all)
            .unwrap_or(Decision::Open)
    };
    fates.iter().map(of).collect()
}

/// What is wrong with the flags, each as an error without its help.
pub(super) fn wrong(fates: &[Fate], arguments: &Arguments) -> Vec<String> {
    let flags = flags(arguments);
    let mut wrong = Vec::new();
    for (flag, action) in flags.iter().filter(|(_, action)| *action != ALL) {
        let named: Vec<_> = fates.iter().filter(|fate| names(action, fate)).collect();
        let given = format!("`{} {action}`", flag.name());
        match named.as_slice() {
            [] => wrong.push(format!("{given} names no action")),
            [fate] if !flag.fits(&fate.outcome) => wrong.push(format!("{given}: {}", unfitting(fate))),
            [_] => {}
            _ => wrong.push(format!(
                "{given} names {} actions: add the column, as in {action}:{}",
                named.len(),
                named[0].place.column
            )),
        }
    }
    let has = |flag, fate: &Fate| flags.iter().any(|(other, action)| *other == flag && names(action, fate));
    let twice = fates.iter().filter(|fate| has(Flag::Ours, fate) && has(Flag::Theirs, fate));
    wrong.extend(
        twice.map(|fate| format!("`--ours` and `--theirs` both name {}: give one of them", name(fate))),
    );
    if [Flag::Ours, Flag::Theirs].iter().all(|flag| flags.contains(&(*flag, ALL))) {
        wrong.push("`--ours all` and `--theirs all` contradict each other: give one of them".to_owned());
    }
    wrong
}

fn unfitting(fate: &Fate) -> &'static str {
    match &fate.outcome {
        Outcome::Applied => "the action applies as before and needs no decision",
        Outcome::Stale { .. } if fate.retarget.is_some() => {
            "the action is stale: `--mend` gives it its new target, `--delete` deletes it"
        }
        Outcome::Stale { .. } => "the action is stale: `--delete` deletes it",
        Outcome::Satisfied => "the action is satisfied: `--delete` or `--mend` deletes it",
        Outcome::Conflicting(_) => "the action conflicts: `--ours` keeps it, `--theirs` deletes it",
    }
}

fn flags(arguments: &Arguments) -> Vec<(Flag, &str)> {
    let Arguments { delete, ours, theirs, .. } = arguments;
    let given = [(Flag::Delete, delete), (Flag::Ours, ours), (Flag::Theirs, theirs)];
    given
        .into_iter()
        .flat_map(|(flag, actions)| actions.iter().map(move |action| (flag, action.as_str())))
        .collect()
}

/// Whether a flag's value means an action: file and line, with or without folder and column.
fn names(action: &str, fate: &Fate) -> bool {
    let place = &fate.place;
    let in_file = |file: &str| {
        let behind = action.strip_prefix(file).and_then(|rest| rest.strip_prefix(':'));
        behind.is_some_and(|behind| {
            behind == place.line.to_string() || behind == format!("{}:{}", place.line, place.column)
        })
    };
    in_file(&place.file) || in_file(file_name(&place.file))
}

/// How flags name an action.
pub(super) fn name(fate: &Fate) -> String {
    format!("{}:{}", file_name(&fate.place.file), fate.place.line)
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
