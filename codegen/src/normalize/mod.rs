//! Rewrites Swagger 2.0 and OpenAPI 3.1 and 3.2 as 3.0, checks the tree, and deserializes it into the types of `openapiv3`.
//!
//! Deserializing ignores unknown keys, and stops at the first value of the wrong type. So keys and types are checked
//! before, in the tree, where every finding has a JSON pointer.

mod annotation;
mod checks;
mod coerce;
mod const_branches;
mod constraints;
pub(crate) mod deserialize;
mod encoding;
mod enum_values;
pub(crate) mod events;
mod link;
pub(crate) mod normalized;
pub(crate) mod normalized_extensions;
mod normalizer;
mod null_components;
mod parameter;
mod schema;
pub(crate) mod swagger;
