//! Files and paths: file errors, reading text, relative paths.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

/// An error from reading or writing a file or folder.
#[derive(Debug)]
pub struct FileError {
    action: &'static str,
    path: PathBuf,
    source: io::Error,
}

impl FileError {
    /// Creates an error from the action that failed (`read`, `write`, …), the path, and the cause.
    #[must_use]
    pub fn new(action: &'static str, path: &Path, source: io::Error) -> Self {
        Self { action, path: path.to_owned(), source }
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let help = match self.source.kind() {
            io::ErrorKind::NotFound => "check the path: it doesn't exist",
            io::ErrorKind::PermissionDenied => "check the permissions of the path",
            io::ErrorKind::IsADirectory => "name a file, not a folder",
            _ => "fix the cause and run the command again",
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

/// Returns an error if a path leads to a pipe or a device: reading it may never end.
pub(crate) fn expect_file(path: &Path) -> io::Result<()> {
    let is_stream = fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir());
    if is_stream { Err(io::Error::other("it is a pipe or a device, not a file")) } else { Ok(()) }
}

/// Reads the text of a file that is neither a pipe nor a device.
pub(crate) fn read_text(path: &Path) -> io::Result<String> {
    expect_file(path).and_then(|()| fs::read_to_string(path))
}

/// Reads the text of a file, if it exists.
pub(crate) fn optional(path: &Path) -> Result<Option<String>, FileError> {
    match read_text(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(FileError::new("read", path, error)),
    }
}

/// Returns a path without `.`, and with `..` removed where the parent is part of the path.
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

/// Returns a path relative to a folder if it is inside, with `/` as separator on all systems.
pub(crate) fn shown(path: &Path, folder: &Path) -> String {
    let path = clean(path);
    let folder = clean(folder);
    let inside = path.strip_prefix(&folder).unwrap_or(&path);
    let text = if inside.as_os_str().is_empty() { ".".to_owned() } else { inside.display().to_string() };
    text.replace('\\', "/")
}

/// Returns the relative path from a folder to another path, with `/` as separator; the absolute path if there is none.
pub(crate) fn relative(from: &Path, to: &Path) -> String {
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

    use super::{clean, relative, shown};

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
    fn paths_between_folders_are_relative() {
        for (from, to, expected) in
            [("a/b", "a/c", "../c"), ("a", "a/b/c", "b/c"), ("a/b", "a", ".."), ("a", "a", ".")]
        {
            assert_eq!(relative(Path::new(from), Path::new(to)), expected, "{from} {to}");
        }
    }
}
