//! Rewrites all references to the form `#/components/<section>/<key>`.
//!
//! A reference may point to any node of the description or of another file. Its target becomes a component, so that it
//! is emitted as one type, and the node itself becomes a reference to that component. References to path items are
//! replaced by their targets.

pub(crate) mod bundler;
mod component_keys;
mod expression;
mod files;
mod paths;
mod resources;
mod rewrite;
mod state;
mod suggested_key;
mod version;
