//! Finds the documents in a folder.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use clientwright::files::FileError;

/// The name of the manifest: a table of the documents, with columns separated by tabs and a header line.
const MANIFEST: &str = "MANIFEST.tsv";
/// The keys that make a file a description, if they are keys of its root.
const KEYS: [&str; 2] = ["openapi", "swagger"];
/// The maximum length of a document's name in characters. The name becomes part of a package name.
const MAX_NAME_LENGTH: usize = 48;

/// A document of the corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The document's name, valid as part of a package name.
    pub name: String,
    /// The document's file.
    pub path: PathBuf,
}

/// Returns the documents that the folder's manifest lists. Without a manifest, returns every file below the folder
/// that looks like a description.
///
/// # Errors
///
/// Returns an error if a folder or the manifest can't be read.
pub fn discover(folder: &Path) -> Result<Vec<Entry>, FileError> {
    let manifest = folder.join(MANIFEST);
    let mut found: Vec<(PathBuf, String)> = Vec::new();
    if manifest.exists() {
        let text = fs::read_to_string(&manifest).map_err(|error| FileError::new("read", &manifest, error))?;
        found.extend(
            manifest_rows(&text).into_iter().map(|(file, name)| (folder.join(file), package_part(&name))),
        );
    } else {
        let mut paths = Vec::new();
        search(folder, &mut paths)?;
        let name = |path: &Path| {
            package_part(&path.strip_prefix(folder).unwrap_or(path).with_extension("").to_string_lossy())
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

/// Returns the columns `file` and `name` of a manifest. A document without a name is named after its file.
fn manifest_rows(text: &str) -> Vec<(String, String)> {
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

/// Returns whether a file seems to have `openapi` or `swagger` as a key of its root. The key may be the last one: many
/// programs sort the keys that they write.
fn is_description(path: &Path) -> bool {
    let known = path
        .extension()
        .is_some_and(|extension| ["yaml", "yml", "json"].iter().any(|known| extension == *known));
    if !known {
        return false;
    }
    let Ok(bytes) = fs::read(path) else { return false };
    match serde_json::from_slice::<Value>(&bytes) {
        Ok(root) => KEYS.iter().any(|key| root.get(key).is_some()),
        Err(_) => seems_description(&String::from_utf8_lossy(&bytes)),
    }
}

/// Returns whether the text of a file in YAML, or in invalid JSON, seems to have the key of a description.
fn seems_description(text: &str) -> bool {
    let begins = |line: &str, key: &str| {
        line.trim_start_matches('\u{feff}').strip_prefix(key).is_some_and(|rest| rest.starts_with(':'))
    };
    let in_yaml = text.lines().any(|line| KEYS.iter().any(|key| begins(line, key)));
    in_yaml || KEYS.iter().any(|key| text.contains(&format!("\"{key}\"")))
}

/// Converts a name so that it is valid as part of a package name.
fn package_part(name: &str) -> String {
    let name = name.to_lowercase();
    let parts: Vec<_> =
        name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect();
    parts.join("-").chars().take(MAX_NAME_LENGTH).collect()
}

#[cfg(test)]
mod tests {
    use super::{manifest_rows, package_part};

    #[test]
    fn names_become_parts_of_package_names() {
        assert_eq!(package_part("readme-api"), "readme-api");
        assert_eq!(package_part("multi/camara-qod/API/quality"), "multi-camara-qod-api-quality");
        assert_eq!(package_part("Ü/a b.JSON"), "a-b-json");
    }

    #[test]
    fn the_manifest_lists_files_and_names() {
        let owned = |rows: &[(&str, &str)]| -> Vec<_> {
            rows.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
        };
        let text = "name\tfile\tkind\na\tx/a.yaml\tx\nb\tb/c.json\ty\n";
        assert_eq!(manifest_rows(text), owned(&[("x/a.yaml", "a"), ("b/c.json", "b")]));
        assert_eq!(manifest_rows("file\na.yaml\n"), owned(&[("a.yaml", "a.yaml")]));
        assert!(manifest_rows("no such column\n").is_empty());
    }
}
