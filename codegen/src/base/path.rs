//! The way down to a node, kept on the stack: only a finding pays for a pointer.

use std::fmt;

use super::pointer::Pointer;

#[derive(Clone, Copy)]
pub(crate) enum Path<'a> {
    Root,
    Key(&'a Path<'a>, &'a str),
    Index(&'a Path<'a>, usize),
}

impl Path<'_> {
    pub(crate) fn to_pointer(self) -> Pointer {
        match self {
            Path::Root => Pointer::root(),
            Path::Key(parent, key) => parent.to_pointer().child(key),
            Path::Index(parent, index) => parent.to_pointer().index(index),
        }
    }

    pub(crate) fn child(self, key: &str) -> Pointer {
        self.to_pointer().child(key)
    }
}

/// The last step, as a message names it.
impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Path::Root => f.write_str("the document"),
            Path::Key(_, key) => write!(f, "`{key}`"),
            Path::Index(_, index) => write!(f, "element {index}"),
        }
    }
}
