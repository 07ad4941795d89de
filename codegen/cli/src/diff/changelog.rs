//! A changelog draft in the format of Keep a Changelog.

use std::fmt::Write as _;

use codegen::diff::{Change, ChangeKind, Effect};

use super::comparison::Comparison;
use super::quote::code;

/// The maximum number of lines for changes of a kind. The rest is counted.
const MAX_LINES: usize = 20;
/// The headings, in order.
const SECTIONS: [&str; 4] = ["Added", "Changed", "Deprecated", "Removed"];

/// Returns the draft; `None` if only docs changed.
#[must_use]
pub fn changelog(comparison: &Comparison) -> Option<String> {
    let listed: Vec<&Change> =
        comparison.changes.iter().filter(|change| change.kind.effect() != Effect::Docs).collect();
    if listed.is_empty() {
        return None;
    }
    let mut text = match comparison.next_version() {
        Some(next) => format!("## {next}\n"),
        None => "## Unreleased\n".to_owned(),
    };
    for section in SECTIONS {
        let of_section: Vec<&Change> =
            listed.iter().copied().filter(|change| self::section(change.kind) == section).collect();
        if of_section.is_empty() {
            continue;
        }
        // Writing to a String can't fail.
        let _ = writeln!(text, "\n### {section}\n");
        for same in of_section.chunk_by(|a, b| a.kind == b.kind) {
            for change in same.iter().take(MAX_LINES) {
                text.push_str(&line(change));
            }
            if same.len() > MAX_LINES {
                let _ = writeln!(text, "- … and {} more of this kind.", same.len() - MAX_LINES);
            }
        }
    }
    Some(text)
}

fn section(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::OperationRemoved
        | ChangeKind::ModuleRemoved
        | ChangeKind::ParameterRemoved
        | ChangeKind::BodyRemoved
        | ChangeKind::TypeRemoved
        | ChangeKind::FieldRemoved
        | ChangeKind::ValueRemoved
        | ChangeKind::VariantRemoved => "Removed",
        ChangeKind::OperationDeprecated | ChangeKind::ParameterDeprecated => "Deprecated",
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
