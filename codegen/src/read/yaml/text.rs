//! Reads a text: as JSON, or as YAML.

use super::builder::{Builder, MAX_DEPTH};
use super::json;
use super::parsed::{Parsed, SyntaxProblem};

/// Parses a text. The error contains all problems if the parser could not recover from one of them.
pub(crate) fn read(text: &str) -> Result<Parsed, Vec<SyntaxProblem>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match json::read(text, MAX_DEPTH) {
        Some(parsed) => Ok(parsed),
        None => Builder::read(text),
    }
}
