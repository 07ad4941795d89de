//! Models for the tests, written by hand like emitted ones.

#![allow(unreachable_pub, reason = "written like the emitted models, which are public")]

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::model::extra::Extra;
use crate::types::maybe::Maybe;
use crate::types::number::Number;
use crate::types::timestamp::Timestamp;
use crate::types::unix_time::{UnixMicros, UnixSeconds};
use crate::types::unknown_value::UnknownValue;
use crate::{model, open_enum, tagged_union, union, value_enum};

/// A state.
#[derive(Clone)]
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
#[derive(Clone)]
#[non_exhaustive]
pub struct Part {
    pub id: i64,
    pub r#type: Option<String>,
    pub extra: Extra,
}
model! {
    Part: open default,
    0 "id" => id: REQUIRED,
    1 "type" => r#type,
}

/// A message in a history.
#[derive(Clone)]
#[non_exhaustive]
pub struct Message {
    pub text: Option<String>,
    pub sender: i64,
    pub extra: Extra,
}
model! {
    Message: open default,
    0 "text" => text,
    1 "sender" => sender: REQUIRED LENIENT,
}

/// A closed model with a free-form value.
#[derive(Clone)]
pub struct Wish {
    pub any: Option<Value>,
    pub name: Option<String>,
}
model! {
    Wish: closed default,
    0 "any" => any,
    1 "name" => name,
}

/// One of several entries.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Entry {
    Message(Message),
    Part(Box<Part>),
    Unknown(Value),
}
tagged_union! { Entry by "type", "a.message" => Message(Message), "a.part" => Part(Box<Part>), }

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
#[derive(Clone)]
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
    Everything: open,
    0 "id" => id: REQUIRED,
    1 "flag" => flag,
    2 "small" => small,
    3 "ratio" => ratio,
    4 "name" => name: REQUIRED,
    5 "at" => at,
    6 "status" => status,
    7 "part" => part,
    8 "list" => list,
    9 "exact" => exact,
    10 "any" => any,
    11 "free" => free,
    12 "seconds" => seconds,
    13 "micros" => micros,
    14 "ids" => ids: LENIENT,
    15 "by_name" => by_name,
    16 "parts" => parts,
    17 "entries" => entries,
    18 "mixed" => mixed,
    19 "boxed" => boxed,
    20 "maybe" => maybe,
}

/// Data that a caller sends.
#[derive(Clone)]
pub struct Change {
    pub name: String,
    pub note: Maybe<String>,
    pub parent: Option<i64>,
    pub labels: Option<Vec<String>>,
}
model! {
    Change: closed default,
    0 "name" => name: REQUIRED,
    1 "note" => note,
    2 "parent" => parent: REQUIRED,
    3 "labels" => labels,
}

/// A model with arrays and maps of values that aren't nullable.
#[derive(Clone)]
#[non_exhaustive]
pub struct Lists {
    pub texts: Vec<String>,
    pub grid: Vec<Vec<i64>>,
    pub counts: BTreeMap<String, i64>,
    pub parts: Vec<Part>,
    pub extra: Extra,
}
model! {
    Lists: open default,
    0 "texts" => texts: REQUIRED,
    1 "grid" => grid,
    2 "counts" => counts,
    3 "parts" => parts,
}

/// An enum of integers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Level {
    Low,
    High,
    Below,
    Unknown(UnknownValue<i64>),
}
value_enum! { Level: i64, 1 => Low, 2 => High, -1 => Below, }

/// An enum of numbers.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Ratio {
    Half,
    Huge,
    Unknown(UnknownValue<Number>),
}
value_enum! { Ratio: Number, "0.5" => Half, "18446744073709551616" => Huge, }

/// A constant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Failed {
    False,
    Unknown(UnknownValue<bool>),
}
value_enum! { Failed: bool, false => False, }

/// A constant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Succeeded {
    True,
    Unknown(UnknownValue<bool>),
}
value_enum! { Succeeded: bool, true => True, }

/// An enum of values of several types.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Setting {
    N1,
    Auto,
    Object,
    Unknown(UnknownValue<Value>),
}
value_enum! { Setting: Value, "1" => N1, "\"auto\"" => Auto, "{\"a\":1}" => Object, }

