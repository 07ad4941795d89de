//! Lines in parts, of which some are marked as what differs.

use std::borrow::Cow;

/// Longer lines are cut, and not looked into.
const WIDTH: usize = 400;

/// A part of a line.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) text: String,
    /// Whether just this part of the line differs.
    pub(super) strong: bool,
}

impl Part {
    pub(super) fn plain(text: String) -> Self {
        Self { text, strong: false }
    }

    /// A whole line, cut where it is long.
    pub(super) fn line(text: &str) -> Self {
        Self::plain(match text.char_indices().nth(WIDTH) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text.to_owned(),
        })
    }
}

/// The parts of a line, with whether each differs.
pub(super) fn parts<'t>(strings: impl Iterator<Item = (bool, Cow<'t, str>)>) -> Vec<Part> {
    let mut parts = Vec::new();
    for (strong, text) in strings {
        let text = text.trim_end_matches(['\n', '\r']);
        // Another indentation is seen without a mark.
        let word = text.trim_start();
        let blanks = if strong { &text[..text.len() - word.len()] } else { "" };
        let rest = Part { text: text[blanks.len()..].to_owned(), strong };
        parts.extend([Part::plain(blanks.to_owned()), rest].into_iter().filter(|part| !part.text.is_empty()));
    }
    let written = |part: &Part| part.text.chars().filter(|c| !c.is_whitespace()).count();
    let strong: usize = parts.iter().filter(|part| part.strong).map(written).sum();
    let length: usize = parts.iter().map(|part| part.text.len()).sum();
    // Where most of a line differs, marks on its parts say nothing.
    if length > WIDTH || strong * 2 > parts.iter().map(written).sum() {
        let whole: String = parts.iter().map(|part| part.text.as_str()).collect();
        return vec![Part::line(&whole)];
    }
    parts
}
