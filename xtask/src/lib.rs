//! The tasks of this repository, as functions that tests can call.

pub mod bench;
pub mod corpus;
pub mod simulate;
