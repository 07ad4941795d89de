//! Splits the body of a response into its items while it arrives: server-sent events, JSON Lines, JSON text sequences and
//! multipart bodies. No I/O happens here.
//!
//! Each format keeps only the bytes of one item, of which there is a maximum.

mod buffer;
mod events;
mod framer;
mod item;
mod multipart;
mod separated;

#[cfg(test)]
mod tests;

pub(crate) use framer::{Format, Framer};
pub(crate) use item::{EventFields, FramedItem, FramingError};
