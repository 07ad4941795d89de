//! What holds for any text that is read as JSON, whatever type is asked for.

#![allow(unreachable_pub, reason = "written like the emitted models, which are public")]

use std::collections::BTreeMap;
use std::fmt::Debug;

use clientwright_runtime::{
    Extra, Map, Maybe, Node, Number, Timestamp, UnixMicros, UnixSeconds, UnknownValue, Value, decode, encode,
    model, open_enum, tagged_union, union,
};

/// A state.
#[derive(Clone, Debug, PartialEq)]
pub enum Status {
    New,
    Open,
    Unknown(UnknownValue),
}
open_enum! { Status, "new" => New, "open" => Open, }

/// A model with a field that must be there, and one whose integers may come as texts.
#[derive(Clone, Default)]
pub struct Part {
    pub id: i64,
    pub kind: Option<String>,
    pub count: Option<i64>,
    pub extra: Extra,
}
model! {
    Part: open,
    0 "id" => id: REQUIRED,
    1 "kind" => kind,
    2 "count" => count: LENIENT,
}

/// A model with no room for more.
#[derive(Clone, Default)]
pub struct Wish {
    pub any: Option<Value>,
    pub name: Maybe<String>,
}
model! {
    Wish: closed,
    0 "any" => any,
    1 "name" => name,
}

/// One of several models, told by a tag.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    Part(Box<Part>),
    Wish(Wish),
    Unknown(Value),
}
tagged_union! { Entry by "kind", "part" => Part(Box<Part>), "wish" => Wish(Wish), }

/// A model of what may be absent only.
#[derive(Clone, Default)]
pub struct Chain {
    pub name: Option<String>,
    pub next: Option<Mixed>,
    pub extra: Extra,
}
model! {
    Chain: open,
    0 "name" => name,
    1 "next" => next,
}

/// One of several types, told by how they fit.
#[derive(Clone, Debug, PartialEq)]
pub enum Mixed {
    Status(Status),
    Flag(bool),
    Integer(i64),
    Number(Number),
    Texts(Vec<String>),
    Part(Part),
    Chain(Box<Chain>),
    Unknown(Value),
}
union! {
    Mixed,
    Status(Status), Flag(bool), Integer(i64), Number(Number), Texts(Vec<String>), Part(Part), Chain(Box<Chain>),
}

/// A model with every kind of field.
#[derive(Clone, Default)]
pub struct Whole {
    pub name: String,
    pub flag: bool,
    pub ratio: f64,
    pub at: Timestamp,
    pub status: Status,
    pub part: Part,
    pub lists: Vec<Vec<i64>>,
    pub exact: Option<Number>,
    pub any: Value,
    pub free: Option<Map<String, Value>>,
    pub seconds: Option<UnixSeconds>,
    pub micros: Option<UnixMicros>,
    pub counts: BTreeMap<String, f64>,
    pub entries: Option<Vec<Entry>>,
    pub maybe: Maybe<String>,
    pub extra: Extra,
}
model! {
    Whole: open,
    0 "name" => name: REQUIRED,
    1 "flag" => flag,
    2 "ratio" => ratio,
    3 "at" => at,
    4 "status" => status,
    5 "part" => part,
    6 "lists" => lists,
    7 "exact" => exact,
    8 "any" => any,
    9 "free" => free,
    10 "seconds" => seconds,
    11 "micros" => micros,
    12 "counts" => counts,
    13 "entries" => entries,
    14 "maybe" => maybe,
}

/// Reads bytes as many types, and holds each to the laws.
pub(crate) fn hold(bytes: &[u8]) {
    let read = decode::<Value>(bytes);
    let oracle = serde_json::from_slice::<Value>(bytes);
    assert_eq!(read.as_ref().ok(), oracle.as_ref().ok(), "serde_json reads it otherwise");
    comes_back::<Value>(bytes);
    comes_back::<Map<String, Value>>(bytes);
    comes_back::<Vec<String>>(bytes);
    comes_back::<Vec<Option<i64>>>(bytes);
    comes_back::<BTreeMap<String, Vec<f64>>>(bytes);
    comes_back::<Vec<Timestamp>>(bytes);
    comes_back::<Wish>(bytes);
    comes_back::<Whole>(bytes);
    comes_back::<Vec<Part>>(bytes);
    comes_back::<Vec<Entry>>(bytes);
    let mixed = keeps_its_json::<Vec<Mixed>>(bytes);
    if let Ok(Value::Array(items)) = &read {
        assert_eq!(mixed.map(|mixed| mixed.len()), Some(items.len()), "a union takes every value");
    }
}

/// Sees that what is read is written, and read again as an equal value, which is written alike.
fn comes_back<T: Node + Default + PartialEq + Debug>(bytes: &[u8]) {
    let Ok(read) = decode::<T>(bytes) else { return };
    let written = encode(&read).expect("what was read can be written");
    let again: T = decode(&written).expect("what was written can be read");
    assert_eq!(again, read, "{}", String::from_utf8_lossy(&written));
    assert_eq!(encode(&again).as_ref(), Ok(&written), "it is written in another way");
}

/// Sees that what is read is written, read again and written as the same JSON; gives what was read.
///
/// It may be another type of a union that reads it again: of a key that stands twice, which no model takes, one is
/// written.
fn keeps_its_json<T: Node + Default>(bytes: &[u8]) -> Option<T> {
    let read = decode::<T>(bytes).ok()?;
    let written = encode(&read).expect("what was read can be written");
    let again: T = decode(&written).expect("what was written can be read");
    let twice = encode(&again).expect("what was read can be written");
    assert_eq!(decode::<Value>(&twice).ok(), decode::<Value>(&written).ok(), "it is written as other JSON");
    Some(read)
}
