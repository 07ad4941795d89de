//! Lines, old and new side by side.

use similar::{ChangeTag, DiffOp, DiffTag, TextDiff};

use super::lines::{Line, LineKind, Titled, cut};
use super::parts::{Part, parts};
use super::unified::PATIENCE;

/// Unchanged lines that are shown around changed ones.
const CONTEXT: usize = 3;

/// A line of a column.
#[derive(Debug)]
pub(super) struct Cell {
    pub(super) mark: Mark,
    /// Its number in the file; 0 where it is no line of one.
    pub(super) number: usize,
    pub(super) parts: Vec<Part>,
}

/// What a line of a column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// On both sides.
    Same,
    /// On the old side only.
    Gone,
    /// On the new side only.
    Come,
    /// Says where the lines below it stand.
    Title,
    /// Lines are left out.
    Gap,
    /// Room beside lines that only the other side has.
    Filler,
}

impl Cell {
    fn of(line: &Line, mark: Mark) -> Self {
        Self::with(line, mark, vec![Part::plain(line.text.clone())])
    }

    fn with(line: &Line, mark: Mark, parts: Vec<Part>) -> Self {
        match line.kind {
            LineKind::Text => Self { mark, number: line.number, parts },
            LineKind::Title => {
                Self { mark: Mark::Title, number: 0, parts: vec![Part::plain(line.text.clone())] }
            }
            LineKind::Gap => Self { mark: Mark::Gap, number: 0, parts: vec![Part::plain(line.text.clone())] },
        }
    }

    fn blank(mark: Mark) -> Self {
        Self { mark, number: 0, parts: Vec::new() }
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
    /// At most so many lines of each side, and of what is on both only those around changes; none where there is
    /// nothing to show.
    pub(super) fn new(old: &[Line], new: &[Line], most: usize) -> Option<Self> {
        Self::with_context(old, new, CONTEXT, most)
    }

    /// The same, of parts with titles: where some differ, those that both sides have are only named.
    pub(super) fn of_parts(old: &[Titled], new: &[Titled], most: usize) -> Option<Self> {
        let alike = |part: &Titled, others: &[Titled]| others.iter().any(|other| other.is_alike(part));
        let all = old.len() == new.len() && old.iter().all(|part| alike(part, new));
        let lines = |parts: &[Titled], others: &[Titled]| -> Vec<Line> {
            let lines =
                |part: Titled| if !all && alike(&part, others) { part.closed() } else { part.whole() };
            parts.iter().cloned().flat_map(lines).collect()
        };
        Self::with_context(&lines(old, new), &lines(new, old), most, most)
    }

    fn with_context(old: &[Line], new: &[Line], context: usize, most: usize) -> Option<Self> {
        let alone = |lines: &[Line]| {
            cut(lines.to_vec(), most, Line::gap).iter().map(|line| Cell::of(line, Mark::Same)).collect()
        };
        Some(match (old.is_empty(), new.is_empty()) {
            (true, true) => return None,
            (true, false) => Self::New(alone(new)),
            (false, true) => Self::Old(alone(old)),
            (false, false) if old.iter().map(Line::key).eq(new.iter().map(Line::key)) => {
                Self::Same(alone(new))
            }
            (false, false) => {
                let (left, right) = beside(old, new, context);
                let gap = |text: &str| Cell::of(&Line::gap(text), Mark::Gap);
                Self::Both(cut(left, most, gap), cut(right, most, gap))
            }
        })
    }
}

/// Both columns, of the same length.
struct Pair {
    left: Vec<Cell>,
    right: Vec<Cell>,
}

impl Pair {
    fn gap(&mut self) {
        self.left.push(Cell::blank(Mark::Gap));
        self.right.push(Cell::blank(Mark::Gap));
    }

    fn level(&mut self) {
        let rows = self.left.len().max(self.right.len());
        self.left.resize_with(rows, || Cell::blank(Mark::Filler));
        self.right.resize_with(rows, || Cell::blank(Mark::Filler));
    }
}

fn beside(old: &[Line], new: &[Line], context: usize) -> (Vec<Cell>, Vec<Cell>) {
    let (before, after): (Vec<_>, Vec<_>) =
        (old.iter().map(Line::key).collect(), new.iter().map(Line::key).collect());
    let diff = TextDiff::configure().timeout(PATIENCE).diff_slices(&before, &after);
    let mut pair = Pair { left: Vec::new(), right: Vec::new() };
    let (mut seen, mut seen_new) = (0, 0);
    for group in diff.grouped_ops(context) {
        let start = group.first().map_or(0, |op| op.old_range().start);
        if seen == 0 && start > 0 {
            // What the lines are part of: up to the first difference, both sides are the same.
            pair.left.extend(old.first().map(|line| Cell::of(line, Mark::Same)));
            pair.right.extend(new.first().map(|line| Cell::of(line, Mark::Same)));
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

fn fill<'d>(pair: &mut Pair, old: &[Line], new: &[Line], diff: &'d TextDiff<'d, 'd, 'd, str>, op: &DiffOp) {
    if op.tag() == DiffTag::Equal {
        pair.left.extend(old[op.old_range()].iter().map(|line| Cell::of(line, Mark::Same)));
        pair.right.extend(new[op.new_range()].iter().map(|line| Cell::of(line, Mark::Same)));
        return;
    }
    for change in diff.iter_inline_changes(op) {
        let parts = parts(change.iter_strings_lossy());
        match (change.tag(), change.old_index(), change.new_index()) {
            (ChangeTag::Delete, Some(index), _) => pair.left.push(Cell::with(&old[index], Mark::Gone, parts)),
            (ChangeTag::Insert, _, Some(index)) => {
                pair.right.push(Cell::with(&new[index], Mark::Come, parts))
            }
            _ => {}
        }
    }
    pair.level();
}
