//! Lines of the description, old and new side by side.

use codegen::{Lines, Place};
use similar::{Algorithm, DiffOp, DiffTag};

/// Characters of a line that are shown.
const WIDTH: usize = 240;
/// How many of them stand before the node, where it begins further on in its line.
const BEFORE: usize = 40;
/// Unchanged lines that are shown around changed ones.
const CONTEXT: usize = 3;
/// What takes the place of the parts that are cut off.
const CUT: char = '…';

/// A line with its number; a title has none.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) number: usize,
    pub(super) text: String,
    kind: Mark,
}

/// What a line of a column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Mark {
    /// On both sides.
    Same,
    /// On the old side only.
    Gone,
    /// On the new side only.
    Come,
    /// Where lines follow stand in a file.
    Title,
    /// Lines are left out.
    Gap,
    /// Room beside lines that only the other side has.
    Filler,
}

impl Line {
    /// Says where the lines below it stand, and what there is to say of them.
    pub(super) fn title(place: &Place, note: &str) -> Self {
        Self { number: 0, text: format!("{}:{}{note}", place.file, place.line), kind: Mark::Title }
    }

    pub(super) fn gap() -> Self {
        Self::note(String::new())
    }

    /// Stands for what is left out.
    pub(super) fn note(text: String) -> Self {
        Self { number: 0, text, kind: Mark::Gap }
    }

    /// What two sides' lines are compared by: where they stand is no difference.
    fn key(&self) -> (Mark, &str) {
        let text = if self.kind == Mark::Title { "" } else { self.text.as_str() };
        (self.kind, text)
    }
}

/// The lines of a node, the first one cut around it where it is long.
pub(super) fn numbered(lines: &Lines<'_>) -> Vec<Line> {
    let line = |(index, text): (usize, &str)| {
        let skipped = if index == 0 { lines.place.column.saturating_sub(1 + BEFORE) } else { 0 };
        Line { number: lines.place.line + index, text: shortened(text, skipped), kind: Mark::Same }
    };
    lines.text.lines().enumerate().map(line).collect()
}

