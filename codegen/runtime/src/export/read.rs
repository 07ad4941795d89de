//! Reading the records of a page.

use crate::decode::error::DecodeError;
use crate::error::Error;
use crate::state::order::Orders;

/// How the text of a record becomes what is handed out.
pub(super) type Read<T> = fn(bytes::Bytes, &mut Orders) -> Result<T, DecodeError>;

/// Reads a record; an error names its place on the page.
pub(super) fn read_record<T>(
    record: bytes::Bytes,
    items: &str,
    index: usize,
    read: Read<T>,
    orders: &mut Orders,
) -> Result<T, Error> {
    read(record, orders).map_err(|error| error.inside(&format!("/{items}/{index}")).into())
}
