//! Source lines of the description and of overlays, with line numbers.

use codegen::{Location, SourceLines};

/// The maximum length of a shown line, in characters.
const MAX_WIDTH: usize = 240;
/// The number of characters shown before the node in a truncated line.
const BEFORE: usize = 40;
/// Represents the truncated parts.
const ELLIPSIS: char = '…';

/// A line.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) kind: LineKind,
    /// The line number in the file; 0 if it isn't a line of a file.
    pub(super) number: usize,
    pub(super) text: String,
}

/// The kind of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineKind {
    /// A line of a file.
    Text,
    /// Names the location of the lines below.
    Title,
    /// Represents omitted lines.
    Gap,
}

impl Line {
    fn title(location: &Location, note: &str) -> Self {
        Self { kind: LineKind::Title, number: 0, text: format!("{}:{}{note}", location.file, location.line) }
    }

    /// Creates a line that represents omitted lines. The text may be their number.
    pub(super) fn gap(text: &str) -> Self {
        Self { kind: LineKind::Gap, number: 0, text: text.to_owned() }
    }

    /// Returns the key for comparing lines: locations and the number of omitted lines don't count as differences.
    pub(super) fn key(&self) -> &str {
        match self.kind {
            LineKind::Text => &self.text,
            LineKind::Title => "\0title",
            LineKind::Gap => "\0gap",
        }
    }
}

/// Returns the lines of a node; a long first line is truncated around the node.
pub(super) fn numbered(lines: &SourceLines<'_>) -> Vec<Line> {
    let line = |(index, text): (usize, &str)| {
        let skipped = if index == 0 { lines.location.column.saturating_sub(1 + BEFORE) } else { 0 };
        Line { kind: LineKind::Text, number: lines.location.line + index, text: shortened(text, skipped) }
    };
    lines.text.lines().enumerate().map(line).collect()
}

fn shortened(text: &str, skipped: usize) -> String {
    // A line that isn't too long is shown from its start.
    if text.len() <= MAX_WIDTH || text.chars().count() <= MAX_WIDTH {
        return text.to_owned();
    }
    let mut chars = text.chars();
    let before = (skipped > 0).then_some(ELLIPSIS);
    let shown: String = before.into_iter().chain(chars.by_ref().skip(skipped).take(MAX_WIDTH)).collect();
    if chars.next().is_some() { shown + &ELLIPSIS.to_string() } else { shown }
}

/// Removes the indentation that all lines share.
pub(super) fn dedent(lines: &mut [Line]) {
    let blanks = |line: &Line| line.text.len() - line.text.trim_start_matches(' ').len();
    let written = |line: &&Line| line.kind == LineKind::Text && !line.text.trim().is_empty();
    let shared = lines.iter().filter(written).map(blanks).min().unwrap_or_default();
    for line in lines.iter_mut().filter(|line| line.kind == LineKind::Text) {
        line.text = line.text.get(shared..).unwrap_or_default().to_owned();
    }
}

/// Truncates a list of lines, and appends one with the number of omitted lines.
pub(super) fn truncate<T>(mut lines: Vec<T>, most: usize, gap: impl FnOnce(&str) -> T) -> Vec<T> {
    // Replacing one or two lines with a note saves nothing.
    if lines.len() > most + 2 {
        let more = lines.len() - most;
        lines.truncate(most);
        lines.push(gap(&format!("{more} more lines")));
    }
    lines
}

/// Lines under a title.
#[derive(Clone, Debug)]
pub(super) struct TitledLines {
    location: Location,
    lines: Vec<Line>,
}

impl TitledLines {
    pub(super) fn new(location: Location, lines: Vec<Line>) -> Self {
        Self { location, lines }
    }

    /// Returns whether both have the same lines, regardless of their location.
    pub(super) fn is_alike(&self, other: &Self) -> bool {
        self.lines.iter().map(Line::key).eq(other.lines.iter().map(Line::key))
    }

    /// Returns the title and all lines.
    pub(super) fn open(self) -> Vec<Line> {
        [Line::title(&self.location, "")].into_iter().chain(self.lines).collect()
    }

    /// Returns the title only.
    pub(super) fn closed(self) -> Vec<Line> {
        vec![Line::title(&self.location, ", unchanged")]
    }
}
