//! Implementations of `Node`: for field types, and macros that implement it for emitted models.
//!
//! - `std_types` is for types of the standard library and `serde_json`, `tuple` for tuples, `field_types` for types of this
//!   crate, `custom` for types of other crates. `array` is the macro for those that are arrays in JSON.
//! - `model` is for structs, `open_enum` for enums of strings, `value_enum` for enums of other values, with `constants`,
//!   `union` for enums of types.
//! - `lenient` is for values that were decoded leniently.
//! - `impl_serde` implements the traits of serde.

#[macro_use]
mod array;
mod constants;
mod custom;
mod field_types;
mod impl_serde;
pub(crate) mod lenient;
mod model;
mod open_enum;
mod std_types;
mod tuple;
mod union;
mod value_enum;
