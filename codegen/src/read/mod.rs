//! Reads texts into one tree: overlays applied, references in one form, and of it what was asked for.

pub(crate) mod bundle;
pub(crate) mod overlay;
pub(crate) mod select;
pub(crate) mod slice;
pub(crate) mod tree;
pub(crate) mod yaml;
