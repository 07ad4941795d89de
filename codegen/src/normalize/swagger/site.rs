//! A node of the written tree, and the node that is made of it.

use crate::base::pointer::Pointer;

/// The pointer of a node as it is written, and of the node that is made of it.
#[derive(Clone, Debug)]
pub(super) struct Site {
    pub(super) from: Pointer,
    pub(super) to: Pointer,
}

impl Site {
    /// Returns the site of a node that keeps its pointer.
    pub(super) fn same(at: Pointer) -> Self {
        Self { from: at.clone(), to: at }
    }

    /// Returns the site of a child whose key stays.
    pub(super) fn child(&self, key: &str) -> Self {
        Self { from: self.from.child(key), to: self.to.child(key) }
    }
}
