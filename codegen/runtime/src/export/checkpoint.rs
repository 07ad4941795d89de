//! Where an export can be taken up again.

use std::error::Error;
use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use super::place::Place;
use super::seen::Seen;
use crate::types::timestamp::Timestamp;

/// The version of the form that is written.
const VERSION: u64 = 1;

/// Where an export can be taken up again, by another process or another version of this crate.
///
/// It is taken after a page: everything up to and including that page was handed out. Store it together with
/// the records, then hand it to [`Export::resume`](super::Export::resume). It holds no credentials and no
/// contents of records.
///
/// With serde, or as text by `to_string` and `parse`, it is JSON:
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
///   "records": 2046
/// }
/// ```
///
/// - `next` is where the next request starts: `start_time` in Unix seconds, a `cursor`, a `target` (path and
///   query), `page[after]`, or the words `start` and `end`.
/// - `seen` are the records that will come again, by the second that the export orders them by (under `""`
///   where it is unknown): their keys, or hashes of records that have none. They are dropped when they come.
/// - `caught_up` says whether there was nothing more at that time, and `reached` how far the records go; both
///   are for people.
/// - `pages` and `records` count what was handed out since the start of the export.
///
/// It takes up to 512 bytes, and up to 64 more for each record in `seen`: some of the last page, or where records
/// may be late, those of that time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    pub(super) operation: String,
    pub(super) next: Place,
    pub(super) seen: Seen,
    pub(super) caught_up: bool,
    pub(super) reached: Option<Timestamp>,
    pub(super) pages: u64,
    pub(super) records: u64,
}

impl Checkpoint {
    /// The id of the operation that it was taken of.
    #[must_use]
    pub fn operation(&self) -> &str {
        &self.operation
    }

    /// Whether there was nothing more when it was taken.
    #[must_use]
    pub fn is_caught_up(&self) -> bool {
        self.caught_up
    }

    /// How far the records go that were handed out, by the time that the export orders them by.
    #[must_use]
    pub fn reached(&self) -> Option<Timestamp> {
        self.reached
    }

    /// How many pages were handed out since the start of the export.
    #[must_use]
    pub fn pages(&self) -> u64 {
        self.pages
    }

    /// How many records were handed out since the start of the export.
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
        Value::Object(fields)
    }

    fn from_json(value: &Value) -> Result<Self, CheckpointError> {
        let wrong = |field| CheckpointError(Problem::Field(field));
        let fields =
            value.as_object().ok_or_else(|| CheckpointError(Problem::Json("not an object".into())))?;
        match fields.get("version").and_then(Value::as_u64) {
            Some(VERSION) => {}
            Some(version) => return Err(CheckpointError(Problem::Version(version))),
            None => return Err(wrong("version")),
        }
        let optional = |name: &str| fields.get(name).filter(|value| !value.is_null());
        let operation = fields.get("operation").and_then(Value::as_str).ok_or_else(|| wrong("operation"))?;
        let next = fields.get("next").and_then(Place::from_json).ok_or_else(|| wrong("next"))?;
        let seen = optional("seen").map_or(Some(Seen::default()), Seen::from_json);
        let caught_up = optional("caught_up").map_or(Some(false), Value::as_bool);
        let reached = optional("reached").map(|text| text.as_str().and_then(|text| text.parse().ok()));
        let count = |name| optional(name).map_or(Some(0), Value::as_u64).ok_or_else(|| wrong(name));
        Ok(Self {
            operation: operation.to_owned(),
            next,
            seen: seen.ok_or_else(|| wrong("seen"))?,
            caught_up: caught_up.ok_or_else(|| wrong("caught_up"))?,
            reached: reached.map(|time| time.ok_or_else(|| wrong("reached"))).transpose()?,
            pages: count("pages")?,
            records: count("records")?,
        })
    }
}

/// As JSON in one line.
impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_json().fmt(f)
    }
}

impl FromStr for Checkpoint {
    type Err = CheckpointError;

    fn from_str(text: &str) -> Result<Self, CheckpointError> {
        let value: Value =
            serde_json::from_str(text).map_err(|error| CheckpointError(Problem::Json(error.to_string())))?;
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

/// A text is not a checkpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckpointError(Problem);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Problem {
    Json(String),
    Version(u64),
    Field(&'static str),
}

impl fmt::Display for CheckpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Problem::Json(message) => write!(f, "the checkpoint is not JSON as it was written: {message}"),
            Problem::Version(version) => write!(
                f,
                "the checkpoint has the version {version}, and this crate reads {VERSION}: update the crate"
            ),
            Problem::Field(name) => write!(
                f,
                "the checkpoint's `{name}` is missing or damaged: restore the file, or start without it"
            ),
        }
    }
}

impl Error for CheckpointError {}
