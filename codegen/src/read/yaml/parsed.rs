//! The result of parsing a text.

use std::collections::HashSet;

use serde_json::Value;

use super::positions::{NodePositions, Position};
use crate::base::pointer::Pointer;

/// What to do about a text that can't be parsed.
pub(super) const SYNTAX_HELP: &str = "fix the syntax here; the error may begin a few lines above";

/// A syntax problem.
#[derive(Debug)]
pub(crate) struct SyntaxProblem {
    pub(crate) position: Position,
    pub(crate) pointer: Pointer,
    pub(crate) message: String,
    pub(crate) help: String,
    /// Whether the parser could continue.
    pub(crate) is_recoverable: bool,
}

impl SyntaxProblem {
    /// Returns the problem of a key that a mapping or object contains twice.
    pub(super) fn duplicate_key(key: &str, pointer: Pointer, position: Position, first: Position) -> Self {
        let (line, column) = first;
        Self {
            position,
            pointer,
            message: format!("duplicate key {key:?}; the first one is at {line}:{column}"),
            help: "delete one of the two, or merge them".to_owned(),
            is_recoverable: true,
        }
    }
}

/// A parsed text.
#[derive(Debug)]
pub(crate) struct Parsed {
    /// The tree. For a duplicate key, it contains the last value.
    pub(crate) value: Value,
    /// The values of the numbers that the tree doesn't hold as they are written.
    pub(crate) numbers: HashSet<String>,
    /// The positions of the nodes. `None` if the text is empty.
    pub(crate) positions: Option<NodePositions>,
    /// The syntax problems that the parser recovered from.
    pub(crate) problems: Vec<SyntaxProblem>,
}
