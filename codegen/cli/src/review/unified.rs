//! Two texts as one, with the lines that went and those that came.

use std::time::Duration;

use similar::{ChangeTag, TextDiff};

use super::lines::cut;
use super::parts::{Part, parts};

/// After so long a difference may be told in more lines than it needs: texts of strangers may be of the worst kind.
pub(super) const PATIENCE: Duration = Duration::from_secs(1);

/// What became of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It stands in both.
    Kept,
    /// Only the old text has it.
    Gone,
    /// Only the new text has it.
    Come,
    /// Lines are left out.
    Gap,
}

/// A line, in parts.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) fate: Fate,
    pub(super) parts: Vec<Part>,
}

impl Row {
    pub(super) fn plain(fate: Fate, text: &str) -> Self {
        Self { fate, parts: vec![Part::line(text)] }
    }
}

/// What is shown around changed lines.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context {
    /// Unchanged lines on both sides of each change.
    pub(super) lines: usize,
    /// Whether the first line is shown in any case.
    pub(super) head: bool,
}

/// The difference, at most so many lines; empty where there is none.
pub(super) fn rows(old: &str, new: &str, context: Context, most: usize) -> Vec<Row> {
    if old == new {
        return Vec::new();
    }
    let diff = TextDiff::configure().timeout(PATIENCE).diff_lines(old, new);
    let mut rows = Vec::new();
    let mut seen = 0;
    for group in diff.grouped_ops(context.lines) {
        let start = group.first().map_or(0, |op| op.old_range().start);
        if context.head && seen == 0 && start > 0 {
            rows.push(Row::plain(Fate::Kept, old.lines().next().unwrap_or_default()));
            seen = 1;
        }
        if start > seen {
            rows.push(gap(""));
        }
        for op in &group {
            seen = op.old_range().end;
            for change in diff.iter_inline_changes(op) {
                let fate = match change.tag() {
                    ChangeTag::Equal => Fate::Kept,
                    ChangeTag::Delete => Fate::Gone,
                    ChangeTag::Insert => Fate::Come,
                };
                rows.push(Row { fate, parts: parts(change.iter_strings_lossy()) });
            }
        }
    }
    if seen < old.lines().count() {
        rows.push(gap(""));
    }
    cut(rows, most, gap)
}

/// A text that only one side has.
pub(super) fn alone(fate: Fate, text: &str, most: usize) -> Vec<Row> {
    cut(text.lines().map(|line| Row::plain(fate, line)).collect(), most, gap)
}

fn gap(text: &str) -> Row {
    Row::plain(Fate::Gap, text)
}
