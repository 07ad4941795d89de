//! Lines as parts, of which some are marked as different.

use std::borrow::Cow;

/// The maximum length of a line, in characters. Longer lines are truncated and their parts aren't marked.
const MAX_WIDTH: usize = 400;

/// A part of a line.
#[derive(Debug)]
pub(super) struct LinePart {
    pub(super) text: String,
    /// Whether this part differs from the other side's line.
    pub(super) strong: bool,
}

impl LinePart {
    pub(super) fn plain(text: String) -> Self {
        Self { text, strong: false }
    }

    /// Creates a part for an entire line, truncated if it is too long.
    pub(super) fn line(text: &str) -> Self {
        Self::plain(match text.char_indices().nth(MAX_WIDTH) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text.to_owned(),
        })
    }
}

/// Splits a line into parts, each with whether it differs.
pub(super) fn parts<'t>(strings: impl Iterator<Item = (bool, Cow<'t, str>)>) -> Vec<LinePart> {
    let mut parts = Vec::new();
    for (strong, text) in strings {
        let text = text.trim_end_matches(['\n', '\r']);
        // A different indentation is visible without a mark.
        let word = text.trim_start();
        let blanks = if strong { &text[..text.len() - word.len()] } else { "" };
        let rest = LinePart { text: text[blanks.len()..].to_owned(), strong };
        parts.extend(
            [LinePart::plain(blanks.to_owned()), rest].into_iter().filter(|part| !part.text.is_empty()),
        );
    }
    let written = |part: &LinePart| part.text.chars().filter(|c| !c.is_whitespace()).count();
    let strong: usize = parts.iter().filter(|part| part.strong).map(written).sum();
    let length: usize = parts.iter().map(|part| part.text.len()).sum();
    // If most of a line differs, marks on its parts don't help.
    if length > MAX_WIDTH || strong * 2 > parts.iter().map(written).sum() {
        let whole: String = parts.iter().map(|part| part.text.as_str()).collect();
        return vec![LinePart::line(&whole)];
    }
    parts
}
