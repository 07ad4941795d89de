//! The files beside a description that it may refer to.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use codegen::Siblings;

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
