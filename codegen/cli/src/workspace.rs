//! The cargo workspace around a crate's folder.

use std::fs;
use std::path::Path;

use toml_edit::{DocumentMut, Item};

use crate::files::FileError;

/// How a folder stands to the workspaces around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// There is none around it, or the nearest excludes it.
    Alone,
    /// The nearest lists it.
    Member,
    /// The nearest neither lists nor excludes it. Cargo refuses to build a crate there, unless it is a workspace
    /// by itself.
    Outsider,
}

/// How a folder, which need not exist yet, stands to the workspaces around it.
///
/// # Errors
///
/// Where the folder's own path can't be told.
pub(crate) fn standing(folder: &Path) -> Result<Standing, FileError> {
    let folder = std::path::absolute(folder).map_err(|error| FileError::new("find", folder, error))?;
    let folder = nearest_real(&folder);
    for above in folder.ancestors().skip(1) {
        let manifest = fs::read_to_string(above.join("Cargo.toml")).unwrap_or_default();
        let Ok(manifest) = manifest.parse::<DocumentMut>() else { continue };
        let Some(workspace) = manifest.get("workspace") else { continue };
        let below = folder.strip_prefix(above).unwrap_or(&folder);
        let listed = |key: &str, matches: fn(&Path, &Path) -> bool| {
            let patterns = workspace.get(key).and_then(Item::as_array).into_iter().flatten();
            patterns.filter_map(|pattern| pattern.as_str()).any(|pattern| matches(Path::new(pattern), below))
        };
        return Ok(if listed("members", is_member) {
            Standing::Member
        } else if listed("exclude", |pattern, path| path.starts_with(pattern)) {
            Standing::Alone
        } else {
            Standing::Outsider
        });
    }
    Ok(Standing::Alone)
}

/// The path without `..` and links, as far as it exists.
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

/// Whether a path is one of a pattern's: as long, and the same in each part but those with a star.
fn is_member(pattern: &Path, path: &Path) -> bool {
    let same = |pattern: &str, part: &str| match pattern.split_once('*') {
        None => pattern == part,
        Some((head, tail)) => {
            part.len() >= head.len() + tail.len() && part.starts_with(head) && part.ends_with(tail)
        }
    };
    pattern.components().count() == path.components().count()
        && pattern.components().zip(path.components()).all(|(pattern, part)| {
            same(&pattern.as_os_str().to_string_lossy(), &part.as_os_str().to_string_lossy())
        })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::is_member;

    #[test]
    fn members_of_patterns() {
        let cases = [("a/b", "a/b"), ("a/*", "a/b"), ("*/b", "a/b"), ("a/x-*", "a/x-y")];
        for (pattern, path) in cases {
            assert!(is_member(Path::new(pattern), Path::new(path)), "{pattern} {path}");
        }
        for (pattern, path) in [("a", "a/b"), ("a/*", "a"), ("a/*", "a/b/c"), ("a/x*y", "a/x")] {
            assert!(!is_member(Path::new(pattern), Path::new(path)), "{pattern} {path}");
        }
    }
}
