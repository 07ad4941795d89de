//! Applies OpenAPI overlays, versions 1.0 and 1.1.
//!
//! Merging follows the standard: objects are merged key by key, arrays are appended, other values are replaced. Stale
//! actions, which select nothing or change nothing, are errors. The standard ignores them.

pub(crate) mod action;
mod apply;
pub(crate) mod jsonpath;
pub(crate) mod patched;
pub(crate) mod write;
