//! What an export hands out.

use bytes::Bytes;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use std::fmt;

use super::checkpoint::Checkpoint;
use super::progress::Progress;
use super::scan::{self, Envelope};
use crate::decode::error::DecodeError;
use crate::decode::text::decode;
use crate::model::node::Node;

/// A page of an export, without the records that were handed out before.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Page<T> {
    /// The records. There may be none, also in the middle of an export.
    pub records: Vec<T>,
    /// Where to go on after this page.
    pub checkpoint: Checkpoint,
    /// How far the export has got with this page.
    pub progress: Progress,
    pub(super) items: &'static str,
    pub(super) envelope: Envelope,
}

impl<T> Page<T> {
    /// Whether there is nothing more for now.
    #[must_use]
    pub fn is_caught_up(&self) -> bool {
        self.progress.caught_up
    }

    /// The answer as it came, but with an empty list in the place of its records: the way to what was
    /// included beside them.
    #[must_use]
    pub fn envelope_json(&self) -> String {
        self.envelope.without_records(self.items)
    }

    /// The same as a model, such as `page.envelope::<ItemPage>()`.
    ///
    /// # Errors
    ///
    /// If it does not have the declared shape.
    pub fn envelope<E: Node + Default>(&self) -> Result<E, DecodeError> {
        decode(self.envelope_json().as_bytes())
    }
}

/// A record as the server sent it, to the letter.
///
/// It is a slice of its page: while it is kept, so is the whole page. Take a copy of the text to keep it long.
/// With serde it is written as the JSON that it holds, by `serde_json` only.
#[derive(Clone, PartialEq, Eq)]
pub struct RawRecord(pub(super) Bytes);

impl RawRecord {
    /// The records of a page's body, each a slice of it: what a raw export does with a page, for benchmarks.
    ///
    /// # Errors
    ///
    /// If the body is not JSON, or has no list of that name.
    #[doc(hidden)]
    pub fn list(body: &Bytes, items: &'static str) -> Result<Vec<Self>, DecodeError> {
        let page = scan::page(body, items, None)?;
        Ok((0..page.count()).map(|number| Self(page.record(number))).collect())
    }

    /// The JSON text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // It was cut out of a JSON text between whole values.
        str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The JSON text, in bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The record as a model: `record.decode::<Item>()`.
    ///
    /// # Errors
    ///
    /// If it does not have the declared shape.
    pub fn decode<T: Node + Default>(&self) -> Result<T, DecodeError> {
        decode(&self.0)
    }

    /// The record as `serde_json` keeps raw values.
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

/// The length only: records hold what is private to others.
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
