//! The subcommands of `clientwright`, as functions for tests and `xtask`.
//!
//! To use the generator in other programs, depend on `clientwright-codegen`.

pub mod command;
mod command_error;
pub mod config;
pub mod config_reader;
pub mod console;
mod customization_tables;
pub mod diff;
pub mod fetch;
pub mod files;
pub mod generate;
pub mod git;
mod init;
pub mod input;
mod man;
pub mod project;
pub mod report;
pub mod review;
mod runtime;
pub mod runtime_source;
#[cfg(feature = "serve")]
pub mod serve;
pub mod slice;
mod stage;
mod summary;
pub mod sync;
pub mod update;
mod workspace;
