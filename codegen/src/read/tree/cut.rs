//! Cuts nodes out of a text, and leaves the rest of it as it was.
//!
//! What is cut is found by lines and punctuation, without regard to all that YAML allows. Whoever cuts reads the
//! result again, and holds it against what it should be.

use std::ops::Range;

use super::file::File;
use crate::base::pointer::Pointer;

/// A text in lines, ends included.
pub(crate) struct Text<'t> {
    whole: &'t str,
    lines: Vec<&'t str>,
    /// The byte at which each begins, and the text's end.
    starts: Vec<usize>,
}

impl<'t> Text<'t> {
    pub(crate) fn of(text: &'t str) -> Self {
        let lines: Vec<_> = text.split_inclusive('\n').collect();
        let mut starts = vec![0];
        for line in &lines {
            starts.push(starts.last().copied().unwrap_or_default() + line.len());
        }
        Self { whole: text, lines, starts }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.lines.len()
    }

    /// A line, counted from 0.
    pub(crate) fn line(&self, number: usize) -> &'t str {
        self.lines.get(number).copied().unwrap_or_default()
    }

    /// The byte at which a line begins.
    pub(crate) fn start(&self, number: usize) -> Option<usize> {
        self.starts.get(number).copied()
    }

    /// The bytes of a node, which is an entry of a block or of a flow: with the comment right above it and one of the
    /// blank lines around it, or with one of the commas.
    pub(crate) fn node(&self, file: &File<'_>, pointer: &Pointer) -> Option<Range<usize>> {
        let place = file.place(pointer);
        let line = place.line.checked_sub(1).filter(|line| *line < self.lines.len())?;
        let column = self.line(line).char_indices().nth(place.column.checked_sub(1)?)?.0;
        let before = self.line(line).get(..column)?;
        let is_element = pointer.last().is_some_and(|token| token.bytes().all(|byte| byte.is_ascii_digit()));
        match before.trim() {
            "" => self.entry(line, indentation(before)),
            // A key behind a dash can't go without the element.
            "-" if is_element => self.entry(line, indentation(before)),
            _ => self.element(self.start(line)? + column),
        }
    }

    /// The text with some of its bytes replaced.
    pub(crate) fn edited(&self, mut changes: Vec<(Range<usize>, String)>) -> String {
        changes.sort_by_key(|(range, _)| range.start);
        let mut edited = String::with_capacity(self.whole.len());
        let mut at = 0;
        for (range, replacement) in changes {
            edited.push_str(self.whole.get(at..range.start).unwrap_or_default());
            edited.push_str(&replacement);
            at = at.max(range.end);
        }
        edited.push_str(self.whole.get(at..).unwrap_or_default());
        edited
    }

    /// An entry of a block that begins on a line, whose key or dash stands at a margin.
    fn entry(&self, first: usize, margin: usize) -> Option<Range<usize>> {
        let ends = |line: &usize| is_content(self.line(*line)) && indentation(self.line(*line)) <= margin;
        let next = (first + 1..self.lines.len()).find(ends).unwrap_or(self.lines.len());
        // Deeper comments may be lines of a text.
        let is_beside = |line: &str| !is_content(line) && (is_blank(line) || indentation(line) <= margin);
        let behind = (first + 1..next).rev().take_while(|line| is_beside(self.line(*line))).count();
        let is_above = |line: &usize| is_beside(self.line(*line)) && !is_blank(self.line(*line));
        let above = (0..first).rev().take_while(is_above).count();
        let (start, end) = (first - above, next - behind);
        let blank_before = start > 0 && is_blank(self.line(start - 1));
        let blank_after = end >= self.lines.len() || is_blank(self.line(end));
        let start = if blank_before && blank_after { start - 1 } else { start };
        Some(self.start(start)?..self.start(end)?)
    }

    /// An entry of a flow, with the comma and the space behind it, or the comma before it if it is the last.
    fn element(&self, start: usize) -> Option<Range<usize>> {
        let rest = self.whole.get(start..)?;
        let end = start + flow_end(rest)?;
        let tail = self.whole.get(end..)?;
        if let Some(behind) = tail.strip_prefix(',') {
            let spaces = behind.len() - behind.trim_start_matches(' ').len();
            return Some(start..end + 1 + spaces);
        }
        let before = self.whole.get(..start)?.trim_end_matches(' ');
        Some(before.strip_suffix(',')?.len()..end)
    }
}

/// Where an entry of a flow ends: at a comma or bracket outside of quotes and of brackets of its own, on its line.
fn flow_end(text: &str) -> Option<usize> {
    let (mut depth, mut quote) = (0_usize, None);
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match (quote, c) {
            (_, '\n') => return None,
            (Some('"'), '\\') => drop(chars.next()),
            (Some(closing), c) if c == closing => quote = None,
            (None, '\'' | '"') => quote = Some(c),
            (None, '[' | '{') => depth += 1,
            (None, ',' | ']' | '}') if depth == 0 => return Some(at),
            (None, ']' | '}') => depth -= 1,
            _ => {}
        }
    }
    None
}

pub(crate) fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

pub(crate) fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}

/// Whether a line is neither blank nor a comment.
pub(crate) fn is_content(line: &str) -> bool {
    !is_blank(line) && !line.trim_start().starts_with('#')
}
