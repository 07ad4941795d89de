//! Models written by hand for the tests, in the shape of the emitted ones.

#![allow(unreachable_pub, reason = "written like the emitted models, which are public")]

use std::collections::BTreeMap;

use serde_json::{Map, Number, Value};

use super::{Extra, Maybe, Timestamp, UnixMicros, UnixSeconds, UnknownValue};

/// A state.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Status {
    /// `new`
    New,
    /// `open`
    Open,
    /// A value that this version doesn't know.
    Unknown(UnknownValue),
}
open_enum! { Status, "new" => New, "open" => Open, }

/// A part of [`Everything`].
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Part {
    pub id: i64,
    pub r#type: Option<String>,
    pub extra: Extra,
}
model! { Part: open, required("id"), "id" => id, "type" => r#type, }

/// A message in a history.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Message {
    pub text: Option<String>,
    pub sender: i64,
    pub extra: Extra,
}
model! { Message: open, required("sender"), "text" => text, "sender" => sender: lenient, }

/// A value that the caller chooses, with no room for more.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wish {
    pub any: Option<Value>,
    pub name: Option<String>,
}
model! { Wish: closed, required(), "any" => any, "name" => name, }

/// One of several entries.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Entry {
    Message(Message),
    Part(Box<Part>),
    Unknown(Value),
}
tagged_union! { Entry by "type", "chat.msg" => Message(Message), "chat.part" => Part(Box<Part>), }

/// One of several types.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Mixed {
    String(String),
    Bool(bool),
    Integer(i64),
    Number(f64),
    Array(Vec<String>),
    Part(Part),
    Unknown(Value),
}
union! { Mixed, String(String), Bool(bool), Integer(i64), Number(f64), Array(Vec<String>), Part(Part), }

/// A model with every kind of field.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Everything {
    pub id: i64,
    pub flag: bool,
    pub small: i64,
    pub ratio: f64,
    pub name: String,
    pub at: Timestamp,
    pub status: Status,
    pub part: Part,
    pub list: Vec<i64>,
    pub exact: Option<Number>,
    pub any: Value,
    pub free: Option<Map<String, Value>>,
    pub seconds: Option<UnixSeconds>,
    pub micros: Option<UnixMicros>,
    pub ids: Option<Vec<i64>>,
    pub by_name: Option<BTreeMap<String, f64>>,
    pub parts: Option<Vec<Part>>,
    pub entries: Option<Vec<Entry>>,
    pub mixed: Option<Mixed>,
    pub boxed: Option<Box<Everything>>,
    pub maybe: Maybe<String>,
    pub extra: Extra,
}
model! {
    Everything: open, required("id", "name"),
    "id" => id,
    "flag" => flag,
    "small" => small,
    "ratio" => ratio,
    "name" => name,
    "at" => at,
    "status" => status,
    "part" => part,
    "list" => list,
    "exact" => exact,
    "any" => any,
    "free" => free,
    "seconds" => seconds,
    "micros" => micros,
    "ids" => ids: lenient,
    "by_name" => by_name,
    "parts" => parts,
    "entries" => entries,
    "mixed" => mixed,
    "boxed" => boxed,
    "maybe" => maybe,
}

/// What a caller sends.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Change {
    pub name: String,
    pub note: Maybe<String>,
    pub parent: Option<i64>,
    pub labels: Option<Vec<String>>,
}
model! {
    Change: closed, required("name", "parent"),
    "name" => name, "note" => note, "parent" => parent, "labels" => labels,
}

/// Lists and maps of values that can't be null.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Lists {
    pub texts: Vec<String>,
    pub grid: Vec<Vec<i64>>,
    pub counts: BTreeMap<String, i64>,
    pub parts: Vec<Part>,
    pub extra: Extra,
}
model! { Lists: open, required("texts"), "texts" => texts, "grid" => grid, "counts" => counts, "parts" => parts, }
