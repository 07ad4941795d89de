//! A draft of what the changelog has to say, in the form of Keep a Changelog.

use std::fmt::Write as _;

use codegen::diff::{Change, Effect, Kind};

use super::comparison::Comparison;
use super::quote::code;

/// Lines for changes of a kind before the others are only counted.
const LINES: usize = 20;
/// Headings, in their order.
const SECTIONS: [&str; 4] = ["Added", "Changed", "Deprecated", "Removed"];

/// The draft; none where nothing changes but docs.
#[must_use]
pub fn changelog(comparison: &Comparison) -> Option<String> {
    let told: Vec<&Change> =
        comparison.changes.iter().filter(|change| change.kind.effect() != Effect::Docs).collect();
    if told.is_empty() {
        return None;
    }
    let mut text = match comparison.next_version() {
        Some(next) => format!("## {next}\n"),
        None => "## Unreleased\n".to_owned(),
    };
    for section in SECTIONS {
        let of_section: Vec<&Change> =
            told.iter().copied().filter(|change| self::section(change.kind) == section).collect();
        if of_section.is_empty() {
            continue;
        }
        // Writing to a String can't fail.
        let _ = writeln!(text, "\n### {section}\n");
        for same in of_section.chunk_by(|a, b| a.kind == b.kind) {
            for change in same.iter().take(LINES) {
                text.push_str(&line(change));
            }
            if same.len() > LINES {
                let _ = writeln!(text, "- … and {} more of the kind.", same.len() - LINES);
            }
        }
    }
    Some(text)
}

fn section(kind: Kind) -> &'static str {
    match kind {
        Kind::OperationRemoved
        | Kind::ModuleRemoved
        | Kind::ParameterRemoved
        | Kind::BodyRemoved
        | Kind::TypeRemoved
        | Kind::FieldRemoved
        | Kind::ValueRemoved
        | Kind::ChoiceRemoved => "Removed",
        Kind::OperationDeprecated | Kind::ParameterDeprecated => "Deprecated",
        kind if kind.effect() == Effect::Addition => "Added",
        _ => "Changed",
    }
}

fn line(change: &Change) -> String {
    let breaking = if change.kind.effect().is_breaking() { "**Breaking:** " } else { "" };
    let detail = match (&change.was, &change.is) {
        (Some(was), Some(is)) => format!(", {} instead of {}", code(is), code(was)),
        (None, Some(is)) => format!(": {}", code(is)),
        _ => String::new(),
    };
    format!("- {breaking}{}: {}{detail}.\n", code(&change.subject), change.kind.phrase())
}
