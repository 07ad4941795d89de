//! Decodes a value from JSON text.

use super::error::DecodeError;
use super::fill::fill_slot;
use crate::json::reader::Reader;
use crate::model::node::{Decode, Slot, slot_of};
use crate::state::decode_context::DecodeContext;
use crate::state::order::FieldOrders;

/// Decodes a value from JSON.
///
/// Models also implement `serde::Deserialize`. This function is about twice as fast, and its errors are more detailed.
///
/// # Errors
///
/// Returns an error if the JSON is invalid, or doesn't match the declared type.
pub fn decode<T: Decode>(json: &[u8]) -> Result<T, DecodeError> {
    decode_next(json, &mut FieldOrders::learning())
}

/// Decodes one of several values of a type. The order of its fields is remembered from value to value.
pub(crate) fn decode_next<T: Decode>(json: &[u8], orders: &mut FieldOrders) -> Result<T, DecodeError> {
    let mut value = T::blank();
    from_slice(slot_of(&mut value), json, orders)?;
    Ok(value)
}

/// Fills a slot from JSON text. The order of fields is remembered from text to text.
pub(super) fn from_slice(slot: Slot<'_>, json: &[u8], orders: &mut FieldOrders) -> Result<(), DecodeError> {
    if matches!(slot, Slot::Unit) && json.iter().all(u8::is_ascii_whitespace) {
        return Ok(());
    }
    // One UTF-8 check of the entire text is much faster than one for each string.
    let text = str::from_utf8(json).map_err(|error| DecodeError::not_text(json, &error))?;
    let mut context = DecodeContext::new(std::mem::take(orders));
    let mut reader = Reader::new(text);
    let result = fill_slot(slot, &mut reader, &mut context).and_then(|()| {
        reader.end()?;
        Ok(())
    });
    *orders = std::mem::take(&mut context.orders);
    result.map_err(|_| DecodeError::new(context, json))
}
