//! Spells OpenAPI 3.1 and 3.2 as 3.0, checks the raw tree on the way, and reads it into the typed document.
//!
//! The typed reader at the end ignores keys that it doesn't know and stops at the first value of
//! a wrong kind. So both are looked for here, in the raw tree, where every finding still has its pointer.

mod annotation;
mod checks;
mod coerce;
mod encoding;
pub(crate) mod later;
pub(crate) mod normalized;
mod normalizer;
mod parameter;
mod schema;
pub(crate) mod typed;
mod values;
