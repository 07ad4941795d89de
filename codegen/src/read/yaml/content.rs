//! What a text holds, and what is wrong with it.

use serde_json::Value;

use super::places::{Places, Position};
use crate::base::pointer::Pointer;

/// What is wrong with a text, where, and what to do.
#[derive(Debug)]
pub(crate) struct Problem {
    pub(crate) position: Position,
    pub(crate) pointer: Pointer,
    pub(crate) message: String,
    pub(crate) help: String,
    /// Whether there is a tree all the same.
    pub(crate) readable: bool,
}

/// What a text holds.
#[derive(Debug)]
pub(crate) struct Content {
    /// Its tree; of a key that stands twice, the last value counts.
    pub(crate) value: Value,
    /// Where the tree's nodes stand; `None` where the text is empty.
    pub(crate) places: Option<Places>,
    /// What is wrong with it and could be read all the same.
    pub(crate) problems: Vec<Problem>,
}
