//! The encoder, from models to JSON and other serde formats.
//!
//! - `members` lists what is written of a model; `nulls` restores the nulls inside arrays and maps.
//! - `serialize` writes to any serde serializer, `text` writes JSON. `error` is the error.

pub(crate) mod error;
pub(crate) mod members;
mod nulls;
pub(crate) mod serialize;
pub(crate) mod text;
