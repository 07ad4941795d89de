//! Where the project keeps what: description, overlays, emitted code.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use codegen::Source;

/// The project's description, below its root.
pub const SPEC: &str = "spec/zendesk.yaml";
/// The folder of its overlays.
pub const OVERLAYS: &str = "spec/overlays";

/// Input that can't be read, or output that can't be written.
#[derive(Debug)]
pub struct FileError {
    action: &'static str,
    path: PathBuf,
    source: io::Error,
}

impl FileError {
    /// What was to be done with a path, and why it can't be.
    #[must_use]
    pub fn new(action: &'static str, path: &Path, source: io::Error) -> Self {
        Self { action, path: path.to_owned(), source }
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let help = match self.source.kind() {
            io::ErrorKind::NotFound => "check the path: there is nothing of that name",
            io::ErrorKind::PermissionDenied => "check the permissions of the path",
            io::ErrorKind::IsADirectory => "name a file, not a folder",
            _ => "mend the cause and run the command again",
        };
        let (action, path) = (self.action, self.path.display());
        write!(f, "error: can't {action} {path}: {}\n  help: {help}", self.source)
    }
}

impl std::error::Error for FileError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

/// What a run reads and where it writes.
#[derive(Clone, Debug)]
pub struct Job {
    /// The description.
    pub spec: PathBuf,
    /// Overlays, in the order in which they apply.
    pub overlays: Vec<PathBuf>,
    /// The folder that gets `endpoints/` and `models/`.
    pub out: PathBuf,
    /// What paths are shown relative to.
    pub root: PathBuf,
}

impl Job {
    /// The project's own description into its own crate.
    ///
    /// # Errors
    ///
    /// Where the folder of overlays can't be listed.
    pub fn of_project(root: &Path) -> Result<Self, FileError> {
        Ok(Self {
            spec: root.join(SPEC),
            overlays: overlays(&root.join(OVERLAYS))?,
            out: root.join("generated/src"),
            root: root.to_owned(),
        })
    }

    /// Reads the description and its overlays.
    ///
    /// # Errors
    ///
    /// One error for each file that can't be read.
    pub fn read(&self) -> Result<(Source, Vec<Source>), Vec<FileError>> {
        read(&self.spec, &self.overlays, |path| self.shown(path))
    }

    /// A path as a person at the root would type it, with `/` on every system.
    #[must_use]
    pub fn shown(&self, path: &Path) -> String {
        let relative = path.strip_prefix(&self.root).unwrap_or(path);
        relative.display().to_string().replace('\\', "/")
    }
}

/// A description and its overlays, under the names that they are shown by.
pub(crate) fn read(
    spec: &Path,
    overlays: &[PathBuf],
    shown: impl Fn(&Path) -> String,
) -> Result<(Source, Vec<Source>), Vec<FileError>> {
    let mut errors = Vec::new();
    let mut read = |path: &Path| match fs::read(path) {
        Ok(bytes) => Some(Source::new(shown(path), bytes)),
        Err(error) => {
            errors.push(FileError::new("read", path, error));
            None
        }
    };
    let spec = read(spec);
    let overlays: Vec<_> = overlays.iter().filter_map(|path| read(path)).collect();
    match spec {
        Some(spec) if errors.is_empty() => Ok((spec, overlays)),
        _ => Err(errors),
    }
}

/// All overlays of a folder, in the order of their names.
fn overlays(folder: &Path) -> Result<Vec<PathBuf>, FileError> {
    let error = |source| FileError::new("list", folder, source);
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(error)? {
        let path = entry.map_err(error)?.path();
        if is_overlay(&path) {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// Whether a file of the folder of overlays is one, by its ending.
pub(crate) fn is_overlay(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ["yaml", "yml", "json"].iter().any(|known| ending == *known))
}
