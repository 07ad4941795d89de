//! Compares emitted files with the files on disk, and writes the differences.
//!
//! Changed files are staged first and renamed at the end, so that a failed run changes nothing.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use codegen::{GeneratedFile, parallel};

use crate::files::FileError;
use crate::stage::Stage;

/// The markers at the start of emitted files: Rust, TOML, Markdown.
const MARKS: [&[u8]; 3] = [b"// @generated", b"# @generated", b"<!-- @generated"];
/// The length of the longest marker, in bytes.
const MAX_MARK_LENGTH: u64 = 15;

/// The difference between the emitted files and those on disk. Paths are relative to the output folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Emitted, but not on disk.
    pub missing: Vec<String>,
    /// On disk with different content.
    pub different: Vec<String>,
    /// On disk, but not emitted.
    pub extra: Vec<String>,
    /// The number of equal files.
    pub unchanged: usize,
}

impl Difference {
    /// Returns whether all files on disk are up to date.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.missing.is_empty() && self.different.is_empty() && self.extra.is_empty()
    }
}

/// Compares emitted files with those on disk. Other files in the owned folders are extra.
///
/// # Errors
///
/// Returns an error if a file or folder exists but can't be read.
pub fn compare(out: &Path, files: &[GeneratedFile], owned: &[&str]) -> Result<Difference, FileError> {
    let mut difference = Difference::default();
    let states = parallel::map(files, |file| state(&out.join(&file.path), file.text.as_bytes()));
    for (file, state) in files.iter().zip(states) {
        match state? {
            FileState::Same => difference.unchanged += 1,
            FileState::Different => difference.different.push(file.path.clone()),
            FileState::Missing => difference.missing.push(file.path.clone()),
        }
    }
    let emitted: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    for folder in owned {
        list(out, folder, &mut difference.extra)?;
    }
    difference.extra.retain(|path| !emitted.contains(path.as_str()));
    difference.extra.sort();
    Ok(difference)
}

/// The state of a file on disk.
enum FileState {
    Same,
    Different,
    Missing,
}

fn state(path: &Path, emitted: &[u8]) -> Result<FileState, FileError> {
    match fs::read(path) {
        // Git may check out files with CRLF line endings.
        Ok(bytes) if bytes == emitted || without_returns(&bytes) == emitted => Ok(FileState::Same),
        Ok(_) => Ok(FileState::Different),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(FileState::Missing),
        Err(error) => Err(FileError::new("read", path, error)),
    }
}

/// Returns a text with CRLF line endings replaced by LF.
fn without_returns(bytes: &[u8]) -> Vec<u8> {
    let next = bytes.iter().skip(1).chain([&0]);
    let kept = bytes.iter().zip(next).filter(|(byte, next)| !(**byte == b'\r' && **next == b'\n'));
    kept.map(|(byte, _)| *byte).collect()
}

/// Returns files in folders for generated files that would be replaced or removed, but have no `@generated` marker.
///
/// # Errors
///
/// Returns an error if a file can't be read.
pub fn not_generated(
    out: &Path,
    difference: &Difference,
    is_ours: impl Fn(&&String) -> bool,
) -> Result<Vec<String>, FileError> {
    let mut unmarked = Vec::new();
    for path in difference.different.iter().chain(&difference.extra).filter(is_ours) {
        if !is_marked(&out.join(path))? {
            unmarked.push(path.clone());
        }
    }
    Ok(unmarked)
}

/// Returns whether a file starts with a `@generated` marker.
///
/// # Errors
///
/// Returns an error if it can't be read.
pub fn is_marked(path: &Path) -> Result<bool, FileError> {
    let mut start = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(MAX_MARK_LENGTH).read_to_end(&mut start));
    read.map_err(|error| FileError::new("read", path, error))?;
    Ok(has_mark(&start))
}

/// Returns whether a text starts with a `@generated` marker.
pub(crate) fn has_mark(text: &[u8]) -> bool {
    MARKS.iter().any(|mark| text.starts_with(mark))
}

/// Writes missing and different files, and removes extra ones.
///
/// # Errors
///
/// Returns an error if a file can't be written. If that happens during staging, nothing has changed.
pub fn write(out: &Path, files: &[GeneratedFile], difference: &Difference) -> Result<(), FileError> {
    let wanted: BTreeSet<&String> = difference.missing.iter().chain(&difference.different).collect();
    let changed = files.iter().filter(|file| wanted.contains(&file.path));
    let changed: Vec<_> = changed.map(|file| (out.join(&file.path), file.text.as_bytes())).collect();
    let extra: Vec<_> = difference.extra.iter().map(|path| out.join(path)).collect();
    replace(out, &changed, &extra)?;
    // Removes empty folders. Removing others fails.
    for path in &extra {
        let folders = path.ancestors().skip(1).take_while(|folder| *folder != out);
        let _ = folders.map(fs::remove_dir).take_while(Result::is_ok).count();
    }
    Ok(())
}

/// Writes and removes files below a folder. All files are staged before the first one is renamed.
///
/// # Errors
///
/// Returns an error as [`write`] does.
pub(crate) fn replace(root: &Path, files: &[(PathBuf, &[u8])], extra: &[PathBuf]) -> Result<(), FileError> {
    let mut stage = Stage::new(root);
    for (path, bytes) in files {
        if let Err(error) = stage.add(path, bytes) {
            stage.abandon();
            return Err(FileError::new("write", path, error));
        }
    }
    stage.commit()?;
    for path in extra {
        fs::remove_file(path).map_err(|error| FileError::new("remove", path, error))?;
    }
    Ok(())
}

/// Lists all files below `out/folder`, as paths relative to `out`. Links aren't followed.
fn list(out: &Path, folder: &str, found: &mut Vec<String>) -> Result<(), FileError> {
    let path = out.join(folder);
    let entries = match fs::read_dir(&path) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(FileError::new("list", &path, error)),
    };
    for entry in entries {
        let entry = entry.map_err(|error| FileError::new("list", &path, error))?;
        let child = format!("{folder}/{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type().map_err(|error| FileError::new("list", &path, error))?;
        if kind.is_dir() {
            list(out, &child, found)?;
        } else {
            found.push(child);
        }
    }
    Ok(())
}
