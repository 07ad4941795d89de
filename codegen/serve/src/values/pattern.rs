//! Generates strings that match a pattern.

use rand::distr::Distribution as _;
use rand_regex::Regex;

use super::generator::Generator;

/// The maximum number of repetitions of `*` and `+`.
const MAX_REPEAT: u32 = 8;
/// The visible characters of ASCII.
const VISIBLE: &str = " -~";

impl Generator<'_> {
    /// Returns a string that probably matches a pattern; `None` if its syntax is not supported.
    pub(super) fn matching(&mut self, pattern: &str) -> Option<String> {
        let regex = Regex::compile(&narrowed(pattern), MAX_REPEAT).ok()?;
        Some(regex.sample(&mut self.random))
    }
}

/// Returns a pattern without anchors, whose classes of characters contain only visible ASCII: ECMA 262 and Rust differ in
/// the others.
fn narrowed(pattern: &str) -> String {
    let mut text = String::new();
    let mut chars = pattern.chars().peekable();
    let mut in_class = false;
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('d') => text.push_str(if in_class { "0-9" } else { "[0-9]" }),
                Some('w') => text.push_str(if in_class { "A-Za-z0-9_" } else { "[A-Za-z0-9_]" }),
                Some('s') => text.push(' '),
                Some('D' | 'W' | 'S') => text.push_str(if in_class { "a-z" } else { "[a-z]" }),
                Some('b' | 'B') | None => {}
                Some('/') => text.push('/'),
                Some(other) => text.extend(['\\', other]),
            },
            '[' if !in_class => {
                in_class = true;
                if chars.next_if_eq(&'^').is_some() {
                    text.push_str(&format!("[{VISIBLE}&&[^"));
                    in_class_of(&mut chars, &mut text);
                    in_class = false;
                    text.push(']');
                } else {
                    text.push('[');
                }
            }
            '[' => text.push_str("\\["),
            ']' if in_class => {
                in_class = false;
                text.push(']');
            }
            '&' | '~' if in_class => text.extend(['\\', c]),
            '.' if !in_class => text.push_str("[a-z]"),
            '^' | '$' if !in_class => {}
            other => text.push(other),
        }
    }
    text
}

/// Copies the rest of a negated class with its closing bracket.
fn in_class_of(chars: &mut std::iter::Peekable<std::str::Chars<'_>>, text: &mut String) {
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                text.push('\\');
                text.extend(chars.next());
            }
            '[' | '&' | '~' => text.extend(['\\', c]),
            ']' => {
                text.push(']');
                return;
            }
            other => text.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::narrowed;

    #[test]
    fn a_pattern_has_no_anchors_and_no_other_digits() {
        for (pattern, expected) in [
            ("^a$", "a"),
            (r"^\d{3}-[\w.]+$", "[0-9]{3}-[A-Za-z0-9_.]+"),
            ("[^/]+", "[ -~&&[^/]]+"),
            (r"a.\/\.", r"a[a-z]/\."),
            ("[[&]", r"[\[\&]"),
        ] {
            assert_eq!(narrowed(pattern), expected, "{pattern}");
        }
    }
}
