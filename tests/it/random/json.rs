//! Invariants of decoding: they hold for any input and any type.

#![allow(unreachable_pub, reason = "like the emitted models, which are public")]

use std::collections::BTreeMap;
use std::fmt::Debug;

use clientwright_runtime::{
    Decode, Extra, Map, Maybe, Number, Timestamp, UnixMicros, UnixSeconds, UnknownValue, Value, decode,
    decode_lenient, encode, model, open_enum, tagged_union, union,
};

/// An open enum.
#[derive(Clone)]
pub enum Status {
    New,
    Open,
    Unknown(UnknownValue),
}
open_enum! { Status, "new" => New, "open" => Open, }

/// A model with a required field, and one that also reads integers from strings.
#[derive(Clone)]
pub struct Part {
    pub id: i64,
    pub kind: Option<String>,
    pub count: Option<i64>,
    pub extra: Extra,
}
model! {
    Part: open default,
    0 "id" => id: REQUIRED,
    1 "kind" => kind,
    2 "count" => count: LENIENT,
}

/// A closed model.
#[derive(Clone)]
pub struct Closed {
    pub any: Option<Value>,
    pub name: Maybe<String>,
}
model! {
    Closed: closed default,
    0 "any" => any,
    1 "name" => name,
}

/// One of several models, chosen by a tag.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    Part(Box<Part>),
    Closed(Closed),
    Unknown(Value),
}
tagged_union! { Entry by "kind", "part" => Part(Box<Part>), "wish" => Closed(Closed), }

/// A model of optional fields only.
#[derive(Clone)]
pub struct Chain {
    pub name: Option<String>,
    pub next: Option<Mixed>,
    pub extra: Extra,
}
model! {
    Chain: open default,
    0 "name" => name,
    1 "next" => next,
}

/// One of several types, chosen by the value.
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
#[derive(Clone)]
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
    13 "maybe" => maybe,
}

/// Reads bytes as many types, and checks the invariants for each.
pub(crate) fn check(bytes: &[u8]) {
    let read = decode::<Value>(bytes);
    let oracle = serde_json::from_slice::<Value>(bytes);
    assert_eq!(read.as_ref().ok(), oracle.as_ref().ok(), "serde_json reads it differently");
    round_trips::<Value>(bytes);
    round_trips::<Map<String, Value>>(bytes);
    round_trips::<Vec<String>>(bytes);
    round_trips::<Vec<Option<i64>>>(bytes);
    round_trips::<BTreeMap<String, Vec<f64>>>(bytes);
    round_trips::<Vec<Timestamp>>(bytes);
    round_trips::<Closed>(bytes);
    round_trips::<Whole>(bytes);
    round_trips::<Vec<Part>>(bytes);
    // An entry contains a union.
    keeps_its_json::<Vec<Entry>>(bytes);
    let mixed = keeps_its_json::<Vec<Mixed>>(bytes);
    if let Ok(Value::Array(items)) = &read {
        assert_eq!(mixed.map(|mixed| mixed.len()), Some(items.len()), "a union accepts every value");
    }
}

/// Checks that a decoded value is encoded, decoded again as an equal value, and encoded as the same bytes.
fn round_trips<T: Decode + PartialEq + Debug>(bytes: &[u8]) {
    if let Some((once, twice)) = leaves_out_only_what_does_not_match::<T>(bytes) {
        assert_eq!(String::from_utf8_lossy(&twice), String::from_utf8_lossy(&once));
    }
    let Ok(read) = decode::<T>(bytes) else { return };
    let written = encode(&read).expect("what was read can be written");
    let again: T = decode(&written).expect("what was written can be read");
    assert_eq!(again, read, "{}", String::from_utf8_lossy(&written));
    assert_eq!(encode(&again).as_ref(), Ok(&written), "it is encoded differently the second time");
}

/// Checks that a decoded value is encoded, decoded again and encoded as the same JSON. Returns the decoded value.
///
/// Another variant of a union may decode it the second time: no model accepts a duplicate key, and only one of the
/// duplicates is encoded.
fn keeps_its_json<T: Decode + Debug>(bytes: &[u8]) -> Option<T> {
    if let Some((once, twice)) = leaves_out_only_what_does_not_match::<T>(bytes) {
        assert_eq!(decode::<Value>(&twice).ok(), decode::<Value>(&once).ok(), "it is encoded as other JSON");
    }
    let read = decode::<T>(bytes).ok()?;
    let written = encode(&read).expect("what was read can be written");
    let again: T = decode(&written).expect("what was written can be read");
    let twice = encode(&again).expect("what was read can be written");
    assert_eq!(decode::<Value>(&twice).ok(), decode::<Value>(&written).ok(), "it is encoded as other JSON");
    Some(read)
}

/// Checks that decoding leniently gives the strict value if there is one, and otherwise a value that is encoded again with
/// all that was left out. Returns what is encoded the first and the second time.
fn leaves_out_only_what_does_not_match<T: Decode + Debug>(bytes: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
    let (strict, lenient) = (decode::<T>(bytes), decode_lenient::<T>(bytes));
    match (&strict, &lenient) {
        (Ok(strict), Ok(lenient)) => {
            // A value that matches no type of a union may match one leniently.
            assert!(!lenient.is_exact() || format!("{strict:?}") == format!("{:?}", lenient.value));
        }
        (Err(error), Ok(lenient)) => {
            assert!(!lenient.is_exact(), "{error}");
            assert_eq!(error.mismatches(), &lenient.mismatches);
            let mut listed = lenient.mismatches.iter();
            let is_listed = listed.any(|mismatch| mismatch.path() == error.path());
            assert!(is_listed || lenient.mismatches.total() > lenient.mismatches.len(), "{error}");
        }
        (Err(strict), Err(lenient)) => assert_eq!(strict, lenient),
        (Ok(_), Err(error)) => panic!("it is read strictly, but not leniently: {error}"),
    }
    let lenient = lenient.ok()?;
    let written = encode(&lenient).expect("what was read can be written");
    let again = decode_lenient::<T>(&written).expect("what was written can be read");
    assert_eq!(again.mismatches.total(), lenient.mismatches.total(), "{}", String::from_utf8_lossy(&written));
    let twice = encode(&again).expect("what was read can be written");
    Some((written, twice))
}
