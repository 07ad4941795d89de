//! Old and new lines side by side.

use similar::{ChangeTag, DiffOp, DiffTag, TextDiff};

use super::line_parts::{LinePart, parts};
use super::lines::{Line, LineKind, TitledLines, truncate};
use super::unified::TIMEOUT;

/// The number of unchanged lines around changed ones.
const CONTEXT: usize = 3;

/// A line of a column.
#[derive(Debug)]
pub(super) struct Cell {
    pub(super) kind: CellKind,
    /// The line number in the file; 0 if it isn't a line of a file.
    pub(super) number: usize,
    pub(super) parts: Vec<LinePart>,
}

/// The kind of a line of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CellKind {
    /// On both sides.
    Same,
    /// On the old side only.
    Removed,
    /// On the new side only.
    Added,
    /// Names the location of the lines below.
    Title,
    /// Represents omitted lines.
    Gap,
    /// An empty line next to a line that only the other side has.
    Filler,
}

impl Cell {
    fn of(line: &Line, kind: CellKind) -> Self {
        Self::with(line, kind, vec![LinePart::plain(line.text.clone())])
    }

    fn with(line: &Line, kind: CellKind, parts: Vec<LinePart>) -> Self {
        match line.kind {
            LineKind::Text => Self { kind, number: line.number, parts },
            LineKind::Title => {
                Self { kind: CellKind::Title, number: 0, parts: vec![LinePart::plain(line.text.clone())] }
            }
            LineKind::Gap => {
                Self { kind: CellKind::Gap, number: 0, parts: vec![LinePart::plain(line.text.clone())] }
            }
        }
    }

    fn blank(kind: CellKind) -> Self {
        Self { kind, number: 0, parts: Vec::new() }
    }
}

/// One or two columns. Equal sides, or a single side, are one column.
#[derive(Debug)]
pub(super) enum Columns {
    /// Both sides are equal.
    Same(Vec<Cell>),
    /// Only the old side.
    Old(Vec<Cell>),
    /// Only the new side.
    New(Vec<Cell>),
    /// Both sides, line by line.
    Both(Vec<Cell>, Vec<Cell>),
}

impl Columns {
    /// Compares lines and keeps those around changes, at most `most` for each side. Returns `None` if there are no
    /// lines.
    pub(super) fn new(old: &[Line], new: &[Line], most: usize) -> Option<Self> {
        Self::with_context(old, new, CONTEXT, most)
    }

    /// Compares lines with titles. If some differ, only the titles of equal ones are kept.
    pub(super) fn of_titled(old: &[TitledLines], new: &[TitledLines], most: usize) -> Option<Self> {
        let alike =
            |part: &TitledLines, others: &[TitledLines]| others.iter().any(|other| other.is_alike(part));
        let all = old.len() == new.len() && old.iter().all(|part| alike(part, new));
        let lines = |parts: &[TitledLines], others: &[TitledLines]| -> Vec<Line> {
            let lines =
                |part: TitledLines| if !all && alike(&part, others) { part.closed() } else { part.open() };
            parts.iter().cloned().flat_map(lines).collect()
        };
        Self::with_context(&lines(old, new), &lines(new, old), most, most)
    }

    fn with_context(old: &[Line], new: &[Line], context: usize, most: usize) -> Option<Self> {
        let alone = |lines: &[Line]| {
            truncate(lines.to_vec(), most, Line::gap)
                .iter()
                .map(|line| Cell::of(line, CellKind::Same))
                .collect()
        };
        Some(match (old.is_empty(), new.is_empty()) {
            (true, true) => return None,
            (true, false) => Self::New(alone(new)),
            (false, true) => Self::Old(alone(old)),
            (false, false) if old.iter().map(Line::key).eq(new.iter().map(Line::key)) => {
                Self::Same(alone(new))
            }
            (false, false) => {
                let (left, right) = side_by_side(old, new, context);
                let gap = |text: &str| Cell::of(&Line::gap(text), CellKind::Gap);
                Self::Both(truncate(left, most, gap), truncate(right, most, gap))
            }
        })
    }
}

/// Both columns, of the same length.
struct ColumnPair {
    left: Vec<Cell>,
    right: Vec<Cell>,
}

impl ColumnPair {
    fn gap(&mut self) {
        self.left.push(Cell::blank(CellKind::Gap));
        self.right.push(Cell::blank(CellKind::Gap));
    }

    fn level(&mut self) {
        let rows = self.left.len().max(self.right.len());
        self.left.resize_with(rows, || Cell::blank(CellKind::Filler));
        self.right.resize_with(rows, || Cell::blank(CellKind::Filler));
    }
}

fn side_by_side(old: &[Line], new: &[Line], context: usize) -> (Vec<Cell>, Vec<Cell>) {
    let (before, after): (Vec<_>, Vec<_>) =
        (old.iter().map(Line::key).collect(), new.iter().map(Line::key).collect());
    let diff = TextDiff::configure().timeout(TIMEOUT).diff_slices(&before, &after);
    let mut pair = ColumnPair { left: Vec::new(), right: Vec::new() };
    let (mut seen, mut seen_new) = (0, 0);
    for group in diff.grouped_ops(context) {
        let start = group.first().map_or(0, |op| op.old_range().start);
        if seen == 0 && start > 0 {
            // The first line names what the lines belong to. It is equal on both sides.
            pair.left.extend(old.first().map(|line| Cell::of(line, CellKind::Same)));
            pair.right.extend(new.first().map(|line| Cell::of(line, CellKind::Same)));
            (seen, seen_new) = (1, 1);
        }
        if start > seen {
            pair.gap();
        }
        for op in &group {
            fill(&mut pair, old, new, &diff, op);
            (seen, seen_new) = (op.old_range().end, op.new_range().end);
        }
    }
    if seen < old.len() || seen_new < new.len() {
        pair.gap();
    }
    (pair.left, pair.right)
}

fn fill<'d>(
    pair: &mut ColumnPair,
    old: &[Line],
    new: &[Line],
    diff: &'d TextDiff<'d, 'd, 'd, str>,
    op: &DiffOp,
) {
    if op.tag() == DiffTag::Equal {
        pair.left.extend(old[op.old_range()].iter().map(|line| Cell::of(line, CellKind::Same)));
        pair.right.extend(new[op.new_range()].iter().map(|line| Cell::of(line, CellKind::Same)));
        return;
    }
    for change in diff.iter_inline_changes(op) {
        let parts = parts(change.iter_strings_lossy());
        match (change.tag(), change.old_index(), change.new_index()) {
            (ChangeTag::Delete, Some(index), _) => {
                pair.left.push(Cell::with(&old[index], CellKind::Removed, parts))
            }
            (ChangeTag::Insert, _, Some(index)) => {
                pair.right.push(Cell::with(&new[index], CellKind::Added, parts))
            }
            _ => {}
        }
    }
    pair.level();
}
