//! Reads the input: a description, its overlays, and referenced files.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use codegen::{FileLoader, Source};

use crate::files::FileError;

/// The path that represents standard input.
pub const STDIN: &str = "-";

/// Reads a description and its overlays. `shown` returns their names in messages; `fetched` are the description's bytes
/// if it was fetched.
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

/// Reads the bytes of a file; `-` is standard input.
pub(crate) fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    if path.as_os_str() != STDIN {
        return fs::read(path);
    }
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Returns whether a file in a folder of overlays is an overlay, by its extension.
pub(crate) fn is_overlay(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ["yaml", "yml", "json"].iter().any(|known| ending == *known))
}

/// Loads files that a description refers to, from inside a folder only.
#[derive(Clone, Debug)]
pub struct BoundedLoader {
    /// The description's folder; paths are relative to it.
    description: PathBuf,
    /// The folder that files must be in.
    bound: PathBuf,
}

impl BoundedLoader {
    /// Creates a loader for the folder of a description.
    #[must_use]
    pub fn of(spec: &Path) -> Self {
        let folder = spec.parent().filter(|parent| !parent.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new(".")).to_owned();
        Self { description: folder.clone(), bound: folder }
    }

    /// Allows files inside another folder.
    #[must_use]
    pub fn within(self, bound: &Path) -> Self {
        Self { bound: bound.to_owned(), ..self }
    }
}

impl FileLoader for BoundedLoader {
    fn load(&self, path: &str) -> Result<Vec<u8>, String> {
        let reason = |error: io::Error| match error.kind() {
            io::ErrorKind::NotFound => "there is no such file".to_owned(),
            _ => error.to_string(),
        };
        // Links are resolved before the comparison, so that none leads outside.
        let bound = fs::canonicalize(&self.bound).map_err(reason)?;
        let path = fs::canonicalize(self.description.join(path)).map_err(reason)?;
        if !path.starts_with(&bound) {
            return Err("it is outside the folder that files may be read from (see --within)".to_owned());
        }
        if !path.is_file() {
            return Err("it is not a file".to_owned());
        }
        fs::read(&path).map_err(reason)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_outside_the_folder_are_not_read() {
        let folder = std::env::temp_dir().join(format!("clientwright-input-{}", std::process::id()));
        fs::create_dir_all(folder.join("api/inner")).unwrap();
        for file in ["api/inner/a.yaml", "secret.yaml"] {
            fs::write(folder.join(file), "x").unwrap();
        }
        let loader = BoundedLoader::of(&folder.join("api/api.yaml"));
        assert_eq!(loader.load("inner/a.yaml").unwrap(), b"x");
        let absolute = folder.join("secret.yaml").to_string_lossy().into_owned();
        let mut outside = vec!["../secret.yaml", "inner/../../secret.yaml", &absolute];
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(folder.join("secret.yaml"), folder.join("api/link.yaml")).unwrap();
            outside.push("link.yaml");
        }
        for path in outside {
            assert!(loader.load(path).unwrap_err().contains("outside the folder"), "{path}");
        }
        assert_eq!(loader.within(&folder).load("../secret.yaml").unwrap(), b"x");
        fs::remove_dir_all(folder).unwrap();
    }
}
