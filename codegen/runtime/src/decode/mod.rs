//! Reading models from JSON: one driver for them all, so it is compiled once, and not once for each model.
//!
//! - `text` reads a whole text, `fill` fills slots by it, with the help of `scalar` and `undeclared`; `choice` fills
//!   those of unions.
//! - `transcode` writes what another format of serde holds as JSON, to be read the same way.
//! - `error` tells what is wrong, and where.
//!
//! What is promised:
//!
//! - Unknown fields, and nulls where no null was declared, are kept in [`Extra`](crate::model::extra::Extra) and written
//!   again.
//! - Of the types of a union without a tag, the one that fits best is read: with the fewest texts that its enums
//!   do not list, then with the fewest undeclared values, then with the most listed texts; the first one where
//!   that is equal. What fits none is kept as it is.
//! - An integer is never wrapped, rounded or cut: what does not fit is an error.
//! - A key that stands twice in one model or map is an error, because one of the two values would be lost.
//!   (Inside free-form values `serde_json` decides: the last one wins.)
//! - Numbers inside free-form values are as exact as `serde_json` reads them: to 64 bits, or to the last digit with
//!   its feature `arbitrary_precision`.
//! - An error names the place as a JSON pointer and the kind of value that stood there, never the value
//!   itself.
//! - Nesting is limited, so that no document overflows the stack. (Inside free-form values `serde_json` draws the line,
//!   at the same depth.)

pub(crate) mod choice;
pub(crate) mod error;
pub(crate) mod fill;
mod scalar;
pub(crate) mod text;
pub(crate) mod transcode;
mod undeclared;