/// Takes away the indentation that all lines share.
pub(super) fn dedent(lines: &mut [Line]) {
    let blanks = |line: &Line| line.text.len() - line.text.trim_start_matches(' ').len();
    let written = |line: &&Line| line.kind == Mark::Same && !line.text.trim().is_empty();
    let shared = lines.iter().filter(written).map(blanks).min().unwrap_or_default();
    for line in lines.iter_mut().filter(|line| line.kind == Mark::Same) {
        let rest = line.text.get(shared..).unwrap_or_default().to_owned();
        line.text = rest;
    }
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

/// Lines under a title.
#[derive(Clone, Debug)]
pub(super) struct Titled {
    place: Place,
    lines: Vec<Line>,
    is_closed: bool,
}

impl Titled {
    pub(super) fn new(place: Place, lines: Vec<Line>) -> Self {
        Self { place, lines, is_closed: false }
    }

    fn key(&self) -> Vec<(Mark, &str)> {
        self.lines.iter().map(Line::key).collect()
    }

    /// Leaves only the title.
    fn close(&mut self) {
        self.is_closed = true;
    }

    fn into_lines(self) -> Vec<Line> {
        let title = Line::title(&self.place, if self.is_closed { ", unchanged" } else { "" });
        let lines = if self.is_closed { Vec::new() } else { self.lines };
        [title].into_iter().chain(lines).collect()
    }
}

/// The first lines, and how many there are more.
pub(super) fn cut(mut lines: Vec<Line>, most: usize) -> Vec<Line> {
    // A note in the place of a line or two would be no shorter.
    if lines.len() > most + 2 {
        let more = lines.len() - most;
        lines.truncate(most);
        lines.push(Line::note(format!("{more} more lines")));
    }
    lines
}

/// A line of a column.
#[derive(Debug)]
pub(super) struct Cell {
    pub(super) mark: Mark,
    pub(super) number: usize,
    pub(super) text: String,
}

impl Cell {
    fn of(line: &Line, mark: Mark) -> Self {
        let mark = if line.kind == Mark::Same { mark } else { line.kind };
        Self { mark, number: line.number, text: line.text.clone() }
    }

    fn blank(mark: Mark) -> Self {
        Self { mark, number: 0, text: String::new() }
    }
}

/// What stands side by side; where nothing differs, or there is one side only, it is one column.
#[derive(Debug)]
pub(super) enum Columns {
    /// Both sides are alike.
    Same(Vec<Cell>),
    /// There is nothing on the new side.
    Old(Vec<Cell>),
    /// There is nothing on the old side.
    New(Vec<Cell>),
    /// Both sides, line beside line.
    Both(Vec<Cell>, Vec<Cell>),
}

impl Columns {
    /// At most so many lines of each side, those around changes first; none where there is nothing to show.
    pub(super) fn new(old: Vec<Line>, new: Vec<Line>, most: usize) -> Option<Self> {
        Self::with_context(old, new, CONTEXT, most)
    }

    /// The same, of parts with titles: those that both sides have are only named where others differ.
    pub(super) fn of_parts(mut old: Vec<Titled>, mut new: Vec<Titled>, most: usize) -> Option<Self> {
        let alike = |part: &Titled, others: &[Titled]| others.iter().any(|other| other.key() == part.key());
        if old.len() != new.len() || !old.iter().all(|part| alike(part, &new)) {
            let known = old.clone();
            old.iter_mut().filter(|part| alike(part, &new)).for_each(Titled::close);
            new.iter_mut().filter(|part| alike(part, &known)).for_each(Titled::close);
        }
        let lines = |parts: Vec<Titled>| parts.into_iter().flat_map(Titled::into_lines).collect();
        Self::with_context(lines(old), lines(new), most, most)
    }

    fn with_context(old: Vec<Line>, new: Vec<Line>, context: usize, most: usize) -> Option<Self> {
        let alone =
            |lines: Vec<Line>| cut(lines, most).iter().map(|line| Cell::of(line, Mark::Same)).collect();
        match (old.is_empty(), new.is_empty()) {
            (true, true) => return None,
            (true, false) => return Some(Self::New(alone(new))),
            (false, true) => return Some(Self::Old(alone(old))),
            (false, false) => {}
        }
        let before: Vec<_> = old.iter().map(Line::key).collect();
        let after: Vec<_> = new.iter().map(Line::key).collect();
        if before == after {
            return Some(Self::Same(alone(new)));
        }
        let ops = similar::capture_diff_slices(Algorithm::Myers, &before, &after);
        let (left, right) = beside(&old, &new, ops, context);
        Some(Self::Both(first(left, most), first(right, most)))
    }
}

fn beside(old: &[Line], new: &[Line], ops: Vec<DiffOp>, context: usize) -> (Vec<Cell>, Vec<Cell>) {
    let (mut left, mut right) = (Vec::new(), Vec::new());
    let (mut seen, mut seen_new) = (0, 0);
    for group in similar::group_diff_ops(ops, context) {
        let Some(start) = group.first() else { continue };
        if start.old_range().start > seen || start.new_range().start > seen_new {
            left.push(Cell::blank(Mark::Gap));
            right.push(Cell::blank(Mark::Gap));
        }
        for op in &group {
            let alike = op.tag() == DiffTag::Equal;
            let (gone, come) = if alike { (Mark::Same, Mark::Same) } else { (Mark::Gone, Mark::Come) };
            left.extend(old[op.old_range()].iter().map(|line| Cell::of(line, gone)));
            right.extend(new[op.new_range()].iter().map(|line| Cell::of(line, come)));
            let rows = left.len().max(right.len());
            left.resize_with(rows, || Cell::blank(Mark::Filler));
            right.resize_with(rows, || Cell::blank(Mark::Filler));
            (seen, seen_new) = (op.old_range().end, op.new_range().end);
        }
    }
    if seen < old.len() || seen_new < new.len() {
        left.push(Cell::blank(Mark::Gap));
        right.push(Cell::blank(Mark::Gap));
    }
    (left, right)
}

fn first(mut cells: Vec<Cell>, most: usize) -> Vec<Cell> {
    if cells.len() > most + 2 {
        let more = cells.len() - most;
        cells.truncate(most);
        cells.push(Cell { mark: Mark::Gap, number: 0, text: format!("{more} more lines") });
    }
    cells
}
