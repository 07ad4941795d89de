//! The command's verbs, as functions that tests and chores can call.
//!
//! A library of its own only so that these can: those who build on the generator want `clientwright-codegen`.

pub mod command;
pub mod config;
pub mod console;
pub mod diff;
pub mod fetch;
pub mod files;
pub mod generate;
pub mod git;
mod init;
pub mod input;
mod outcome;
pub mod project;
pub mod report;
pub mod review;
mod runtime;
pub mod slice;
mod stage;
pub mod sync;
pub mod update;
mod workspace;
