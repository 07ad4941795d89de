//! The line that a diagnostic is about, cut to what fits a terminal.

use std::ops::Range;

/// Characters of a line that are shown.
const WIDTH: usize = 100;
/// How many of them stand before the marked part, where the line is longer.
const BEFORE: usize = 40;
/// Bytes between two waypoints.
const STRIDE: usize = 8 << 10;
/// What takes the place of the parts that are cut off.
const CUT: &str = "…";

/// A line of a text, or a part of one, in which a place is marked.
///
/// It is as written, control characters included: whoever shows it makes them visible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// At most about a hundred characters, with `…` where the line goes on.
    pub text: String,
    /// Bytes of the text that are meant: the word at the place, at least one character.
    pub marked: Range<usize>,
}

/// A line and column that is known to stand at a byte.
#[derive(Clone, Copy, Debug)]
struct Waypoint {
    byte: usize,
    line: usize,
    column: usize,
}

/// Finds places in a text without reading it from the beginning each time.
#[derive(Clone, Debug)]
pub(crate) struct Waypoints(Vec<Waypoint>);

impl Waypoints {
    pub(crate) fn new(text: &str) -> Self {
        let mut walk = Walk::from(text, Waypoint { byte: 0, line: 1, column: 1 });
        let mut waypoints = vec![walk.at];
        let mut next = STRIDE;
        while walk.step().is_some() {
            if walk.at.byte >= next {
                waypoints.push(walk.at);
                next = walk.at.byte + STRIDE;
            }
        }
        Self(waypoints)
    }

    /// The excerpt around a place, of the text that these are the waypoints of; `None` where it has no such
    /// place, or only blanks there.
    pub(crate) fn excerpt(&self, text: &str, line: usize, column: usize) -> Option<Excerpt> {
        let after = self.0.partition_point(|known| (known.line, known.column) <= (line, column));
        let mut walk = Walk::from(text, *self.0.get(after.checked_sub(1)?)?);
        while (walk.at.line, walk.at.column) < (line, column) {
            walk.step()?;
        }
        (walk.at.line == line).then(|| excerpt(text, walk.at.byte)).flatten()
    }

    /// The byte at which a line begins, of the text that these are the waypoints of.
    pub(crate) fn line(&self, text: &str, line: usize) -> Option<usize> {
        let after = self.0.partition_point(|known| (known.line, known.column) <= (line, 1));
        let mut walk = Walk::from(text, *self.0.get(after.checked_sub(1)?)?);
        while walk.at.line < line {
            walk.step()?;
        }
        Some(walk.at.byte)
    }
}

/// Goes over a text, character by character.
struct Walk<'t> {
    rest: std::iter::Peekable<std::str::Chars<'t>>,
    at: Waypoint,
}

impl<'t> Walk<'t> {
    fn from(text: &'t str, at: Waypoint) -> Self {
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

/// The part of a line around a byte.
fn excerpt(text: &str, byte: usize) -> Option<Excerpt> {
    let (head, tail) = text.split_at_checked(byte)?;
    let inside = |c: &char| !is_break(*c);
    // One more than is shown tells whether the line goes on.
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
        shown.push_str(CUT);
    }
    shown.push_str(head);
    let marked = shown.len()..shown.len() + word(tail);
    shown.push_str(tail);
    if shown_after < after {
        shown.push_str(CUT);
    }
    Some(Excerpt { text: shown, marked })
}

fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r')
}

/// Bytes of the word that a text begins with: a quoted text, or what stands up to a blank or a bracket.
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
            // A template in a path ends with a bracket that belongs to it.
            let closed = word.len() + usize::from(word.contains('{') && text[word.len()..].starts_with('}'));
            text[..closed].trim_end_matches(':').len()
        }
    };
    end.max(first.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::{STRIDE, Waypoints};

    /// The excerpt, with the marked part between `»` and `«`.
    fn shown(text: &str, line: usize, column: usize) -> Option<String> {
        let mut excerpt = Waypoints::new(text).excerpt(text, line, column)?;
        excerpt.text.insert(excerpt.marked.end, '«');
        excerpt.text.insert(excerpt.marked.start, '»');
        Some(excerpt.text)
    }

    #[test]
    fn marks_the_word_at_a_place() {
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
    fn there_is_nothing_to_show_off_the_text_or_among_blanks() {
        assert_eq!(
            [shown("a", 0, 0), shown("a", 2, 1), shown("a", 1, 9), shown("a\n  \nb", 2, 2)],
            [const { None }; 4]
        );
    }

    #[test]
    fn a_long_line_is_cut_on_both_sides() {
        let text = format!("x\n{}word {}", "ä".repeat(2 * STRIDE), "ö".repeat(2 * STRIDE));
        let cut = shown(&text, 2, 2 * STRIDE + 1).unwrap();
        assert_eq!(cut, format!("…{}»word« {}…", "ä".repeat(40), "ö".repeat(55)));
        let end = text.chars().count() - 2;
        assert_eq!(shown(&text, 2, end).unwrap(), format!("…{}»ö«", "ö".repeat(99)));
    }

    /// However far a place is from the beginning, few characters are read to find it.
    #[test]
    fn waypoints_are_close() {
        let text = "key: value\n".repeat(10_000);
        let waypoints = Waypoints::new(&text);
        assert!(waypoints.0.windows(2).all(|pair| pair[1].byte - pair[0].byte <= STRIDE + 4));
        assert_eq!(waypoints.excerpt(&text, 9_999, 6).unwrap().marked, 5..10);
    }
}
