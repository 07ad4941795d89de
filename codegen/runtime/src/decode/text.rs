//! Reading a whole text.

use super::error::DecodeError;
use super::fill::drive;
use crate::json::reader::Reader;
use crate::model::node::{Node, Slot, slot_of};
use crate::state::context::Context;
use crate::state::order::Orders;

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
    from_slice(slot_of(&mut value), json, orders)?;
    Ok(value)
}

/// Fills a slot from JSON text; in which order fields come is known from texts before it.
pub(super) fn from_slice(slot: Slot<'_>, json: &[u8], orders: &mut Orders) -> Result<(), DecodeError> {
    if matches!(slot, Slot::Unit) && json.iter().all(u8::is_ascii_whitespace) {
        return Ok(());
    }
    // Looking at all of the text once is much faster than looking at each string in it.
    let text = str::from_utf8(json).map_err(|error| DecodeError::not_text(json, &error))?;
    let mut context = Context::new(std::mem::take(orders));
    let mut reader = Reader::new(text);
    let result = drive(slot, &mut reader, &mut context).and_then(|()| {
        reader.end()?;
        Ok(())
    });
    *orders = std::mem::take(&mut context.orders);
    result.map_err(|_| DecodeError::new(context, json))
}
