//! The path to a node while a tree is traversed.

use std::fmt;

use super::pointer::Pointer;

/// The path to a node, kept on the stack. It is converted to a [`Pointer`] only for findings.
#[derive(Clone, Copy)]
pub(crate) enum NodePath<'a> {
    Root,
    Key(&'a NodePath<'a>, &'a str),
    Index(&'a NodePath<'a>, usize),
}

impl NodePath<'_> {
    pub(crate) fn to_pointer(self) -> Pointer {
        match self {
            NodePath::Root => Pointer::root(),
            NodePath::Key(parent, key) => parent.to_pointer().child(key),
            NodePath::Index(parent, index) => parent.to_pointer().index(index),
        }
    }

    pub(crate) fn child(self, key: &str) -> Pointer {
        self.to_pointer().child(key)
    }
}

/// The last token, for diagnostics.
impl fmt::Display for NodePath<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NodePath::Root => f.write_str("the document"),
            NodePath::Key(_, key) => write!(f, "`{key}`"),
            NodePath::Index(_, index) => write!(f, "item {index}"),
        }
    }
}
