//! Between JSON and the models: one driver that reads and writes them all.
//!
//! A model hands out its fields by position ([`Node`]), each of which has a [`Slot`] to be filled and a [`View`] to
//! be written. The driver does the rest, so it is compiled once, and not once for each model:
//!
//! - `extra` keeps values left as text.
//! - `decode` and `object` fill slots from a reader, `choice` those of unions; `context` is what they carry along.
//! - `transcode` writes what another format of serde holds as JSON, to be read the same way.
//! - `encode` writes views to any serializer of serde; `compare` compares and shows models.
//!
//! What a model needs of its own is small and `#[inline]`: it is compiled in the crate that uses the model, and costs
//! nothing where none does.
//!
//! What the driver promises:
//!
//! - Unknown fields, and nulls where no null was declared, are kept in [`Extra`] and written again.
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

#[macro_use]
mod node;
#[macro_use]
mod open_enum;
#[macro_use]
mod union;

mod choice;
mod compare;
mod context;
mod decode;
mod encode;
mod error;
mod extra;
mod field_set;
mod holes;
mod maybe;
mod number;
mod object;
mod order;
mod slot;
mod std_types;
mod timestamp;
mod transcode;
mod unix_time;
mod view;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod round_trip;
#[cfg(test)]
pub(crate) mod samples;

pub use choice::Choice;
pub use compare::{equal, show};
pub use context::{Context, Failed};
pub use decode::fill;
pub use encode::serialize;
pub(crate) use encode::{items, members, to_vec};
pub use error::{DecodeError, EncodeError};
pub use extra::Extra;
pub use maybe::Maybe;
pub use node::Node;
pub use node::{Shape, slot_of, view_of};
pub use number::Number;
pub use open_enum::UnknownValue;
pub(crate) use order::Orders;
pub use slot::{ParseSlot, Slot, UnionSlot};
pub use timestamp::{ParseTimestampError, Timestamp};
pub use transcode::deserialize;
pub use unix_time::{UnixMicros, UnixSeconds};
pub use view::View;

pub use crate::json::raw::Raw;

/// Reads a value from JSON.
///
/// The models implement serde's `Deserialize` as well; this function takes half the time, and is the way to the richer
/// [`DecodeError`].
///
/// # Errors
///
/// If the text is not JSON, or does not have the declared shape.
pub fn decode<T: Node + Default>(json: &[u8]) -> Result<T, DecodeError> {
    decode_next(json, &mut Orders::learning())
}

/// The same for one of several values of a type; in which order its fields come is learnt from those before.
pub(crate) fn decode_next<T: Node + Default>(json: &[u8], orders: &mut Orders) -> Result<T, DecodeError> {
    let mut value = T::default();
    decode::from_slice(node::slot_of(&mut value), json, orders)?;
    Ok(value)
}

/// Writes a value as JSON.
///
/// # Errors
///
/// If a number is NaN or infinite: JSON has no form for it.
pub fn encode(value: &dyn Node) -> Result<Vec<u8>, EncodeError> {
    encode::to_vec(value.whole_view())
}
