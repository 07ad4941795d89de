//! Where the nodes of a text stand.

use crate::base::pointer::Pointer;

/// Line and column, from 1.
pub(crate) type Position = (usize, usize);

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

    /// Where a node begins, and where the next one does that is no part of it; none where the text ends with it.
    /// As with [`Places::nearest`], it is the nearest ancestor that the text holds.
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

    /// A child, and the one that follows it in the text.
    fn child_and_next(&self, token: &str) -> Option<(&Self, Option<&Self>)> {
        match &self.inside {
            Inside::Nothing => None,
            Inside::Entries(entries) => {
                // As in the tree, the last of two entries counts.
                let index = entries.iter().rposition(|(key, _)| **key == *token)?;
                Some((&entries[index].1, entries.get(index + 1).map(|(_, next)| next)))
            }
            Inside::Items(items) => {
                let index = token.parse::<usize>().ok()?;
                Some((items.get(index)?, items.get(index + 1)))
            }
        }
    }
}
