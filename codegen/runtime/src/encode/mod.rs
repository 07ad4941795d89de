//! The encoder, from models to JSON and other serde formats.
//!
//! - `visit` visits the properties of an object and the items of an array, and the parts that they can't hold: nulls, and
//!   values that were left out.
//! - `serialize` writes to any serde serializer, `text` writes JSON. `error` is the error.

pub(crate) mod error;
pub(crate) mod serialize;
pub(crate) mod text;
pub(crate) mod visit;
