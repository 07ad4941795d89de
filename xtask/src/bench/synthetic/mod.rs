//! Generates OpenAPI documents of any size from a seed, to measure how costs grow with a document.
//!
//! - `random`: numbers from a seed.
//! - `operations`, `schemas`, `unions`, `nested`: the parts of documents.
//! - `kinds`: the kinds of documents, each with any number of one part.

mod kinds;
mod nested;
mod operations;
mod random;
mod schemas;
mod unions;

pub use kinds::{KINDS, Kind};
