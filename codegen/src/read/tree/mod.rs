//! The tree of a description, which may consist of several files. Every node can be traced to its source location.

pub(crate) mod document;
mod exact_numbers;
pub(crate) mod file;
pub(crate) mod origins;
pub(crate) mod source_lines;
pub(crate) mod source_text;
