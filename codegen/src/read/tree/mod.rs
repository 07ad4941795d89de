//! Holds one tree made of several files, in which each node still knows where it stands.

pub(crate) mod cut;
pub(crate) mod document;
pub(crate) mod file;
pub(crate) mod lines;
pub(crate) mod origins;
