//! Applies OpenAPI Overlays 1.0 and 1.1: actions that patch the tree.
//!
//! Merging follows the standard: objects merge key by key, arrays append, anything else replaces. What
//! the standard lets pass in silence is an error here: an action whose target matches nothing, or that
//! leaves the tree as it was, is stale, and its author wants to know.

pub(crate) mod action;
mod apply;
pub(crate) mod patched;
pub(crate) mod target;
pub(crate) mod write;
