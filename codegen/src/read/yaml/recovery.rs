//! Recovery from flow collections and quoted scalars with less indentation than YAML 1.2 requires.
//!
//! In pasted JSON, the closing bracket is often below the key. Other parsers accept that. So the lines in question are
//! shifted to the right, and the text is parsed again.

use std::borrow::Cow;
use std::collections::HashMap;
use std::str::CharIndices;

use super::positions::Position;

/// Maximum number of bytes that are parsed again for all recoveries in a file: a multiple of its length, so that the time
/// grows linearly with it, and more for small files.
const BUDGET_PER_BYTE: usize = 32;
const MIN_BUDGET: usize = 8 << 20;

/// Inserted before JSON. Without it, the entire document could be a key, and the parser would buffer it to find the end.
const START: &str = "--- ";

/// A text in which lines are shifted until it can be parsed.
pub(super) struct RecoveredText<'t> {
    text: Cow<'t, str>,
    /// The number of columns by which each line was shifted.
    shifted: HashMap<usize, usize>,
    /// The number of bytes that may still be parsed again.
    budget: usize,
}

impl<'t> RecoveredText<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let is_json = text.starts_with(['{', '[']);
        let shifted = is_json.then_some((1, START.len())).into_iter().collect();
        let budget = MIN_BUDGET.max(text.len().saturating_mul(BUDGET_PER_BYTE));
        let text = if is_json { format!("{START}{text}").into() } else { text.into() };
        Self { text, shifted, budget }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Converts a position in the shifted text to one in the original text.
    pub(super) fn original(&self, (line, column): Position) -> Position {
        (line, column.saturating_sub(self.columns(line)).max(1))
    }

    /// Converts a position in the original text to one in the shifted text.
    pub(super) fn shifted(&self, (line, column): Position) -> Position {
        (line, column + self.columns(line))
    }

    fn columns(&self, line: usize) -> usize {
        self.shifted.get(&line).copied().unwrap_or_default()
    }

    /// Shifts the rest of the open flow collections or the quoted scalar to the right, and returns whether that was
    /// possible. `open` contains the positions of all open collections, outermost first.
    pub(super) fn recover(&mut self, error: &str, at: Position, open: &[Position]) -> bool {
        if !error.contains("indentation") || self.budget < self.text.len() {
            return false;
        }
        self.budget -= self.text.len();
        let is_flow = |position: &&Position| self.char_at(**position).is_some_and(|c| matches!(c, '{' | '['));
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
        if first > last || self.shifted.contains_key(&first) {
            return false;
        }
        let padding = " ".repeat(columns);
        let mut text = String::with_capacity(self.text.len() + (last - first + 1) * columns);
        for (index, line) in lines(&self.text).enumerate() {
            if (first..=last).contains(&(index + 1)) && !line.trim().is_empty() {
                text.push_str(&padding);
                *self.shifted.entry(index + 1).or_default() += columns;
            }
            text.push_str(line);
        }
        self.text = text.into();
        // If the first line was not shifted, the parser would fail there again.
        self.shifted.contains_key(&first)
    }

    fn char_at(&self, position: Position) -> Option<char> {
        self.text[self.offset(position)?..].chars().next()
    }

    /// Returns the byte offset of a position.
    fn offset(&self, (line, column): Position) -> Option<usize> {
        let start: usize = lines(&self.text).take(line.checked_sub(1)?).map(str::len).sum();
        let (within, _) = self.text.get(start..)?.char_indices().nth(column.checked_sub(1)?)?;
        Some(start + within)
    }
}

/// Splits a text at the line breaks of YAML. The lines include them.
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

/// Returns the byte offset after `depth` open flow collections. If `depth` is 0, returns the end of a quoted scalar.
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
