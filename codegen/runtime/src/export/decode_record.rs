//! Decodes the records of a page.

use bytes::Bytes;

use super::engine::Engine;
use super::raw_record::{RawRecord, UnreadableRecord};
use crate::decode::error::DecodeError;
use crate::decode::text::TextDecoder;

/// Decodes the text of a record, or keeps it as text.
pub(super) type DecodeRecord<T> = fn(Bytes, &mut TextDecoder) -> Result<T, DecodeError>;

/// Decodes a record, and reports what was left out of it. An error has the JSON pointers within the page.
pub(super) fn decode_record<T>(
    record: &Bytes,
    index: usize,
    decode: DecodeRecord<T>,
    decoder: &mut TextDecoder,
    engine: &mut Engine,
) -> Result<T, DecodeError> {
    let decoded = decode(record.clone(), decoder);
    if decoded.is_ok() && decoder.left_out.mismatches.total() == 0 {
        return decoded;
    }
    let path = format!("/{}/{index}", engine.items());
    let decoded = decoded.map_err(|error| error.inside(&path));
    if decoded.is_ok() {
        let mismatches = std::mem::take(&mut decoder.left_out.mismatches).inside(&path);
        engine.note_mismatches(Some(record), &mismatches);
    }
    decoded
}

/// Reports a record that can't be decoded, in lenient mode. In strict mode, it is an error.
pub(super) fn note_unreadable(
    record: Bytes,
    error: DecodeError,
    engine: &mut Engine,
) -> Result<UnreadableRecord, DecodeError> {
    if !engine.is_lenient() {
        return Err(error);
    }
    let unreadable = UnreadableRecord { key: engine.record_key(&record), record: RawRecord(record), error };
    engine.note_unreadable(&unreadable);
    Ok(unreadable)
}
