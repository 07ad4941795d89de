//! Where the nodes of a text stand.

use super::Position;
use crate::pointer::Pointer;

/// The place of a node, and those of the nodes in it.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    pub(super) at: Position,
    pub(super) inside: Inside,
}

/// The nodes in a node, in the order of the text.
#[derive(Clone, Debug)]
pub(super) enum Inside {
    Nothing,
    /// A key that stands twice is there twice.
    Entries(Vec<(Box<str>, Places)>),
    Items(Vec<Places>),
}

impl Places {
    /// Where a node stands, or its nearest ancestor that the text holds.
    pub(crate) fn nearest(&self, pointer: &Pointer) -> Position {
        let mut node = self;
        for token in pointer.tokens() {
            let Some(child) = node.child(token) else { break };
            node = child;
        }
        node.at
    }

    fn child(&self, token: &str) -> Option<&Self> {
        match &self.inside {
            Inside::Nothing => None,
            // As in the tree, the last of two entries counts.
            Inside::Entries(entries) => {
                entries.iter().rfind(|(key, _)| **key == *token).map(|(_, entry)| entry)
            }
            Inside::Items(items) => items.get(token.parse::<usize>().ok()?),
        }
    }
}
