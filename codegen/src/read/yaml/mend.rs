//! Flow collections and quoted texts that stand further left than YAML 1.2 allows.
//!
//! JSON is often pasted so that its closing bracket stands under the key. Other readers take that, so the lines
//! in question are moved to the right, and the reader begins again.

use std::collections::HashMap;
use std::str::CharIndices;

use super::places::Position;

/// Bytes that may be read again for all repairs of a file together.
const BUDGET: usize = 256 << 20;

/// What is put before JSON. Without it the whole could be a key, and the reader looks for its end first, with all
/// of it in memory.
const START: &str = "--- ";

/// A text that is mended step by step.
pub(super) struct Mended {
    pub(super) text: String,
    /// Columns that lines were moved by.
    moved: HashMap<usize, usize>,
    spent: usize,
}

impl Mended {
    pub(super) fn new(text: &str) -> Self {
        let is_json = text.starts_with(['{', '[']);
        let start = if is_json { START } else { "" };
        let moved = is_json.then_some((1, START.len())).into_iter().collect();
        Self { text: format!("{start}{text}"), moved, spent: 0 }
    }

    /// Where something stands in the text as it was.
    pub(super) fn original(&self, (line, column): Position) -> Position {
        (line, column.saturating_sub(self.columns(line)).max(1))
    }

    /// Where it stands in the text as it is now.
    pub(super) fn moved(&self, (line, column): Position) -> Position {
        (line, column + self.columns(line))
    }

    fn columns(&self, line: usize) -> usize {
        self.moved.get(&line).copied().unwrap_or_default()
    }

    /// Moves the rest of what is open to the right, and tells whether that was possible: `open` are the places of
    /// all open collections, outermost first.
    pub(super) fn mend(&mut self, error: &str, at: Position, open: &[Position]) -> bool {
        if !error.contains("indentation") || self.spent > BUDGET {
            return false;
        }
        self.spent += self.text.len();
        let is_flow = |place: &&Position| self.char_at(**place).is_some_and(|c| matches!(c, '{' | '['));
        let depth = open.iter().rev().take_while(is_flow).count();
        let around = open.iter().rev().nth(depth).map_or(0, |(_, column)| *column);
        let quoted = matches!(self.char_at(at), Some('"' | '\'')) && error.contains("quoted");
        if depth == 0 && !quoted {
            return false;
        }
        let Some(start) = self.offset(at) else { return false };
        let Some(length) = end(&self.text[start..], depth) else { return false };
        let first = if quoted { at.0 + 1 } else { at.0 };
        let last = at.0 + lines(&self.text[start..start + length]).count().saturating_sub(1);
        self.move_lines(first, last, around.max(1))
    }

    fn move_lines(&mut self, first: usize, last: usize, columns: usize) -> bool {
        if first > last || self.moved.contains_key(&first) {
            return false;
        }
        let padding = " ".repeat(columns);
        let mut text = String::with_capacity(self.text.len() + (last - first + 1) * columns);
        for (index, line) in lines(&self.text).enumerate() {
            if (first..=last).contains(&(index + 1)) && !line.trim().is_empty() {
                text.push_str(&padding);
                *self.moved.entry(index + 1).or_default() += columns;
            }
            text.push_str(line);
        }
        self.text = text;
        // Where the first line stayed, the reader would stop there again.
        self.moved.contains_key(&first)
    }

    fn char_at(&self, place: Position) -> Option<char> {
        self.text[self.offset(place)?..].chars().next()
    }

    /// The byte at which a place begins.
    fn offset(&self, (line, column): Position) -> Option<usize> {
        let start: usize = lines(&self.text).take(line.checked_sub(1)?).map(str::len).sum();
        let (within, _) = self.text.get(start..)?.char_indices().nth(column.checked_sub(1)?)?;
        Some(start + within)
    }
}

/// Lines with their ends, as YAML tells them apart.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let end =
            rest.find(['\n', '\r']).map(|end| end + if rest[end..].starts_with("\r\n") { 2 } else { 1 });
        let (line, after) = rest.split_at(end.unwrap_or(rest.len()));
        rest = after;
        Some(line).filter(|line| !line.is_empty())
    })
}

/// The bytes up to where so many open flow collections end; with none, up to the end of a quoted text.
fn end(text: &str, depth: usize) -> Option<usize> {
    let mut open = depth;
    let mut chars = text.char_indices();
    let mut before = ' ';
    while let Some((_, c)) = chars.next() {
        match c {
            '"' => skip_double_quoted(&mut chars)?,
            '\'' if !before.is_alphanumeric() => while chars.next()?.1 != '\'' {},
            '#' if before.is_whitespace() => while chars.next()?.1 != '\n' {},
            '{' | '[' => open += 1,
            '}' | ']' => open = open.checked_sub(1)?,
            _ => {}
        }
        if open == 0 && (depth > 0 || matches!(c, '"' | '\'')) {
            return Some(chars.next().map_or(text.len(), |(next, _)| next));
        }
        before = c;
    }
    None
}

fn skip_double_quoted(chars: &mut CharIndices<'_>) -> Option<()> {
    loop {
        match chars.next()?.1 {
            '\\' => drop(chars.next()),
            '"' => return Some(()),
            _ => {}
        }
    }
}
