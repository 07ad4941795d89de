//! Types that all stages use: names, JSON objects, JSON pointers, diagnostics, options, threads. Depends on no stage.

pub(crate) mod copies;
pub(crate) mod customizations;
pub mod diagnostic;
pub(crate) mod digits;
pub(crate) mod generated;
pub(crate) mod json_object;
pub(crate) mod kept_items;
pub(crate) mod mode;
pub mod name;
pub(crate) mod name_overrides;
pub(crate) mod node_path;
pub(crate) mod options;
pub mod parallel;
pub mod pointer;
pub(crate) mod rust_path;
pub(crate) mod skipped;
pub(crate) mod snippet;
pub(crate) mod suggest;
pub(crate) mod timings;
pub(crate) mod uri;
pub(crate) mod written_pointers;
