//! The decoder, from JSON to models. It is compiled once, not once for each model.
//!
//! - `text` decodes a text. `fill` fills the slots, with `common`, `scalar`, `custom` and `undeclared`; `union_decoder` fills those
//!   of unions, `nested_union` those of unions inside them. `filled` says what a slot was filled with, `fields` which
//!   properties of a model were read.
//! - `original` keeps the JSON of values that their types can't represent, `discriminator` how a variant was chosen.
//! - `leave_out` leaves values out that can't be read, in lenient mode; `mismatch` has their problems.
//! - `transcode` transcodes other serde formats to JSON, which is then decoded.
//! - `error` is the error.
//!
//! The decoder guarantees:
//!
//! - Undeclared fields, and nulls that are not declared, are kept in [`Extra`](crate::model::extra::Extra) and encoded
//!   again.
//! - In a union without a discriminator, the best variant is chosen: the one with the fewest values that its enums
//!   don't list, then with the fewest undeclared values, then with the most values that its enums list. Of equal ones,
//!   the first. A value that no variant accepts is kept unchanged.
//! - A discriminator selects the variant that has its value, or the default one. Without it, the variant is chosen as in
//!   a union without a discriminator. If no variant has its value, a variant is chosen only if the value matches it
//!   exactly, and no other one as well: it may be of a type that the description doesn't know yet.
//! - A number or date that its type can't represent exactly becomes the nearest value, and its JSON is kept in the
//!   `Extra` of the enclosing model, which encodes it again. Without such a model, an integer out of range is an error,
//!   and a fraction is rounded. A number of a declared type is encoded as an equal number: `1.50` as `1.5`.
//! - In lenient mode, a value that doesn't match is left out of the value around it, which keeps its text. See
//!   [`Lenient`](crate::Lenient).
//! - A duplicate key in a model or map is an error, because one of the two values would be dropped. (In free-form
//!   values `serde_json` uses the last one.)
//! - A model encodes numbers in free-form values and undeclared fields as they came, digit by digit. Their `Value` has
//!   the precision of `serde_json`: 64 bits, or all digits with its feature `arbitrary_precision`. Without a model, so
//!   does what is encoded.
//! - The discriminator that selects a variant may be undeclared in it, also if the variant is a closed model.
//! - An error has the JSON pointer and the kind of the value, never the value itself.
//! - Nesting is limited, so that no document overflows the stack. (In free-form values `serde_json` has the same
//!   limit.)

mod common;
mod custom;
mod discriminator;
pub(crate) mod error;
mod fields;
pub(crate) mod fill;
mod filled;
mod leave_out;
pub(crate) mod mismatch;
mod nested_union;
mod original;
mod scalar;
pub(crate) mod text;
pub(crate) mod transcode;
mod undeclared;
pub(crate) mod union_decoder;
