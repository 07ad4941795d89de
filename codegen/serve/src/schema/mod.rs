//! Schemas of the description as JSON Schema: each is complete in itself, for one direction.

pub(crate) mod closed;
mod cycles;
mod dialect;
pub(crate) mod direction_rules;
mod discriminator;
pub(crate) mod kinds;
pub(crate) mod lookup;
pub(crate) mod tree;
pub(crate) mod validated;
