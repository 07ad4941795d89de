//! Reports the changes between two descriptions that affect users of the generated crate.
//!
//! Compares the intermediate representations of two runs: names and types in Rust, and the sent and decoded data. Each
//! difference is a [`Change`] of one [`ChangeKind`], which determines the [`Effect`]. Consequences aren't reported
//! again: if a type is renamed, fields of that type don't count as changed.
//!
//! Hand-written code of the crate isn't compared. Both sides are compared as this version of the generator emits them.

mod access;
mod arguments;
mod behavior;
mod body;
pub(crate) mod change;
mod choice;
mod compare;
mod differences;
mod features;
mod fields;
pub(crate) mod kind;
mod locate;
mod operation_pair;
mod operations;
mod parameters;
mod response;
mod types;
mod variants;
mod webhooks;

pub use self::change::{Change, Item};
pub use self::differences::{bump, diff};
pub use self::kind::{Bump, ChangeKind, Effect};
pub use crate::base::diagnostic::NodeLocation;
