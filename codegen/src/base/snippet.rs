//! The source line of a diagnostic, shortened to fit a terminal.

use std::ops::Range;

/// Maximum number of characters of a line.
const WIDTH: usize = 100;
/// Number of characters before the marked part, if the line is longer.
const BEFORE: usize = 40;
/// Distance between two indexed positions, in bytes.
const STRIDE: usize = 512;
/// Represents the parts of a line that are left out.
const ELLIPSIS: &str = "…";

/// A source line, or a part of it, with a marked range.
///
/// Control characters are not escaped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// At most about 100 characters, with `…` if the line is longer.
    pub text: String,
    /// Byte range of the word at the location in `text`. At least one character.
    pub marked: Range<usize>,
}

/// A byte offset with its line and column.
#[derive(Clone, Copy, Debug)]
struct IndexedPosition {
    byte: usize,
    line: usize,
    column: usize,
}

/// An index of lines and columns, to find a position without reading the text from the beginning.
#[derive(Clone, Debug)]
pub(crate) struct LineIndex(Vec<IndexedPosition>);

impl LineIndex {
    pub(crate) fn new(text: &str) -> Self {
        let mut cursor = Cursor::from(text, IndexedPosition { byte: 0, line: 1, column: 1 });
        let mut positions = vec![cursor.at];
        let mut next = STRIDE;
        while cursor.step().is_some() {
            if cursor.at.byte >= next {
                positions.push(cursor.at);
                next = cursor.at.byte + STRIDE;
            }
        }
        Self(positions)
    }

    /// Returns the snippet at a position of the indexed text. `None` if there is no such position, or the line is
    /// blank.
    pub(crate) fn snippet(&self, text: &str, line: usize, column: usize) -> Option<Snippet> {
        let after = self.0.partition_point(|known| (known.line, known.column) <= (line, column));
        let mut cursor = Cursor::from(text, *self.0.get(after.checked_sub(1)?)?);
        while (cursor.at.line, cursor.at.column) < (line, column) {
            cursor.step()?;
        }
        (cursor.at.line == line).then(|| snippet(text, cursor.at.byte)).flatten()
    }

    /// Returns the byte offset of a line in the indexed text.
    pub(crate) fn line(&self, text: &str, line: usize) -> Option<usize> {
        let after = self.0.partition_point(|known| (known.line, known.column) <= (line, 1));
        let mut cursor = Cursor::from(text, *self.0.get(after.checked_sub(1)?)?);
        while cursor.at.line < line {
            cursor.step()?;
        }
        Some(cursor.at.byte)
    }
}

/// A position in a text that moves character by character.
struct Cursor<'t> {
    rest: std::iter::Peekable<std::str::Chars<'t>>,
    at: IndexedPosition,
}

impl<'t> Cursor<'t> {
    fn from(text: &'t str, at: IndexedPosition) -> Self {
        Self { rest: text.get(at.byte..).unwrap_or_default().chars().peekable(), at }
    }

    fn step(&mut self) -> Option<()> {
        let c = self.rest.next()?;
        self.at.byte += c.len_utf8();
        let ends_line = c == '\n' || (c == '\r' && self.rest.peek() != Some(&'\n'));
        if ends_line {
            self.at.line += 1;
            self.at.column = 1;
        } else {
            self.at.column += 1;
        }
        Some(())
    }
}

/// Returns the part of a line around a byte offset.
fn snippet(text: &str, byte: usize) -> Option<Snippet> {
    let (head, tail) = text.split_at_checked(byte)?;
    let inside = |c: &char| !is_break(*c);
    // With one more than is shown, the line is longer.
    let before = head.chars().rev().take_while(inside).take(WIDTH + 1).count();
    let after = tail.chars().take_while(inside).take(WIDTH + 1).count();
    let shown_before = before.min(BEFORE.max(WIDTH.saturating_sub(after)));
    let shown_after = after.min(WIDTH - shown_before);
    let start: usize = head.chars().rev().take(shown_before).map(char::len_utf8).sum();
    let end: usize = tail.chars().take(shown_after).map(char::len_utf8).sum();
    let (head, tail) = (&head[byte - start..], &tail[..end]);
    if head.trim().is_empty() && tail.trim().is_empty() {
        return None;
    }
    let mut shown = String::new();
    if shown_before < before {
        shown.push_str(ELLIPSIS);
    }
    shown.push_str(head);
    let marked = shown.len()..shown.len() + word(tail);
    shown.push_str(tail);
    if shown_after < after {
        shown.push_str(ELLIPSIS);
    }
    Some(Snippet { text: shown, marked })
}

fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r')
}

/// Returns the length of the first word in bytes: a quoted string, or everything up to whitespace or a bracket.
fn word(text: &str) -> usize {
    let mut chars = text.char_indices();
    let Some((_, first)) = chars.next() else { return 0 };
    let end = match first {
        '"' | '\'' => {
            let mut escaped = false;
            let closing = chars.find(|(_, c)| {
                let closes = *c == first && !escaped;
                escaped = *c == '\\' && first == '"' && !escaped;
                closes
            });
            closing.map_or(text.len(), |(at, _)| at + 1)
        }
        '{' | '[' => 1,
        _ => {
            let end = chars.find(|(_, c)| c.is_whitespace() || matches!(c, ',' | ']' | '}'));
            let word = &text[..end.map_or(text.len(), |(at, _)| at)];
            // The closing brace of a template expression in a path belongs to the word.
            let closed = word.len() + usize::from(word.contains('{') && text[word.len()..].starts_with('}'));
            text[..closed].trim_end_matches(':').len()
        }
    };
    end.max(first.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::{LineIndex, STRIDE};

    /// Returns the snippet with the marked part between `»` and `«`.
    fn shown(text: &str, line: usize, column: usize) -> Option<String> {
        let mut snippet = LineIndex::new(text).snippet(text, line, column)?;
        snippet.text.insert(snippet.marked.end, '«');
        snippet.text.insert(snippet.marked.start, '»');
        Some(snippet.text)
    }

    #[test]
    fn the_word_at_a_position_is_marked() {
        let text = "a: 1\r\nb: {c: 'd e', \"f\\\"g\": [200, h]}\r  /i/{j}: {}\nk";
        let words = [(1, 1), (2, 1), (2, 4), (2, 5), (2, 8), (2, 15), (2, 24), (2, 29), (3, 3), (4, 1)];
        let shown: Vec<_> = words.iter().map(|(line, column)| shown(text, *line, *column).unwrap()).collect();
        assert_eq!(
            shown,
            [
                "»a«: 1",
                "»b«: {c: 'd e', \"f\\\"g\": [200, h]}",
                "b: »{«c: 'd e', \"f\\\"g\": [200, h]}",
                "b: {»c«: 'd e', \"f\\\"g\": [200, h]}",
                "b: {c: »'d e'«, \"f\\\"g\": [200, h]}",
                "b: {c: 'd e', »\"f\\\"g\"«: [200, h]}",
                "b: {c: 'd e', \"f\\\"g\": [»200«, h]}",
                "b: {c: 'd e', \"f\\\"g\": [200, »h«]}",
                "  »/i/{j}«: {}",
                "»k«",
            ]
        );
    }

    #[test]
    fn a_position_outside_the_text_or_on_a_blank_line_has_no_snippet() {
        assert_eq!(
            [shown("a", 0, 0), shown("a", 2, 1), shown("a", 1, 9), shown("a\n  \nb", 2, 2)],
            [const { None }; 4]
        );
    }

    #[test]
    fn a_long_line_is_shortened_on_both_sides() {
        let text = format!("x\n{}word {}", "ä".repeat(2 * STRIDE), "ö".repeat(2 * STRIDE));
        let cut = shown(&text, 2, 2 * STRIDE + 1).unwrap();
        assert_eq!(cut, format!("…{}»word« {}…", "ä".repeat(40), "ö".repeat(55)));
        let end = text.chars().count() - 2;
        assert_eq!(shown(&text, 2, end).unwrap(), format!("…{}»ö«", "ö".repeat(99)));
    }

    #[test]
    fn indexed_positions_are_close_to_each_other() {
        let text = "key: value\n".repeat(10_000);
        let line_index = LineIndex::new(&text);
        assert!(line_index.0.windows(2).all(|pair| pair[1].byte - pair[0].byte <= STRIDE + 4));
        assert_eq!(line_index.snippet(&text, 9_999, 6).unwrap().marked, 5..10);
    }
}
