//! Field types that the standard library doesn't have. `nodes` decodes and encodes them.
//!
//! - `timestamp` and `unix_time` are points in time, as strings and as integers; `date_time` reads and writes the strings.
//! - `accuracy` is whether such a value is written as it was read.
//! - `number` is a number of any precision, `unknown_value` a value that an enum doesn't list.
//! - `maybe` is a field that can be absent, null or a value.
//! - `null` is the value null.
//! - `custom` is a value of a type of another crate, which a `conversion` reads and writes as a `json_text`.
//! - `tuple` is an array that begins with items of different types.

pub(crate) mod accuracy;
pub(crate) mod conversion;
pub(crate) mod custom;
pub(crate) mod date_time;
pub(crate) mod json_text;
pub(crate) mod maybe;
pub(crate) mod null;
pub(crate) mod number;
pub(crate) mod timestamp;
pub(crate) mod tuple;
pub(crate) mod unix_time;
pub(crate) mod unknown_value;
