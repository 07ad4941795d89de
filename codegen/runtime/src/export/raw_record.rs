//! Records of an export as text.

use std::fmt;

use bytes::Bytes;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use super::scan;
use crate::decode::error::DecodeError;
use crate::decode::text::decode;
use crate::model::node::Decode;
use crate::nodes::lenient::{Lenient, decode_lenient};

/// A record that can't be decoded, as the server sent it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct UnreadableRecord {
    /// The fields that identify the record, or its field `id`; `None` if it has none of these.
    pub key: Option<String>,
    /// The text of the record.
    pub record: RawRecord,
    /// The reason, with the locations within the page.
    pub error: DecodeError,
}

/// The text of a record, exactly as the server sent it.
///
/// (Bytes that are not UTF-8 are replaced by escaped surrogates, see [`Lenient`].)
///
/// It is a slice of its page and keeps the entire page in memory. To keep single records for long, copy their text.
/// With `serde_json`, it serializes as the JSON that it contains; other serializers aren't supported.
#[derive(Clone, PartialEq, Eq)]
pub struct RawRecord(pub(super) Bytes);

impl RawRecord {
    /// Returns the records of a page, as a raw export does. For benchmarks.
    ///
    /// # Errors
    ///
    /// Returns an error if the body is not JSON, or has no array with that name.
    #[doc(hidden)]
    pub fn list(body: &Bytes, items: &'static str) -> Result<Vec<Self>, DecodeError> {
        let page = scan::scan_page(body, items, None, false)?;
        Ok((0..page.count()).map(|number| Self(page.record(number))).collect())
    }

    /// Returns the JSON text as a string.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // It is always UTF-8, because it is a complete value in a JSON text.
        str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Returns the JSON text as bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Decodes the record into a model: `record.decode::<Item>()`.
    ///
    /// # Errors
    ///
    /// Returns an error if the record doesn't match its declared type.
    pub fn decode<T: Decode>(&self) -> Result<T, DecodeError> {
        decode(&self.0)
    }

    /// Decodes the record into a model, and leaves out what doesn't match its declared type. See [`Lenient`].
    ///
    /// # Errors
    ///
    /// Returns an error if a required part of the record doesn't match its declared type.
    pub fn decode_lenient<T: Decode>(&self) -> Result<Lenient<T>, DecodeError> {
        decode_lenient(&self.0)
    }

    /// Returns the JSON text of a field, declared or not, without reading the others: `record.field("id")?.decode::<i64>()`.
    /// `None` if the record has no such field. If it has several values, this is the first one.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<Self> {
        let [text] = scan::fields(&self.0, &[name])[..] else { return None };
        text.map(|text| Self(self.0.slice_ref(text.as_bytes())))
    }

    /// Converts into a raw value of `serde_json`; `None` if the text isn't valid JSON.
    #[must_use]
    pub fn to_raw_value(&self) -> Option<Box<RawValue>> {
        RawValue::from_string(self.as_str().to_owned()).ok()
    }
}

impl AsRef<str> for RawRecord {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Display for RawRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Shows only the length, because records may contain personal data.
impl fmt::Debug for RawRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RawRecord({} bytes)", self.0.len())
    }
}

impl Serialize for RawRecord {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let value: &RawValue = serde_json::from_str(self.as_str()).map_err(serde::ser::Error::custom)?;
        value.serialize(serializer)
    }
}
