//! Reads a text: as JSON, in two halves, or as a whole.

use super::builder::{Builder, MAX_DEPTH};
use super::parsed::{Parsed, SyntaxProblem};
use super::{halves, json};

/// Parses a text. The error contains all problems if the parser could not recover from one of them.
pub(crate) fn read(text: &str) -> Result<Parsed, Vec<SyntaxProblem>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match json::read(text, MAX_DEPTH).or_else(|| halves::read(text)) {
        Some(parsed) => Ok(parsed),
        None => Builder::read(text),
    }
}
