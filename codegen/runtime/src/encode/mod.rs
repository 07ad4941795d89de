//! The encoder, from models to JSON and other serde formats.
//!
//! - `visit` visits the properties of an object and the items of an array; `nulls` restores the nulls inside arrays and
//!   maps.
//! - `serialize` writes to any serde serializer, `text` writes JSON. `error` is the error.

pub(crate) mod error;
mod nulls;
pub(crate) mod serialize;
pub(crate) mod text;
pub(crate) mod visit;
