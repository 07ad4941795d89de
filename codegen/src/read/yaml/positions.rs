//! The positions of the nodes in a text.

use crate::base::pointer::Pointer;

/// Line and column, from 1.
pub(crate) type Position = (usize, usize);

/// The position of a node, and those of its children.
#[derive(Clone, Debug)]
pub(crate) struct NodePositions {
    pub(super) at: Position,
    pub(super) children: Children,
}

/// The children of a node, in the order of the text.
#[derive(Clone, Debug)]
pub(super) enum Children {
    None,
    /// Contains duplicate keys.
    Entries(Vec<(Box<str>, NodePositions)>),
    Items(Vec<NodePositions>),
}

impl NodePositions {
    /// Returns the position of a node, or of its nearest ancestor that exists in the text.
    pub(crate) fn nearest(&self, pointer: &Pointer) -> Position {
        let mut node = self;
        for token in pointer.tokens() {
            let Some(child) = node.child(token) else { break };
            node = child;
        }
        node.at
    }

    /// Returns the position of a node, and of the first node after it that is not part of it. If the node doesn't
    /// exist, its nearest ancestor is used, as by [`NodePositions::nearest`].
    pub(crate) fn span(&self, pointer: &Pointer) -> (Position, Option<Position>) {
        let (mut node, mut next) = (self, None);
        for token in pointer.tokens() {
            let Some((child, sibling)) = node.child_and_next(token) else { break };
            next = sibling.map_or(next, |sibling| Some(sibling.at));
            node = child;
        }
        (node.at, next)
    }

    fn child(&self, token: &str) -> Option<&Self> {
        self.child_and_next(token).map(|(child, _)| child)
    }

    /// Returns a child and the one after it.
    fn child_and_next(&self, token: &str) -> Option<(&Self, Option<&Self>)> {
        match &self.children {
            Children::None => None,
            Children::Entries(entries) => {
                // The tree contains the last value of a duplicate key.
                let index = entries.iter().rposition(|(key, _)| **key == *token)?;
                Some((&entries[index].1, entries.get(index + 1).map(|(_, next)| next)))
            }
            Children::Items(items) => {
                let index = token.parse::<usize>().ok()?;
                Some((items.get(index)?, items.get(index + 1)))
            }
        }
    }
}
