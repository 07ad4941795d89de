//! The tree of a description, made of several files, in which every node can be traced to its source location.

pub(crate) mod document;
pub(crate) mod file;
pub(crate) mod origins;
pub(crate) mod source_lines;
pub(crate) mod source_text;
