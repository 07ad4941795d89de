//! The folders and options of a run.

use std::path::PathBuf;

use super::documents::PublishedDocument;
use super::measure::Meter;

/// The folders and options of all parts.
#[derive(Clone, Debug)]
pub(super) struct BenchSetup {
    /// The repository.
    pub(super) repository: PathBuf,
    /// The folder for files.
    pub(super) out: PathBuf,
    pub(super) meter: Meter,
    pub(super) rounds: Option<usize>,
    /// The published documents.
    pub(super) specs: Vec<PublishedDocument>,
    /// Whether the largest synthetic documents are measured, too.
    pub(super) large: bool,
    /// The folder where other generators are looked up before `PATH`.
    pub(super) peers: Option<PathBuf>,
    pub(super) tickets: u32,
    pub(super) python: PathBuf,
    pub(super) node: PathBuf,
    pub(super) node_modules: PathBuf,
}
