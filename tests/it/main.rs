//! Whole-path tests: a description goes in, a client comes out, and what it sends and reads is looked at.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed step is a failed test")]

mod actions;
mod bench;
mod built;
mod cases;
mod changes;
mod client;
mod compile;
mod conservation;
mod corpus;
mod diagnostics;
mod examples;
mod export;
mod fresh;
mod generate;
mod hostile;
mod house;
mod negative;
mod project;
mod random;
mod recorded;
mod regen;
mod review;
mod slice;
mod snippets;
mod surface;
mod update;
mod weight;
mod wire;
mod yaml_oracle;
