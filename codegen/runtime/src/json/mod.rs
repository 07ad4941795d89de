//! Reading JSON text. Nothing here depends on models.
//!
//! - `swar` and `skip` skip tokens and values: the innermost loops of the decoder.
//! - `reader` reads token by token. `raw` is a value that is kept as text, `members` are members of an object that are
//!   kept as text. `member_lookup` skips an object and returns one of its members.
//! - `pointer` has JSON pointers, `syntax` the messages for invalid JSON.

#[cfg(feature = "export")]
mod member_lookup;
pub(crate) mod members;
pub(crate) mod pointer;
pub(crate) mod raw;
pub(crate) mod reader;
mod skip;
pub(crate) mod swar;
pub(crate) mod syntax;
