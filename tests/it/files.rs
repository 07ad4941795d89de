//! The files below a folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Returns the paths of all files below a folder, sorted. A path to a file gives the file itself.
pub(crate) fn below(path: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![path.to_owned()];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Returns the Rust sources below a folder, sorted.
pub(crate) fn rust_sources(folder: &Path) -> Vec<PathBuf> {
    let is_rust = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "rs");
    below(folder).into_iter().filter(is_rust).collect()
}

/// Returns each file below a folder with its bytes and its time of modification; nothing if there is no folder.
pub(crate) fn contents(folder: &Path) -> BTreeMap<PathBuf, (Vec<u8>, SystemTime)> {
    if !folder.exists() {
        return BTreeMap::new();
    }
    let file = |path: PathBuf| {
        let modified = fs::metadata(&path).unwrap().modified().unwrap();
        let bytes = fs::read(&path).unwrap();
        (path, (bytes, modified))
    };
    below(folder).into_iter().map(file).collect()
}

/// Returns a path below a folder with `/` between its components.
pub(crate) fn relative(path: &Path, folder: &Path) -> String {
    let parts: Vec<_> =
        path.strip_prefix(folder).unwrap().iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}
