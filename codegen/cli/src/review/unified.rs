//! Two texts as a unified diff.

use std::time::Duration;

use similar::{ChangeTag, TextDiff};

use super::line_parts::{LinePart, parts};
use super::lines::truncate;

/// The time limit of a comparison. After it, the diff may be longer than necessary. Input may be crafted to be slow.
pub(super) const TIMEOUT: Duration = Duration::from_secs(1);

/// The kind of a line of the diff.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowKind {
    /// Both texts have it.
    Unchanged,
    /// Only the old text has it.
    Removed,
    /// Only the new text has it.
    Added,
    /// Lines are left out.
    Gap,
}

/// A line, in parts.
#[derive(Debug)]
pub(super) struct DiffRow {
    pub(super) kind: RowKind,
    pub(super) parts: Vec<LinePart>,
}

impl DiffRow {
    pub(super) fn plain(kind: RowKind, text: &str) -> Self {
        Self { kind, parts: vec![LinePart::line(text)] }
    }
}

/// The lines that are shown around changed ones.
#[derive(Clone, Copy, Debug)]
pub(super) struct RowContext {
    /// The number of unchanged lines before and after each change.
    pub(super) lines: usize,
    /// Whether the first line is always shown.
    pub(super) head: bool,
}

/// Returns the difference in at most `most` lines; empty if there is none.
pub(super) fn rows(old: &str, new: &str, context: RowContext, most: usize) -> Vec<DiffRow> {
    if old == new {
        return Vec::new();
    }
    let diff = TextDiff::configure().timeout(TIMEOUT).diff_lines(old, new);
    let mut rows = Vec::new();
    let mut seen = 0;
    for group in diff.grouped_ops(context.lines) {
        let start = group.first().map_or(0, |op| op.old_range().start);
        if context.head && seen == 0 && start > 0 {
            rows.push(DiffRow::plain(RowKind::Unchanged, old.lines().next().unwrap_or_default()));
            seen = 1;
        }
        if start > seen {
            rows.push(gap(""));
        }
        for op in &group {
            seen = op.old_range().end;
            for change in diff.iter_inline_changes(op) {
                let kind = match change.tag() {
                    ChangeTag::Equal => RowKind::Unchanged,
                    ChangeTag::Delete => RowKind::Removed,
                    ChangeTag::Insert => RowKind::Added,
                };
                rows.push(DiffRow { kind, parts: parts(change.iter_strings_lossy()) });
            }
        }
    }
    if seen < old.lines().count() {
        rows.push(gap(""));
    }
    truncate(rows, most, gap)
}

/// Returns the lines of a text that only one side has.
pub(super) fn alone(kind: RowKind, text: &str, most: usize) -> Vec<DiffRow> {
    truncate(text.lines().map(|line| DiffRow::plain(kind, line)).collect(), most, gap)
}

fn gap(text: &str) -> DiffRow {
    DiffRow::plain(RowKind::Gap, text)
}
