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
    let part = |(strong, text): (bool, Cow<'_, str>)| {
        let text = text.trim_end_matches(['\n', '\r']).to_owned();
        // Another indentation is seen without a mark.
        Part { strong: strong && !text.trim().is_empty(), text }
    };
    let parts: Vec<_> = strings.map(part).filter(|part| !part.text.is_empty()).collect();
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
