//! Looks at what runs gave, for those who decide about it: what changed, what got lost, what is in it.

pub(crate) mod audit;
pub mod diff;
pub(crate) mod examples;
pub(crate) mod surface;
pub mod update;
