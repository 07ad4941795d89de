//! The source lines of a node.

use crate::base::diagnostic::Location;
use crate::base::snippet::LineIndex;

/// The source lines of a node, unchanged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceLines<'a> {
    /// The location of the node, on the first of the lines.
    pub location: Location,
    /// The complete lines.
    pub text: &'a str,
}

/// An overlay action that changed a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverlayAction<'a> {
    /// All lines of the action.
    pub lines: SourceLines<'a>,
    /// The lines of the action that wrote the node, or its first part. `None` if the action removed something.
    pub written: Option<SourceLines<'a>>,
}

/// Returns the lines of a node. `first` is its first line, and `next` the position of the next node.
pub(crate) fn of<'t>(
    text: &'t str,
    line_index: &LineIndex,
    first: usize,
    next: Option<(usize, usize)>,
) -> Option<&'t str> {
    let start = line_index.line(text, first)?;
    let end = next.and_then(|(line, column)| {
        let at = line_index.line(text, line)?;
        // A line that contains parts of both nodes belongs to both.
        let mut before = text[at..].chars().take(column.saturating_sub(1));
        let shared = line == first || before.any(|c| !c.is_whitespace() && !matches!(c, '-' | '?'));
        if shared { line_index.line(text, line + 1) } else { Some(at) }
    });
    Some(trimmed(&text[start..end.unwrap_or(text.len())]))
}

/// Removes lines after the node: blank lines, comments on the next node, and closing brackets of outer nodes.
fn trimmed(text: &str) -> &str {
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let own = text.lines().next().map_or(0, indent);
    let mut text = text.trim_end();
    while let Some((rest, last)) = text.rsplit_once('\n') {
        let is_comment = last.trim_start().starts_with('#') && indent(last) <= own;
        if indent(last) >= own && !is_comment {
            break;
        }
        text = rest.trim_end();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{LineIndex, of};
    use crate::pointer::Pointer;
    use crate::read::yaml::text as yaml;

    /// Returns the number of the first line of a node, and its lines.
    fn lines(text: &str, pointer: &str) -> (usize, String) {
        let positions = yaml::read(text).unwrap().positions.unwrap();
        let ((first, _), next) = positions.span(&Pointer::parse(pointer).unwrap());
        (first, of(text, &LineIndex::new(text), first, next).unwrap().to_owned())
    }

    #[test]
    fn the_lines_of_a_node_exclude_comments_on_the_next_one() {
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
            // Doesn't exist in the text.
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
