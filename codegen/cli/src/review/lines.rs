//! Lines of the description and of overlays, with their numbers.

use codegen::{Lines, Place};

/// Characters of a line that are shown.
const WIDTH: usize = 240;
/// How many of them stand before the node, where it begins further on in its line.
const BEFORE: usize = 40;
/// What takes the place of the parts that are cut off.
const CUT: char = '…';

/// A line.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) kind: LineKind,
    /// Its number in the file; 0 where it is no line of one.
    pub(super) number: usize,
    pub(super) text: String,
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineKind {
    /// A line of a file.
    Text,
    /// Says where the lines below it stand.
    Title,
    /// Stands for lines that are left out.
    Gap,
}

impl Line {
    fn title(place: &Place, note: &str) -> Self {
        Self { kind: LineKind::Title, number: 0, text: format!("{}:{}{note}", place.file, place.line) }
    }

    /// Stands for what is left out; the text may say how much that is.
    pub(super) fn gap(text: &str) -> Self {
        Self { kind: LineKind::Gap, number: 0, text: text.to_owned() }
    }

    /// What two sides' lines are compared by: where they stand is no difference, nor is how much is left out.
    pub(super) fn key(&self) -> &str {
        match self.kind {
            LineKind::Text => &self.text,
            LineKind::Title => "\0title",
            LineKind::Gap => "\0gap",
        }
    }
}

/// The lines of a node, the first one cut around it where it is long.
pub(super) fn numbered(lines: &Lines<'_>) -> Vec<Line> {
    let line = |(index, text): (usize, &str)| {
        let skipped = if index == 0 { lines.place.column.saturating_sub(1 + BEFORE) } else { 0 };
        Line { kind: LineKind::Text, number: lines.place.line + index, text: shortened(text, skipped) }
    };
    lines.text.lines().enumerate().map(line).collect()
}

fn shortened(text: &str, skipped: usize) -> String {
    // As long as it fits, a line is shown from its beginning.
    if text.len() <= WIDTH || text.chars().count() <= WIDTH {
        return text.to_owned();
    }
    let mut chars = text.chars();
    let before = (skipped > 0).then_some(CUT);
    let shown: String = before.into_iter().chain(chars.by_ref().skip(skipped).take(WIDTH)).collect();
    if chars.next().is_some() { shown + &CUT.to_string() } else { shown }
}

/// Takes away the indentation that all lines share.
pub(super) fn dedent(lines: &mut [Line]) {
    let blanks = |line: &Line| line.text.len() - line.text.trim_start_matches(' ').len();
    let written = |line: &&Line| line.kind == LineKind::Text && !line.text.trim().is_empty();
    let shared = lines.iter().filter(written).map(blanks).min().unwrap_or_default();
    for line in lines.iter_mut().filter(|line| line.kind == LineKind::Text) {
        line.text = line.text.get(shared..).unwrap_or_default().to_owned();
    }
}

/// The first of some lines, and in the place of the others what says how many there are more.
pub(super) fn cut<T>(mut lines: Vec<T>, most: usize, gap: impl FnOnce(&str) -> T) -> Vec<T> {
    // A note in the place of a line or two would be no shorter.
    if lines.len() > most + 2 {
        let more = lines.len() - most;
        lines.truncate(most);
        lines.push(gap(&format!("{more} more lines")));
    }
    lines
}

/// Lines under a title.
#[derive(Clone, Debug)]
pub(super) struct Titled {
    place: Place,
    lines: Vec<Line>,
}

impl Titled {
    pub(super) fn new(place: Place, lines: Vec<Line>) -> Self {
        Self { place, lines }
    }

    /// Whether both have the same lines, wherever they stand.
    pub(super) fn is_alike(&self, other: &Self) -> bool {
        self.lines.iter().map(Line::key).eq(other.lines.iter().map(Line::key))
    }

    /// All of it.
    pub(super) fn whole(self) -> Vec<Line> {
        [Line::title(&self.place, "")].into_iter().chain(self.lines).collect()
    }

    /// Only its title.
    pub(super) fn closed(self) -> Vec<Line> {
        vec![Line::title(&self.place, ", unchanged")]
    }
}
