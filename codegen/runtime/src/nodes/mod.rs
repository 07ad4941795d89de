//! Which slot and which view each type has: what models are made of, and by macros the models themselves.
//!
//! - `std_types` are those of the standard library and of `serde_json`, `field_types` those of this crate.
//! - `model` is for structs, `open_enum` for enums over texts, `union` for enums over types.
//! - `through_driver` gives any of them the traits of serde.

mod field_types;
mod model;
mod open_enum;
mod std_types;
mod through_driver;
mod union;
