//! What models are to those who read, write and compare them.
//!
//! - `node` has what models are made of, `shape` what is declared of one, `slot` and `view` what is asked of its parts.
//! - `extra` keeps what came beyond the declared fields, `field_set` is a set of fields.
//! - `compare` compares and shows models.
//!
//! What a model needs of its own is small and `#[inline]`: it is compiled in the crate that uses the model, and costs
//! nothing where none does. All the rest is compiled once, and not once for each model.

pub(crate) mod compare;
pub(crate) mod extra;
pub(crate) mod field_set;
pub(crate) mod node;
pub(crate) mod shape;
pub(crate) mod slot;
pub(crate) mod view;
