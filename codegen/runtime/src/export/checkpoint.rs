//! Checkpoints, from which an export can be resumed.

use std::error::Error;
use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use super::dedup::SeenKeys;
use super::position::Position;
use crate::types::timestamp::Timestamp;

/// The version of the format.
const VERSION: u64 = 1;

/// A position from which an export can be resumed, also by another process or another version of this crate.
///
/// It marks the end of a page. Store it together with the records of the page, and pass it to
/// [`Export::resume`](super::Export::resume). It contains no credentials, and only the keys of records.
///
/// Its format is JSON, both with serde and with `to_string` and `parse`:
///
/// ```json
/// {
///   "version": 1,
///   "operation": "ExportItems",
///   "next": {"start_time": 1390362485},
///   "seen": {"1390362485": ["35436@1390362485"]},
///   "caught_up": true,
///   "reached": "2014-01-22T03:48:05Z",
///   "pages": 3,
///   "records": 2046,
///   "page_size": 250,
///   "last_pages": ["00c0ffee00c0ffee"]
/// }
/// ```
///
/// - `next` is the position of the next request: `start_time` in Unix seconds, a `cursor`, a `target` (path and query),
///   `page[after]`, or the string `start` or `end`.
/// - `seen` contains the keys of records that the server may repeat, grouped by second (`""` if it is unknown). For a
///   record without a key, it contains a hash. The export drops repeated records.
/// - `caught_up` states whether there were no more records, and `reached` is the time that the export has
///   reached. Both are informational.
/// - `pages` and `records` are the numbers of pages and records since the start of the export.
/// - `page_size` is the number of records that the server managed per page, if that is less than requested.
/// - `last_pages` contains hashes of the last pages, at most four. If the server sends one of them again, its records are
///   dropped.
///
/// The size is up to 512 bytes, plus up to 64 bytes for each record in `seen`: some records of the last page, or those
/// within the allowed lateness.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    pub(super) operation: String,
    pub(super) next: Position,
    pub(super) seen: SeenKeys,
    pub(super) caught_up: bool,
    pub(super) reached: Option<Timestamp>,
    pub(super) pages: u64,
    pub(super) records: u64,
    pub(super) page_size: Option<u32>,
    /// The fingerprints of the last pages.
    pub(super) last_pages: Vec<u64>,
}

impl Checkpoint {
    /// Returns the ID of the operation.
    #[must_use]
    pub fn operation(&self) -> &str {
        &self.operation
    }

    /// Returns whether there were no more records after the page.
    #[must_use]
    pub fn is_caught_up(&self) -> bool {
        self.caught_up
    }

    /// Returns the time that the export has reached, usually the time of the last record; `None` if it is unknown.
    #[must_use]
    pub fn reached(&self) -> Option<Timestamp> {
        self.reached
    }

    /// Returns the number of pages since the start of the export.
    #[must_use]
    pub fn pages(&self) -> u64 {
        self.pages
    }

    /// Returns the number of records since the start of the export.
    #[must_use]
    pub fn records(&self) -> u64 {
        self.records
    }

    fn to_json(&self) -> Value {
        let mut fields = Map::new();
        let mut put = |key: &str, value: Value| fields.insert(key.to_owned(), value);
        put("version", VERSION.into());
        put("operation", self.operation.as_str().into());
        put("next", self.next.to_json());
        if !self.seen.is_empty() {
            put("seen", self.seen.to_json());
        }
        put("caught_up", self.caught_up.into());
        if let Some(reached) = self.reached {
            put("reached", reached.to_string().into());
        }
        put("pages", self.pages.into());
        put("records", self.records.into());
        if let Some(size) = self.page_size {
            put("page_size", size.into());
        }
        if !self.last_pages.is_empty() {
            put("last_pages", self.last_pages.iter().map(|page| format!("{page:016x}")).collect());
        }
        Value::Object(fields)
    }

    fn from_json(value: &Value) -> Result<Self, CheckpointError> {
        let invalid = |field| CheckpointError(CheckpointProblem::Field(field));
        let fields = value
            .as_object()
            .ok_or_else(|| CheckpointError(CheckpointProblem::Json("not an object".into())))?;
        match fields.get("version").and_then(Value::as_u64) {
            Some(VERSION) => {}
            Some(version) => return Err(CheckpointError(CheckpointProblem::Version(version))),
            None => return Err(invalid("version")),
        }
        let optional = |name: &str| fields.get(name).filter(|value| !value.is_null());
        let operation =
            fields.get("operation").and_then(Value::as_str).ok_or_else(|| invalid("operation"))?;
        let next = fields.get("next").and_then(Position::from_json).ok_or_else(|| invalid("next"))?;
        let seen = optional("seen").map_or(Some(SeenKeys::default()), SeenKeys::from_json);
        let caught_up = optional("caught_up").map_or(Some(false), Value::as_bool);
        let reached = optional("reached").map(|text| text.as_str().and_then(|text| text.parse().ok()));
        let count = |name| optional(name).map_or(Some(0), Value::as_u64).ok_or_else(|| invalid(name));
        Ok(Self {
            operation: operation.to_owned(),
            next,
            seen: seen.ok_or_else(|| invalid("seen"))?,
            caught_up: caught_up.ok_or_else(|| invalid("caught_up"))?,
            reached: reached.map(|time| time.ok_or_else(|| invalid("reached"))).transpose()?,
            pages: count("pages")?,
            records: count("records")?,
            // Only a hint: a size that is out of range is ignored.
            page_size: optional("page_size").and_then(Value::as_u64).and_then(|size| size.try_into().ok()),
            last_pages: optional("last_pages")
                .map_or(Some(Vec::new()), last_pages)
                .ok_or_else(|| invalid("last_pages"))?,
        })
    }
}

/// Reads the fingerprints of pages.
fn last_pages(value: &Value) -> Option<Vec<u64>> {
    let page = |page: &Value| u64::from_str_radix(page.as_str()?, 16).ok();
    value.as_array()?.iter().map(page).collect()
}

/// Writes the checkpoint as one line of JSON.
impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_json().fmt(f)
    }
}

impl FromStr for Checkpoint {
    type Err = CheckpointError;

    fn from_str(text: &str) -> Result<Self, CheckpointError> {
        let value: Value = serde_json::from_str(text)
            .map_err(|error| CheckpointError(CheckpointProblem::Json(error.to_string())))?;
        Self::from_json(&value)
    }
}

impl Serialize for Checkpoint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_json().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Checkpoint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_json(&Value::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// An error for a string that is not a valid checkpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckpointError(CheckpointProblem);

#[derive(Clone, Debug, PartialEq, Eq)]
enum CheckpointProblem {
    Json(String),
    Version(u64),
    Field(&'static str),
}

impl fmt::Display for CheckpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            CheckpointProblem::Json(message) => {
                write!(f, "the checkpoint is invalid: {message}")
            }
            CheckpointProblem::Version(version) => write!(
                f,
                "the checkpoint has version {version}, but this crate supports version {VERSION}: update the crate"
            ),
            CheckpointProblem::Field(name) => write!(
                f,
                "the field `{name}` of the checkpoint is missing or invalid: restore the checkpoint, \
                 or start without it"
            ),
        }
    }
}

impl Error for CheckpointError {}
