//! The command's verbs, as functions that tests can call.

pub mod console;
pub mod diff;
pub mod generate;
pub mod git;
mod outcome;
pub mod project;
pub mod regen;
pub mod report;
pub mod review;
pub mod siblings;
pub mod slice;
mod stage;
pub mod sync;
pub mod update;
mod workspace;
