//! Tells what can be read as it stands, and is probably a mistake all the same.
//!
//! Each check must be right nearly always: one that fires in many honest documents teaches people to look away.
//! So what is only unusual, or bad style, is not looked for. Nothing is changed here, and later stages don't see
//! what was found.

mod checker;
mod operation;
mod schema;
mod values;
pub(crate) mod walk;
