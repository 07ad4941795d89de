//! Parses JSON and YAML 1.2 into a JSON tree with the position of each node.
//!
//! Scalars follow the core schema of YAML. An integer that doesn't fit into 64 bits becomes a float.

mod builder;
mod halves;
mod json;
pub(crate) mod parsed;
pub(crate) mod positions;
mod recovery;
mod scalar;
#[cfg(test)]
mod tests;
pub(crate) mod text;
