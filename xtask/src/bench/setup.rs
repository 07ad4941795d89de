//! Where and how things are measured.

use std::path::PathBuf;

use super::measure::Meter;

/// What all parts are told.
#[derive(Clone, Debug)]
pub(super) struct Setup {
    /// The repository.
    pub(super) repository: PathBuf,
    /// Where files go.
    pub(super) out: PathBuf,
    pub(super) meter: Meter,
    pub(super) rounds: Option<usize>,
    /// The full document, where there is one.
    pub(super) spec: Option<PathBuf>,
    /// Where other generators are looked for first.
    pub(super) peers: Option<PathBuf>,
    pub(super) tickets: u32,
    pub(super) python: PathBuf,
    pub(super) node: PathBuf,
    pub(super) node_modules: PathBuf,
}
