//! Finds the cargo workspace that contains a crate's folder.

use std::fs;
use std::path::Path;

use glob::{MatchOptions, Pattern};
use toml_edit::{DocumentMut, Item};

use crate::files::{self, FileError};

/// The relation of a folder to the workspaces that contain it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WorkspaceMembership {
    /// There is no workspace, or the nearest one excludes it.
    NoWorkspace,
    /// It is a member of the nearest workspace.
    Member,
    /// The nearest workspace neither lists nor excludes it. Cargo builds a crate there only if the crate is the root of
    /// its own workspace.
    NotListed,
}

/// Returns the relation of a folder to the workspaces that contain it. The folder may be missing.
///
/// # Errors
///
/// Returns an error if the folder's path can't be made absolute.
pub(crate) fn membership(folder: &Path) -> Result<WorkspaceMembership, FileError> {
    let folder = std::path::absolute(folder).map_err(|error| FileError::new("resolve", folder, error))?;
    let folder = nearest_real(&folder);
    for above in folder.ancestors().skip(1) {
        let manifest = files::read_text(&above.join("Cargo.toml")).unwrap_or_default();
        let Ok(manifest) = manifest.parse::<DocumentMut>() else { continue };
        let Some(workspace) = manifest.get("workspace") else { continue };
        let below = folder.strip_prefix(above).unwrap_or(&folder);
        let listed = |key: &str, matches: fn(&Path, &Path) -> bool| {
            let patterns = workspace.get(key).and_then(Item::as_array).into_iter().flatten();
            patterns.filter_map(|pattern| pattern.as_str()).any(|pattern| matches(Path::new(pattern), below))
        };
        return Ok(if listed("members", is_member) || depends_on(&manifest, below) {
            WorkspaceMembership::Member
        } else if listed("exclude", |pattern, path| path.starts_with(pattern)) {
            WorkspaceMembership::NoWorkspace
        } else {
            WorkspaceMembership::NotListed
        });
    }
    Ok(WorkspaceMembership::NoWorkspace)
}

/// Resolves `..` and links in the existing part of a path.
fn nearest_real(path: &Path) -> std::path::PathBuf {
    let mut missing = Vec::new();
    for above in path.ancestors() {
        if let Ok(real) = fs::canonicalize(above) {
            return missing.iter().rev().fold(real, |path, part| path.join(part));
        }
        missing.extend(above.file_name());
    }
    path.to_owned()
}

/// Returns whether a path matches a pattern, as cargo matches members.
fn is_member(pattern: &Path, path: &Path) -> bool {
    let options = MatchOptions { require_literal_separator: true, ..MatchOptions::new() };
    let pattern = Pattern::new(&files::shown(pattern, Path::new("")));
    pattern.is_ok_and(|pattern| pattern.matches_path_with(path, options))
}

/// Returns whether a manifest depends on a path. Path dependencies of a workspace's root are members.
fn depends_on(manifest: &DocumentMut, path: &Path) -> bool {
    let tables = ["dependencies", "dev-dependencies", "build-dependencies"];
    let dependencies = tables.iter().filter_map(|table| manifest.get(table)?.as_table_like());
    let mut paths =
        dependencies.flat_map(|table| table.iter()).filter_map(|(_, item)| item.get("path")?.as_str());
    paths.any(|other| files::clean(Path::new(other)) == path)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{depends_on, is_member};

    #[test]
    fn members_match_patterns() {
        let cases = [
            ("a/b", "a/b"),
            ("a/*", "a/b"),
            ("*/b", "a/b"),
            ("a/x-*", "a/x-y"),
            ("./a/*", "a/b"),
            ("a/**", "a/b/c"),
            ("a/?", "a/b"),
        ];
        for (pattern, path) in cases {
            assert!(is_member(Path::new(pattern), Path::new(path)), "{pattern} {path}");
        }
        for (pattern, path) in
            [("a", "a/b"), ("a/*", "a"), ("a/*", "a/b/c"), ("a/x*y", "a/x"), ("a/?", "a/bc")]
        {
            assert!(!is_member(Path::new(pattern), Path::new(path)), "{pattern} {path}");
        }
    }

    #[test]
    fn path_dependencies_are_members() {
        let manifest =
            "[workspace]\n[dependencies]\nx = '1'\ny = { path = './a/../client' }\n".parse().unwrap();
        assert!(depends_on(&manifest, Path::new("client")) && !depends_on(&manifest, Path::new("a")));
    }
}
