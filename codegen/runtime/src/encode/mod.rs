//! Writing models as JSON, or to any other format of serde.
//!
//! - `members` shows what is written of a model, `holes` with the nulls inside of it that were read.
//! - `serialize` hands that to a serializer, `text` writes it as text; `error` tells where a value has no form.

pub(crate) mod error;
mod holes;
pub(crate) mod members;
pub(crate) mod serialize;
pub(crate) mod text;
