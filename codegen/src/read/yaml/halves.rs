//! Reads a long text in two halves, at the same time.
//!
//! The text is split before a key of its outermost mapping. If a half has any problem, or isn't a mapping, the text may have
//! been split inside a scalar or a collection: then it is read as a whole, which also reports the problem.

use serde_json::Value;

use super::builder::Builder;
use super::parsed::Parsed;
use crate::base::parallel;

/// The length from which a text is split, in bytes.
const MIN: usize = 128 << 10;

/// Reads a text in two halves, if that is possible.
pub(super) fn read(text: &str) -> Option<Parsed> {
    let (first, second) = split(text)?;
    let (first_half, second_half) =
        parallel::join(|| Builder::read_part(first), || Builder::read_part(second));
    joined(first_half?, second_half?, first.matches('\n').count())
}

/// Splits a text near its middle, before a line that may begin an entry of the outermost mapping.
fn split(text: &str) -> Option<(&str, &str)> {
    // A directive applies to both halves, what follows a marker is another document, and the parser also counts other
    // line breaks.
    let has_directive = text.starts_with('%') || text.contains("\n%");
    if text.len() < MIN || has_directive || text.contains("\n...") || text.contains('\r') {
        return None;
    }
    let middle = text.len() / 2;
    let starts = text.match_indices('\n').map(|(index, _)| index + 1);
    let is_key = |start: &usize| text.as_bytes().get(*start).is_some_and(u8::is_ascii_alphabetic);
    let start = starts.filter(is_key).min_by_key(|start| start.abs_diff(middle))?;
    text.split_at_checked(start)
}

/// Joins two halves, if they are parts of one mapping. The second one begins after `lines` lines.
fn joined(first: Parsed, second: Parsed, lines: usize) -> Option<Parsed> {
    let (Value::Object(mut entries), Value::Object(more)) = (first.value, second.value) else { return None };
    let (mut positions, more_positions) = (first.positions?, second.positions?);
    let is_mapping = positions.is_plain_mapping() && more_positions.is_plain_mapping();
    if !is_mapping || more.keys().any(|key| entries.contains_key(key)) {
        return None;
    }
    positions.append(more_positions, lines);
    let mut numbers = first.numbers;
    numbers.extend(second.numbers);
    entries.extend(more);
    Some(Parsed { value: Value::Object(entries), numbers, positions: Some(positions), problems: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::{MIN, joined, split};
    use crate::base::pointer::Pointer;
    use crate::read::yaml::builder::Builder;
    use crate::read::yaml::parsed::Parsed;
    use crate::read::yaml::positions::NodePositions;

    /// Reads two texts as halves of one.
    fn halves(first: &str, second: &str) -> Option<Parsed> {
        let lines = first.matches('\n').count();
        joined(Builder::read_part(first)?, Builder::read_part(second)?, lines)
    }

    #[test]
    fn halves_are_the_whole() {
        let first = "# a\na: {x: 1.50, y: &a [1, 2]}\nb:\n  - c\n  - *a\n";
        let second = "c: 0x10\n# d\nd: &d\n  e: 1.50\n  x:\n  - f\ne: *d\n";
        let whole = Builder::read_part(&format!("{first}{second}")).unwrap();
        let joined = halves(first, second).unwrap();
        assert_eq!(joined.value, whole.value);
        assert_eq!(joined.numbers, whole.numbers);
        let (joined, positions) = (joined.positions.unwrap(), whole.positions.unwrap());
        for pointer in
            ["", "/a", "/a/y/1", "/b/0", "/b/2", "/c", "/d", "/d/e", "/d/x", "/d/x/0", "/e", "/e/e", "/f"]
        {
            let pointer = Pointer::parse(pointer).unwrap();
            assert_eq!(joined.span(&pointer), positions.span(&pointer), "{pointer}");
            let number = whole.value.pointer(&pointer.to_path()).and_then(serde_json::Value::as_number);
            let written = number.map(|number| {
                let find = |all: &NodePositions| all.number(pointer.tokens(), number).map(str::to_owned);
                (find(&joined), find(&positions))
            });
            assert!(written.is_none_or(|(joined, whole)| joined == whole), "{pointer}");
        }
    }

    #[test]
    fn what_is_no_half_is_read_as_a_whole() {
        for (first, second) in [
            ("a: &a 1\n", "b: *a\n"),
            ("a: 1\n", "a: 2\n"),
            ("a: 1\n", "b: 1\nb: 2\n"),
            ("a: 1\n", "b\n"),
            ("a\n", "b: 1\n"),
            ("a: \"x\n", "b: 1\"\n"),
            ("a: {x: 1,\n", "b: 1}\n"),
            ("a: 1\n", "b: 1\n---\nc: 1\n"),
            ("a: 1\n---\n", "b: 1\n"),
            ("# x\n{a: 1}\n", "b: 1\n"),
            ("--- {a: 1}\n", "b: 1\n"),
            (" a: 1\n", "b: 1\n"),
            ("<<: {a: 1}\n", "a: 2\n"),
            ("a: 1\n", "b: 1\n<<: {a: 2}\n"),
            ("a: 1\n", ""),
        ] {
            assert!(halves(first, second).is_none(), "{first}{second}");
        }
    }

    #[test]
    fn a_long_text_is_split_at_a_key_near_its_middle() {
        let body = "  - x\n".repeat(MIN / 10);
        let text = format!("a:\n{body}b:\n{body}c:\n  - x\n");
        let (first, second) = split(&text).unwrap();
        assert!(first.starts_with("a:") && second.starts_with("b:"));
        assert!(split("a: 1\nb: 2\n").is_none());
        assert!(split(&format!("%YAML 1.2\n---\n{text}")).is_none());
        assert!(split(&format!("# x\n%TAG !! tag:x,2000:\n---\n{text}")).is_none());
        assert!(split(&text.replace('\n', "\r\n")).is_none());
        assert!(split(&text.replace("b:", "...\nb:")).is_none());
        assert!(split(&body).is_none());
    }
}
