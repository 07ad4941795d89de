//! Reviews the output of runs: what changed, what is unaccounted for, which examples and operations there are.

pub(crate) mod audit;
pub mod diff;
pub(crate) mod examples;
pub(crate) mod surface;
pub mod update;
