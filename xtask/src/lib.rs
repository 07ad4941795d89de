//! The maintainer's commands, as functions that tests can call.

pub mod bench;
pub mod corpus;
pub mod simulate;
