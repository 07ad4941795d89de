//! What is read: a description, its overlays, and the files that it refers to.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use codegen::{Siblings, Source};

use crate::files::FileError;

/// What stands for the standard input in place of a path.
pub const STDIN: &str = "-";

/// A description and its overlays, under the names that they are shown by; the description's bytes may be at hand.
pub(crate) fn read(
    (description, fetched): (&Path, Option<&[u8]>),
    overlays: &[PathBuf],
    shown: impl Fn(&Path) -> String,
) -> Result<(Source, Vec<Source>), Vec<FileError>> {
    let mut errors = Vec::new();
    let mut read = |path: &Path| match bytes(path) {
        Ok(bytes) => Some(Source::new(shown(path), bytes)),
        Err(error) => {
            errors.push(FileError::new("read", path, error));
            None
        }
    };
    let description = match fetched {
        Some(bytes) => Some(Source::new(description.display().to_string(), bytes)),
        None => read(description),
    };
    let overlays: Vec<_> = overlays.iter().filter_map(|path| read(path)).collect();
    match description {
        Some(description) if errors.is_empty() => Ok((description, overlays)),
        _ => Err(errors),
    }
}

/// The bytes of a file; `-` is the standard input.
pub(crate) fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    if path.as_os_str() != STDIN {
        return fs::read(path);
    }
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Whether a file of a folder of overlays is one, by its ending.
pub(crate) fn is_overlay(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ["yaml", "yml", "json"].iter().any(|known| ending == *known))
}

/// A folder out of which nothing is read.
#[derive(Clone, Debug)]
pub struct Folder {
    /// Where the description is; paths are relative to it.
    description: PathBuf,
    /// What paths must stay below.
    bound: PathBuf,
}

impl Folder {
    /// The folder of a description.
    #[must_use]
    pub fn of(spec: &Path) -> Self {
        let folder = spec.parent().filter(|parent| !parent.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new(".")).to_owned();
        Self { description: folder.clone(), bound: folder }
    }

    /// The same, bound to a folder further up.
    #[must_use]
    pub fn within(self, bound: &Path) -> Self {
        Self { bound: bound.to_owned(), ..self }
    }
}

impl Siblings for Folder {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let reason = |error: io::Error| match error.kind() {
            io::ErrorKind::NotFound => "there is no such file".to_owned(),
            _ => error.to_string(),
        };
        // Links are followed before the comparison, so that none leads out.
        let bound = fs::canonicalize(&self.bound).map_err(reason)?;
        let path = fs::canonicalize(self.description.join(path)).map_err(reason)?;
        if !path.starts_with(&bound) {
            return Err("it is outside of the folder that may be read from (see --within)".to_owned());
        }
        if !path.is_file() {
            return Err("it is no file".to_owned());
        }
        fs::read(&path).map_err(reason)
    }
}
