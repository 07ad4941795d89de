//! Reads the most common fields of models: strings, integers and booleans.

#![expect(clippy::inline_always, reason = "measured: the innermost loop of the decoder")]

use crate::json::reader::{JsonKind, Reader};
use crate::model::node::Slot;

/// What a field of a common type was filled with.
pub(super) enum Common {
    Value,
    /// Null, so it is absent.
    Null,
    /// Nothing: it has another type, or the value does. The reader didn't move.
    Other,
}

/// Fills a field of a common type with a usual value of this type. Everything else, with all problems, is left to the
/// caller.
#[inline(always)]
pub(super) fn read_common(slot: Slot<'_>, reader: &mut Reader<'_>) -> Common {
    let start = *reader;
    let Ok(first) = reader.first_byte() else { return Common::Other };
    match (slot, first) {
        (Slot::OptionalString(field), b'"') => {
            if let Some(text) = reader.plain_string() {
                *field = Some(text.to_owned());
                return Common::Value;
            }
        }
        (Slot::String(field), b'"') => {
            if let Some(text) = reader.plain_string() {
                text.clone_into(field);
                return Common::Value;
            }
        }
        (Slot::OptionalI64(field), b'0'..=b'9') => {
            if let Some(integer) = reader.short_integer() {
                *field = Some(integer);
                return Common::Value;
            }
        }
        (Slot::I64(field), b'0'..=b'9') => {
            if let Some(integer) = reader.short_integer() {
                *field = integer;
                return Common::Value;
            }
        }
        (Slot::OptionalBool(field), b't' | b'f') => {
            if let Ok(value) = reader.boolean() {
                *field = Some(value);
                return Common::Value;
            }
        }
        // The field is still blank, as it was not read before.
        (Slot::OptionalString(_) | Slot::OptionalI64(_) | Slot::OptionalBool(_), b'n')
            if reader.literal(JsonKind::Null).is_ok() =>
        {
            return Common::Null;
        }
        _ => {}
    }
    *reader = start;
    Common::Other
}
