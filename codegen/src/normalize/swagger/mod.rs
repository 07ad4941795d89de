//! Spells Swagger 2.0 as OpenAPI 3.0, after references were bundled.
//!
//! The tree was checked against the grammar before, so values have the right types. Everything in the tree is either
//! spelled, kept as it is, or reported.

mod access;
mod address;
mod body;
mod collection;
mod content;
mod entries;
mod operation;
mod parameter;
mod response;
mod schema;
mod shared;
mod site;
pub(crate) mod spelled;
mod speller;
