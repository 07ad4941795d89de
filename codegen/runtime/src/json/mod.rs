//! JSON as text: read, passed over and left as it is. Nothing here knows a model.
//!
//! - `block` and `skip` pass over text, the innermost loops of all reading.
//! - `reader` reads token by token, `raw` is a value that is left as text, `members` are some of an object. `pick`
//!   takes one member out of an object that is passed over.
//! - `pointer` tells where in a value something stands, `fault` what is wrong with a text.

pub(crate) mod block;
pub(crate) mod fault;
pub(crate) mod members;
#[cfg(feature = "export")]
mod pick;
pub(crate) mod pointer;
pub(crate) mod raw;
pub(crate) mod reader;
mod skip;
