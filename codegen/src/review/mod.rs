//! Analyzes the output of runs: changes, the status of overlay actions, unaccounted parts, examples and operations.

pub(crate) mod audit;
pub mod diff;
pub(crate) mod examples;
pub(crate) mod removal;
pub(crate) mod surface;
pub mod update;
