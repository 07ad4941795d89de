//! Reads JSON text. No code here depends on models.
//!
//! - `swar` and `skip` skip tokens and values: the innermost loops of the decoder.
//! - `reader` reads token by token. `raw` is a value that is kept as text, `raw_properties` are properties of an object
//!   that are kept as text. `property_lookup` skips an object and returns one of its properties.
//! - `exact` compares numbers with the types of Rust.
//! - `pointer` has JSON pointers, `locate` finds those of byte offsets, `syntax` has the messages for invalid JSON.
//! - `bytes` makes text of bytes that are not entirely UTF-8.

pub(crate) mod bytes;
pub(crate) mod exact;
pub(crate) mod locate;
pub(crate) mod pointer;
#[cfg(feature = "export")]
mod property_lookup;
pub(crate) mod raw;
pub(crate) mod raw_properties;
pub(crate) mod reader;
mod skip;
pub(crate) mod swar;
pub(crate) mod syntax;
#[cfg(test)]
pub(crate) mod work;
