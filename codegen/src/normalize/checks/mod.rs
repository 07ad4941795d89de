//! Checks for problems that don't stop the run: contradictions and values that are probably not intended.
//!
//! A check has to be right nearly always, or users ignore the warnings. So bad style and unusual values are not
//! checked. The tree is not changed, and the warnings don't affect later stages.

mod bounds;
mod checker;
mod contradictions;
mod disjoint;
mod members;
mod operation;
mod parameters;
pub(crate) mod run;
mod schema;
mod values;
