//! Reads YAML 1.2 (and so JSON) into a JSON tree, and tells where each node stands.
//!
//! One event-driven builder makes both at once. Scalars follow YAML's core schema; an integer past 64 bits
//! becomes a float instead of failing.

pub(crate) mod builder;
pub(crate) mod content;
mod mend;
pub(crate) mod places;
mod scalar;
#[cfg(test)]
mod tests;
