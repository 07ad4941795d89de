//! End-to-end tests: they generate a client from a description, and check what it sends and reads.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed step is a failed test")]

mod actions;
mod bench;
mod build_script;
mod cases;
mod changes;
mod client;
mod compile;
mod completeness;
mod corpus;
mod custom;
mod diagnostics;
mod examples;
mod export;
mod files;
mod fresh;
mod generate;
mod hostile;
mod house;
mod layout;
mod mutations;
mod negative;
mod project;
mod random;
mod recipes;
mod recorded;
mod regen;
mod responses;
mod review;
mod rust_types;
mod served;
mod servers;
mod slice;
mod snippets;
mod standards;
mod surface;
mod update;
mod webhooks;
mod weight;
mod wire;
mod yaml_oracle;
