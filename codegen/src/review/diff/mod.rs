//! What changed between two descriptions for those who use the crate made from them.
//!
//! Two runs' intermediate representations are held against each other: names and types as Rust sees them, and what
//! is sent and read. Each difference is one [`Change`] of one [`Kind`], and the kind decides what it does to users.
//! Consequences are not told again: where a type has another name, the fields of that type didn't change.
//!
//! The hand-written part of the crate is not looked at, nor how the generator itself changed: both sides are judged
//! as this version of it would emit them.

mod access;
mod answer;
mod arguments;
mod behaviour;
mod body;
pub(crate) mod change;
mod compare;
mod differences;
mod features;
mod fields;
pub(crate) mod kind;
mod operations;
mod pair;
mod parameters;
mod site;
mod types;
mod variants;

pub use self::change::{Change, Item};
pub use self::differences::{bump, diff};
pub use self::kind::{Bump, Effect, Kind};
pub use crate::base::diagnostic::Site;