/// A model with enums.
#[derive(Clone)]
#[non_exhaustive]
pub struct Choices {
    pub level: Option<Level>,
    pub ratio: Option<Ratio>,
    pub ok: Succeeded,
    pub setting: Option<Setting>,
    pub levels: Option<Vec<Level>>,
    pub extra: Extra,
}
model! {
    Choices: open default,
    0 "level" => level,
    1 "ratio" => ratio,
    2 "ok" => ok: REQUIRED,
    3 "setting" => setting,
    4 "levels" => levels,
}

/// A response that failed.
#[derive(Clone)]
#[non_exhaustive]
pub struct Failure {
    pub ok: Failed,
    pub extra: Extra,
}
model! {
    Failure: open default,
    0 "ok" => ok: REQUIRED,
}

/// One of two responses, which a boolean distinguishes.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Outcome {
    Choices(Choices),
    Failure(Failure),
    Unknown(Value),
}
union! { Outcome, Choices(Choices), Failure(Failure), }

/// One of two responses, which a discriminator distinguishes that is not a string.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Tagged {
    Choices(Choices),
    Failure(Failure),
    Part(Part),
    Unknown(Value),
}
tagged_union! { Tagged by "ok", "true" => Choices(Choices), "false" => Failure(Failure), "2" => Part(Part), }

/// A model whose values are beyond the types of Rust.
#[derive(Clone)]
#[non_exhaustive]
pub struct Exact {
    pub integer: Option<i64>,
    pub size: Option<u64>,
    pub float: Option<f64>,
    pub number: Number,
    pub any: Value,
    pub free: Option<Map<String, Value>>,
    pub floats: Option<Vec<f64>>,
    pub mixed: Option<Mixed>,
    pub by_name: Option<BTreeMap<String, i64>>,
    pub at: Option<Timestamp>,
    pub level: Option<Level>,
    pub inside: Option<Box<Exact>>,
    pub extra: Extra,
}
model! {
    Exact: open,
    0 "integer" => integer,
    1 "size" => size,
    2 "float" => float,
    3 "number" => number,
    4 "any" => any,
    5 "free" => free,
    6 "floats" => floats,
    7 "mixed" => mixed,
    8 "by_name" => by_name,
    9 "at" => at,
    10 "level" => level,
    11 "inside" => inside,
}

/// A server's description of itself.
#[derive(Clone)]
pub struct Info {
    pub host: String,
    pub is_k8s: Option<bool>,
    pub uptime: Option<String>,
    pub vars: Option<BTreeMap<String, Var>>,
    pub rows: Option<Vec<Vec<Row>>>,
    pub note: Maybe<String>,
    pub strict: Option<Closed>,
    pub free: Option<Map<String, Value>>,
    pub any: Option<Value>,
    pub shape: Option<Shape>,
    pub entry: Option<Entry>,
    pub extra: Extra,
}
model! {
    Info: open default,
    0 "host" => host: REQUIRED,
    1 "is_k8s" => is_k8s,
    2 "uptime" => uptime,
    3 "vars" => vars,
    4 "rows" => rows,
    5 "note" => note,
    6 "strict" => strict,
    7 "free" => free,
    8 "any" => any,
    9 "shape" => shape,
    10 "entry" => entry,
}

/// A model without required fields.
#[derive(Clone)]
pub struct Var {
    pub v: Option<i64>,
    pub extra: Extra,
}
model! {
    Var: open default,
    0 "v" => v,
}

/// A model with a required field.
#[derive(Clone)]
pub struct Row {
    pub id: i64,
    pub tags: Option<Vec<String>>,
    pub extra: Extra,
}
model! {
    Row: open default,
    0 "id" => id: REQUIRED,
    1 "tags" => tags,
}

/// A closed model.
#[derive(Clone)]
pub struct Closed {
    pub name: Option<String>,
    pub counts: Option<Vec<i64>>,
    pub inner: Option<Box<Closed>>,
}
model! {
    Closed: closed default,
    0 "name" => name,
    1 "counts" => counts,
    2 "inner" => inner,
}

/// One of several types.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    Row(Row),
    Named(Named),
    Words(Vec<String>),
    Unknown(Value),
}
union! { Shape, Row(Row), Named(Named), Words(Vec<String>), }

/// A model whose fields differ from those of a row.
#[derive(Clone)]
pub struct Named {
    pub name: String,
    pub size: Option<i64>,
    pub extra: Extra,
}
model! {
    Named: open default,
    0 "name" => name: REQUIRED,
    1 "size" => size,
}
