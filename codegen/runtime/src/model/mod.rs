//! The interface of models, which decoding, encoding and comparing use.
//!
//! - `node` has the `Node` trait, slots and views. `descriptor` is what a model declares; `slot` and `view` are
//!   helpers. `constant` has the values of enums, `custom` gives access to types of other crates.
//! - `extra` keeps undeclared fields, unexpected nulls and inexact values.
//! - `compare` has equality and `Debug` for models.
//!
//! The code of each model is small and `#[inline]`: it is compiled in the crate that uses the model, and costs nothing
//! if no crate does. All other code is compiled once, not once for each model.

pub(crate) mod compare;
pub(crate) mod constant;
pub(crate) mod custom;
pub(crate) mod descriptor;
pub(crate) mod extra;
pub(crate) mod node;
pub(crate) mod slot;
pub(crate) mod view;
