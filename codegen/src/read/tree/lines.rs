//! Whole lines of the files that a description was read from, for those who show them.

use crate::base::diagnostic::Place;
use crate::base::excerpt::Waypoints;

/// The lines of a node, as they are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lines<'a> {
    /// Where the node begins; its line is the first one.
    pub place: Place,
    /// Whole lines, the first one from its beginning.
    pub text: &'a str,
}

/// An action of an overlay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action<'a> {
    /// All of it.
    pub lines: Lines<'a>,
    /// The part of it that wrote the node which was asked for, or the first part of that; none where the action took
    /// something away.
    pub written: Option<Lines<'a>>,
}

/// The lines of a node of a text, from the one where it begins; `next` is where the next node does.
pub(crate) fn of<'t>(
    text: &'t str,
    waypoints: &Waypoints,
    first: usize,
    next: Option<(usize, usize)>,
) -> Option<&'t str> {
    let start = waypoints.line(text, first)?;
    let end = next.and_then(|(line, column)| {
        let at = waypoints.line(text, line)?;
        // In the middle of a line, the line belongs to both.
        let mut before = text[at..].chars().take(column.saturating_sub(1));
        let shared = line == first || before.any(|c| !c.is_whitespace() && !matches!(c, '-' | '?'));
        if shared { waypoints.line(text, line + 1) } else { Some(at) }
    });
    Some(trimmed(&text[start..end.unwrap_or(text.len())]))
}

/// Without what stands behind a node and is no part of it: blanks, comments on the next one, brackets of outer ones.
fn trimmed(text: &str) -> &str {
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let own = text.lines().next().map_or(0, indent);
    let mut text = text.trim_end();
    while let Some((rest, last)) = text.rsplit_once('\n') {
        let comments = last.trim_start().starts_with('#') && indent(last) <= own;
        if indent(last) >= own && !comments {
            break;
        }
        text = rest.trim_end();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Waypoints, of};
    use crate::pointer::Pointer;
    use crate::read::yaml::builder as yaml;

    /// The first line's number, and the lines, of a node.
    fn lines(text: &str, pointer: &str) -> (usize, String) {
        let places = yaml::read(text).unwrap().places.unwrap();
        let ((first, _), next) = places.span(&Pointer::parse(pointer).unwrap());
        (first, of(text, &Waypoints::new(text), first, next).unwrap().to_owned())
    }

    #[test]
    fn a_node_has_its_own_lines() {
        let text = "\
a:
  b: 1
  # on c

  # on c, too
  c:
  - d: |
      # no comment
      text

    e: {f: 1,
      g: 2, h: 3}
  - i
  # behind
j: [k, l]
";
        let c = "  c:\n  - d: |\n      # no comment\n      text\n\n    e: {f: 1,\n      g: 2, h: 3}\n  - i";
        let d = "  - d: |\n      # no comment\n      text";
        let e = "    e: {f: 1,\n      g: 2, h: 3}";
        let expected = [
            ("/a/b", 2, "  b: 1"),
            ("/a/c", 6, c),
            ("/a/c/0/d", 7, d),
            ("/a/c/0/e", 11, e),
            ("/a/c/0/e/f", 11, "    e: {f: 1,"),
            ("/a/c/0/e/g", 12, "      g: 2, h: 3}"),
            ("/a/c/1", 13, "  - i"),
            ("/j/0", 15, "j: [k, l]"),
            // Deeper than the text goes.
            ("/a/b/x", 2, "  b: 1"),
        ];
        for (pointer, first, text_of) in expected {
            assert_eq!(lines(text, pointer), (first, text_of.to_owned()), "{pointer}");
        }
    }

    #[test]
    fn brackets_of_outer_nodes_are_left_out() {
        let text = "{\r\n  \"a\": {\r\n    \"b\": [\r\n      1\r\n    ]\r\n  }\r\n}\r\n";
        assert_eq!(lines(text, "/a/b"), (3, "    \"b\": [\r\n      1\r\n    ]".to_owned()));
        assert_eq!(lines(text, "/a/b/0"), (4, "      1".to_owned()));
        assert_eq!(lines("{\"a\":{\"b\":1},\"c\":2}", "/a/b"), (1, "{\"a\":{\"b\":1},\"c\":2}".to_owned()));
    }
}
