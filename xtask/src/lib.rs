//! The maintainer's commands, as functions that tests can call.

pub mod bench;
pub mod console;
pub mod corpus;
pub mod diff;
pub mod generate;
pub mod git;
mod outcome;
pub mod project;
pub mod regen;
pub mod report;
pub mod review;
pub mod siblings;
pub mod simulate;
pub mod slice;
mod stage;
pub mod sync;
pub mod update;
mod workspace;
