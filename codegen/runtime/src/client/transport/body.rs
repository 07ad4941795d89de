//! Reads the body of a response into memory.

use bytes::Bytes;

use super::open_response::OpenResponse;
use crate::error::{ApiError, TransportFailure};
use crate::json::syntax::is_truncated;

/// The maximum capacity that is reserved for a body at once, in bytes. The declared length of a body may be wrong.
const MAX_CAPACITY: u64 = 8 << 20;
/// The capacity for a long body is a multiple of this, in bytes. Pages have similar lengths: the memory of one page
/// then fits the next, and the allocator doesn't return it to the system in between.
const CAPACITY_STEP: u64 = 512 << 10;

/// Reads an entire body of at most `maximum` bytes. Chunks are copied as they arrive, so that the connection can reuse
/// their memory.
pub(super) async fn read_body(
    response: &mut OpenResponse,
    maximum: usize,
) -> Result<Bytes, TransportFailure> {
    let too_large = || TransportFailure::too_large(maximum);
    let length = response.content_length().unwrap_or_default();
    if usize::try_from(length).map_or(true, |length| length > maximum) {
        return Err(too_large());
    }
    let capacity = length.min(MAX_CAPACITY);
    let capacity = if capacity > CAPACITY_STEP { capacity.next_multiple_of(CAPACITY_STEP) } else { capacity };
    let mut body = Vec::with_capacity(usize::try_from(capacity).unwrap_or_default());
    while let Some(chunk) = response.chunk().await? {
        if chunk.len() > maximum - body.len() {
            return Err(too_large());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.into())
}

/// Reads the body of an error response up to the length that is kept. Also returns why it is incomplete, if it is.
pub(super) async fn read_error_body(response: &mut OpenResponse) -> (Vec<u8>, Option<TransportFailure>) {
    let is_delimited = response.is_delimited();
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => break,
            Err(failure) => return (body, Some(failure)),
        }
        if body.len() > ApiError::MAX_BODY {
            return (body, None);
        }
    }
    let is_incomplete = !is_delimited && body.trim_ascii_start().starts_with(b"{") && is_truncated(&body);
    (body, is_incomplete.then(TransportFailure::incomplete))
}
