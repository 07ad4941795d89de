//! The maintainer's commands, as functions that tests can call.

pub mod project;
pub mod regen;
pub mod simulate;
pub mod sync;
