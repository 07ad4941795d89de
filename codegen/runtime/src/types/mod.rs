//! Types of fields that the standard library has not. They know nothing of how they are read and written.
//!
//! - `timestamp` and `unix_time` are points in time, as texts and as integers.
//! - `number` is a number to the last digit, `unknown_value` a text that an enum does not list.
//! - `maybe` is a field that may be left out, set to null, or set to a value.

pub(crate) mod maybe;
pub(crate) mod number;
pub(crate) mod timestamp;
pub(crate) mod unix_time;
pub(crate) mod unknown_value;
