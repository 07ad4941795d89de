//! The result of parsing a text.

use serde_json::Value;

use super::positions::{NodePositions, Position};
use crate::base::pointer::Pointer;

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

/// A parsed text.
#[derive(Debug)]
pub(crate) struct Parsed {
    /// The tree. For a duplicate key, it contains the last value.
    pub(crate) value: Value,
    /// The positions of the nodes. `None` if the text is empty.
    pub(crate) positions: Option<NodePositions>,
    /// The syntax problems that the parser recovered from.
    pub(crate) problems: Vec<SyntaxProblem>,
}
