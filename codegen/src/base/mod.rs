//! Holds what every stage uses: names, addresses of nodes, diagnostics, threads. It knows no stage.

pub mod cores;
pub mod diagnostic;
pub(crate) mod excerpt;
pub(crate) mod generated;
pub mod name;
pub(crate) mod options;
pub(crate) mod path;
pub mod pointer;
pub(crate) mod skipped;
pub(crate) mod suggest;
pub(crate) mod timings;
pub(crate) mod uri;
