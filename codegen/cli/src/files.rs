//! Files: reading texts, paths as a person would type them, and what goes wrong with either.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

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

/// The text of a file, if there is one.
pub(crate) fn optional(path: &Path) -> Result<Option<String>, FileError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(FileError::new("read", path, error)),
    }
}

/// A path without `.`, and without `..` as far as the path itself tells what is above.
pub(crate) fn clean(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(clean.components().next_back(), Some(Component::Normal(_))) => {
                clean.pop();
            }
            other => clean.push(other),
        }
    }
    clean
}

/// A path as a person in a folder would type it, with `/` on every system.
pub(crate) fn shown(path: &Path, folder: &Path) -> String {
    let path = clean(path);
    let folder = clean(folder);
    let relative = path.strip_prefix(&folder).unwrap_or(&path);
    let text = if relative.as_os_str().is_empty() { ".".to_owned() } else { relative.display().to_string() };
    text.replace('\\', "/")
}

/// The way from a folder to another path, `/` between parts; the path itself where there is none.
pub(crate) fn way(from: &Path, to: &Path) -> String {
    let absolute = |path: &Path| clean(&std::path::absolute(path).unwrap_or_else(|_| path.to_owned()));
    let (from, to) = (absolute(from), absolute(to));
    let common = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    if common == 0 {
        return to.display().to_string().replace('\\', "/");
    }
    let up = from.components().skip(common).map(|_| "..".to_owned());
    let down = to.components().skip(common).map(|part| part.as_os_str().to_string_lossy().into_owned());
    let parts: Vec<_> = up.chain(down).collect();
    if parts.is_empty() { ".".to_owned() } else { parts.join("/") }
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::{clean, shown, way};

    #[test]
    fn paths_are_cleaned() {
        for (path, expected) in
            [("a/../b", "b"), ("./a/./b", "a/b"), ("../a/../b", "../b"), ("/a/../../b", "/b")]
        {
            let expected =
                if path == "/a/../../b" { PathBuf::from("/../b") } else { PathBuf::from(expected) };
            assert_eq!(clean(Path::new(path)), expected, "{path}");
        }
        assert_eq!(shown(Path::new("x/generated/../spec/a.yaml"), Path::new("x")), "spec/a.yaml");
        assert_eq!(shown(Path::new("x"), Path::new("x")), ".");
    }

    #[test]
    fn ways_between_folders() {
        for (from, to, expected) in
            [("a/b", "a/c", "../c"), ("a", "a/b/c", "b/c"), ("a/b", "a", ".."), ("a", "a", ".")]
        {
            assert_eq!(way(Path::new(from), Path::new(to)), expected, "{from} {to}");
        }
    }
}
