//! Edits the source text of a document, and leaves the rest of the text unchanged.
//!
//! The range of a node is found by lines and punctuation, which doesn't cover all of YAML. The caller has to parse the
//! edited text and compare it with the expected tree.

use std::ops::Range;

use super::file::ParsedFile;
use crate::base::pointer::Pointer;

/// A source text, split into lines.
pub(crate) struct SourceText<'t> {
    whole: &'t str,
    /// The lines with their line endings.
    lines: Vec<&'t str>,
    /// The byte offset of each line, and the length of the text.
    starts: Vec<usize>,
}

impl<'t> SourceText<'t> {
    pub(crate) fn of(text: &'t str) -> Self {
        let lines: Vec<_> = text.split_inclusive('\n').collect();
        let mut starts = vec![0];
        for line in &lines {
            starts.push(starts.last().copied().unwrap_or_default() + line.len());
        }
        Self { whole: text, lines, starts }
    }

    /// Returns the number of lines.
    pub(crate) fn len(&self) -> usize {
        self.lines.len()
    }

    /// Returns a line. The first one has the number 0.
    pub(crate) fn line(&self, number: usize) -> &'t str {
        self.lines.get(number).copied().unwrap_or_default()
    }

    /// Returns the byte offset of a line.
    pub(crate) fn start(&self, number: usize) -> Option<usize> {
        self.starts.get(number).copied()
    }

    /// Returns the byte range to remove for a node. In block style, this includes the comment directly above the node
    /// and one of the blank lines around it. In flow style, it includes one comma.
    pub(crate) fn range_of(&self, file: &ParsedFile<'_>, pointer: &Pointer) -> Option<Range<usize>> {
        let location = file.location(pointer);
        let line = location.line.checked_sub(1).filter(|line| *line < self.lines.len())?;
        let column = self.line(line).char_indices().nth(location.column.checked_sub(1)?)?.0;
        let before = self.line(line).get(..column)?;
        let is_item = pointer.last().is_some_and(|token| token.bytes().all(|byte| byte.is_ascii_digit()));
        match before.trim() {
            "" => self.block_entry(line, indentation(before)),
            // A key after a dash can't be removed without the item.
            "-" if is_item => self.block_entry(line, indentation(before)),
            _ => self.flow_entry(self.start(line)? + column),
        }
    }

    /// Returns the text with some byte ranges replaced.
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

    /// Returns the range of an entry in block style. `first` is its first line, and `margin` the indentation of its key
    /// or dash.
    fn block_entry(&self, first: usize, margin: usize) -> Option<Range<usize>> {
        let ends = |line: &usize| is_content(self.line(*line)) && indentation(self.line(*line)) <= margin;
        let next = (first + 1..self.lines.len()).find(ends).unwrap_or(self.lines.len());
        // Comments with more indentation may be lines of a block scalar.
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

    /// Returns the range of an entry in flow style, with the comma and spaces after it, or the comma before it if it is
    /// the last one.
    fn flow_entry(&self, start: usize) -> Option<Range<usize>> {
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

/// Returns the length of an entry in flow style: up to a comma or bracket outside of quotes and nested brackets. The
/// entry must end on its first line.
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

/// Returns whether a line is neither blank nor a comment.
pub(crate) fn is_content(line: &str) -> bool {
    !is_blank(line) && !line.trim_start().starts_with('#')
}
