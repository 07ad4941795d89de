//! Reads the description and its overlays into one tree: parses the sources, applies overlays, bundles references and
//! filters by tag.

pub(crate) mod bundle;
pub(crate) mod filter;
pub(crate) mod overlay;
pub(crate) mod slice;
pub(crate) mod tree;
pub(crate) mod yaml;
