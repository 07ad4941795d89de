//! Decodes the records of a page.

use crate::decode::error::DecodeError;
use crate::error::Error;
use crate::state::order::FieldOrders;

/// Decodes the text of a record, or keeps it as text.
pub(super) type DecodeRecord<T> = fn(bytes::Bytes, &mut FieldOrders) -> Result<T, DecodeError>;

/// Decodes a record. An error has the JSON pointer within the page.
pub(super) fn decode_record<T>(
    record: bytes::Bytes,
    items: &str,
    index: usize,
    decode: DecodeRecord<T>,
    orders: &mut FieldOrders,
) -> Result<T, Error> {
    decode(record, orders).map_err(|error| error.inside(&format!("/{items}/{index}")).into())
}
