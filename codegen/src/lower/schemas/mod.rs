//! Schemas: the types of their uses, and the definitions of named types.
//!
//! - `schema` makes types, `field_names` names fields, `components` defines the types of components.
//! - A value may have several schemas, called `part`s: members of `allOf`, and what is declared beside them. `merge`
//!   collects what they say together as a `shape`, and `compose` decides how it is read.
//! - `tuple` is what a schema says about the first items of an array.
//! - `union` makes unions, with the values of a `discriminator` and `branch_names`; `family` makes those of a base.
//! - `custom` has the types that are given by hand.
//! - `joined` joins what branches declare differently, `nullable` finds whether null is valid,
//!   `constraints` is what the docs say about valid values, `used` is a schema where it is used, and `reference_use` a reference.

pub(super) mod branch_names;
pub(super) mod components;
mod compose;
pub(super) mod constraints;
mod custom;
pub(super) mod discriminator;
pub(super) mod enums;
pub(super) mod family;
mod field_names;
mod joined;
pub(super) mod merge;
mod nullable;
pub(super) mod part;
mod reference_use;
pub(super) mod schema;
mod shape;
mod tuple;
pub(super) mod union;
pub(super) mod used;
