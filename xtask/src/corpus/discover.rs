//! The documents of a folder.

use std::fs;
use std::path::{Path, PathBuf};

use clientwright::files::FileError;

/// A table that names the documents of a folder, tabs between its columns, their names in the first line.
const MANIFEST: &str = "MANIFEST.tsv";
/// How much of a file is looked at to tell whether it is a description.
const HEAD: usize = 64 * 1024;
/// Most characters of a name, which becomes a part of a package's.
const LONGEST: usize = 48;

/// A document of the corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it is called, fit to be a part of a package's name.
    pub name: String,
    /// Its file.
    pub path: PathBuf,
}

/// The documents that the folder's manifest names; without one, every file below that looks like a description.
///
/// # Errors
///
/// Where a folder or the manifest can't be read.
pub fn discover(folder: &Path) -> Result<Vec<Entry>, FileError> {
    let manifest = folder.join(MANIFEST);
    let mut found: Vec<(PathBuf, String)> = Vec::new();
    if manifest.exists() {
        let text = fs::read_to_string(&manifest).map_err(|error| FileError::new("read", &manifest, error))?;
        found.extend(listed(&text).into_iter().map(|(file, name)| (folder.join(file), plain(&name))));
    } else {
        let mut paths = Vec::new();
        search(folder, &mut paths)?;
        let name = |path: &Path| {
            plain(&path.strip_prefix(folder).unwrap_or(path).with_extension("").to_string_lossy())
        };
        found.extend(paths.into_iter().map(|path| (path.clone(), name(&path))));
    }
    found.sort();
    let mut entries: Vec<Entry> = Vec::new();
    for (path, wanted) in found {
        let mut name = wanted.clone();
        let mut number = 1;
        while entries.iter().any(|entry| entry.name == name) {
            number += 1;
            name = format!("{wanted}-{number}");
        }
        entries.push(Entry { name, path });
    }
    Ok(entries)
}

/// The columns `file` and `name` of a manifest; a document without a name is called like its file.
fn listed(text: &str) -> Vec<(String, String)> {
    let mut lines = text.lines();
    let head: Vec<_> = lines.next().unwrap_or_default().split('\t').collect();
    let column = |name: &str| head.iter().position(|column| *column == name);
    let Some(file) = column("file") else { return Vec::new() };
    let row = |line: &str| {
        let cells: Vec<_> = line.split('\t').collect();
        let file = (*cells.get(file)?).to_owned();
        let name = column("name").and_then(|name| cells.get(name)).map_or(file.as_str(), |name| name);
        Some((file.clone(), name.to_owned()))
    };
    lines.filter_map(row).collect()
}

fn search(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), FileError> {
    let list = |error| FileError::new("list", folder, error);
    for entry in fs::read_dir(folder).map_err(list)? {
        let entry = entry.map_err(list)?;
        let path = entry.path();
        if entry.file_type().map_err(list)?.is_dir() {
            search(&path, found)?;
        } else if is_description(&path) {
            found.push(path);
        }
    }
    Ok(())
}

/// Whether a file has the key `openapi` or `swagger` where its root may have it.
fn is_description(path: &Path) -> bool {
    let known =
        path.extension().is_some_and(|ending| ["yaml", "yml", "json"].iter().any(|known| ending == *known));
    if !known {
        return false;
    }
    let Ok(bytes) = fs::read(path) else { return false };
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]);
    let yaml = |line: &str| {
        ["openapi:", "swagger:"].iter().any(|key| line.trim_start_matches('\u{feff}').starts_with(key))
    };
    head.lines().any(yaml) || head.contains("\"openapi\"") || head.contains("\"swagger\"")
}

/// A name as a part of a package's.
fn plain(name: &str) -> String {
    let name = name.to_lowercase();
    let parts: Vec<_> =
        name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect();
    parts.join("-").chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::{listed, plain};

    #[test]
    fn names() {
        assert_eq!(plain("readme-api"), "readme-api");
        assert_eq!(plain("multi/camara-qod/API/quality"), "multi-camara-qod-api-quality");
        assert_eq!(plain("Ü/a b.JSON"), "a-b-json");
    }

    #[test]
    fn the_manifest_names_files() {
        let own = |rows: &[(&str, &str)]| -> Vec<_> {
            rows.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
        };
        let text = "name\tfile\tkind\na\tx/a.yaml\tx\nb\tb/c.json\ty\n";
        assert_eq!(listed(text), own(&[("x/a.yaml", "a"), ("b/c.json", "b")]));
        assert_eq!(listed("file\na.yaml\n"), own(&[("a.yaml", "a.yaml")]));
        assert!(listed("no such column\n").is_empty());
    }
}
