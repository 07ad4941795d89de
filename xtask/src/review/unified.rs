//! Two texts as one, with the lines that went and those that came.

use std::time::Duration;

use similar::{ChangeTag, TextDiff};

/// After so long a difference may be told in more lines than it needs: texts of strangers may be of the worst kind.
pub(super) const PATIENCE: Duration = Duration::from_secs(1);
/// Longer lines are not looked into.
const WIDTH: usize = 400;

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

/// A part of a line.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) text: String,
    /// Whether just this part of the line differs.
    pub(super) strong: bool,
}

impl Row {
    pub(super) fn plain(fate: Fate, text: &str) -> Self {
        Self { fate, parts: vec![Part { text: shortened(text), strong: false }] }
    }
}

/// The difference with some lines around each change; empty where there is none.
pub(super) fn rows(old: &str, new: &str, context: usize, most: usize) -> Vec<Row> {
    if old == new {
        return Vec::new();
    }
    let diff = TextDiff::configure().timeout(PATIENCE).diff_lines(old, new);
    let mut rows = Vec::new();
    let mut seen = 0;
    for group in diff.grouped_ops(context) {
        if group.first().is_some_and(|op| op.old_range().start > seen) {
            rows.push(Row::plain(Fate::Gap, ""));
        }
        for op in &group {
            seen = op.old_range().end;
            for change in diff.iter_inline_changes(op) {
                let fate = match change.tag() {
                    ChangeTag::Equal => Fate::Kept,
                    ChangeTag::Delete => Fate::Gone,
                    ChangeTag::Insert => Fate::Come,
                };
                rows.push(row(
                    fate,
                    change.iter_strings_lossy().map(|(strong, text)| (strong, text.into_owned())),
                ));
            }
        }
    }
    cut(rows, most)
}

/// A text that only one side has.
pub(super) fn alone(fate: Fate, text: &str, most: usize) -> Vec<Row> {
    cut(text.lines().map(|line| Row::plain(fate, line)).collect(), most)
}

fn row(fate: Fate, strings: impl Iterator<Item = (bool, String)>) -> Row {
    let part = |(strong, text): (bool, String)| Part {
        strong,
        text: text.trim_end_matches(['\n', '\r']).to_owned(),
    };
    let parts: Vec<_> = strings.map(part).filter(|part| !part.text.is_empty()).collect();
    if parts.iter().map(|part| part.text.len()).sum::<usize>() > WIDTH {
        return Row::plain(fate, &whole(&parts));
    }
    // Where most of a line differs, marks on its parts say nothing.
    let written = |part: &Part| part.text.chars().filter(|c| !c.is_whitespace()).count();
    let strong: usize = parts.iter().filter(|part| part.strong).map(written).sum();
    if strong * 2 > parts.iter().map(written).sum() {
        return Row::plain(fate, &whole(&parts));
    }
    Row { fate, parts }
}

fn whole(parts: &[Part]) -> String {
    parts.iter().map(|part| part.text.as_str()).collect()
}

fn cut(mut rows: Vec<Row>, most: usize) -> Vec<Row> {
    // A note in the place of a line or two would be no shorter.
    if rows.len() > most + 2 {
        let more = rows.len() - most;
        rows.truncate(most);
        rows.push(Row::plain(Fate::Gap, &format!("{more} more lines")));
    }
    rows
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(WIDTH) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
