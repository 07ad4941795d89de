//! Emitted files against the files on disk: what is missing, different or extra, and making it so.
//!
//! Checking and writing share the comparison. Writing stages every changed file first and renames at the
//! end, so that a failed run leaves the tree as it was.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use codegen::{GeneratedFile, cores};

use crate::files::FileError;
use crate::stage::Stage;

/// How every emitted file begins: Rust, TOML or Markdown.
const MARKS: [&[u8]; 3] = [b"// @generated", b"# @generated", b"<!-- @generated"];
/// What a marked file has at least.
const LONGEST: u64 = 15;

/// How the files on disk differ from the emitted ones; paths are relative to the output folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Emitted, but not on disk.
    pub missing: Vec<String>,
    /// On disk with another text.
    pub different: Vec<String>,
    /// On disk, but not emitted.
    pub extra: Vec<String>,
    /// How many are the same.
    pub unchanged: usize,
}

impl Difference {
    /// Whether everything is as it should be.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.missing.is_empty() && self.different.is_empty() && self.extra.is_empty()
    }
}

/// Compares emitted files with those on disk; what else is in the owned folders is extra.
///
/// # Errors
///
/// Where a file or folder exists but can't be read.
pub fn compare(out: &Path, files: &[GeneratedFile], owned: &[&str]) -> Result<Difference, FileError> {
    let mut difference = Difference::default();
    let states = cores::map(files, |file| state(&out.join(&file.path), file.text.as_bytes()));
    for (file, state) in files.iter().zip(states) {
        match state? {
            State::Same => difference.unchanged += 1,
            State::Different => difference.different.push(file.path.clone()),
            State::Missing => difference.missing.push(file.path.clone()),
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

/// How a file on disk is, against the emitted one.
enum State {
    Same,
    Different,
    Missing,
}

fn state(path: &Path, emitted: &[u8]) -> Result<State, FileError> {
    match fs::read(path) {
        // Git may have written the lines of a checkout with other ends.
        Ok(bytes) if bytes == emitted || without_returns(&bytes) == emitted => Ok(State::Same),
        Ok(_) => Ok(State::Different),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(State::Missing),
        Err(error) => Err(FileError::new("read", path, error)),
    }
}

/// A text whose lines end as those of emitted files.
fn without_returns(bytes: &[u8]) -> Vec<u8> {
    let next = bytes.iter().skip(1).chain([&0]);
    let kept = bytes.iter().zip(next).filter(|(byte, next)| !(**byte == b'\r' && **next == b'\n'));
    kept.map(|(byte, _)| *byte).collect()
}

/// Files that would be replaced or removed, among those that are wholly the generator's, but that it did not write.
///
/// # Errors
///
/// Where a file can't be read.
pub fn foreign(
    out: &Path,
    difference: &Difference,
    is_ours: impl Fn(&&String) -> bool,
) -> Result<Vec<String>, FileError> {
    let mut foreign = Vec::new();
    for path in difference.different.iter().chain(&difference.extra).filter(is_ours) {
        if !is_marked(&out.join(path))? {
            foreign.push(path.clone());
        }
    }
    Ok(foreign)
}

/// Whether a file says that it was generated.
///
/// # Errors
///
/// Where it can't be read.
pub fn is_marked(path: &Path) -> Result<bool, FileError> {
    let mut start = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(LONGEST).read_to_end(&mut start));
    read.map_err(|error| FileError::new("read", path, error))?;
    Ok(has_mark(&start))
}

/// Whether the text of a file says that it was generated.
pub(crate) fn has_mark(text: &[u8]) -> bool {
    MARKS.iter().any(|mark| text.starts_with(mark))
}

/// Makes the disk like the emitted files: writes what is missing or different, removes what is extra.
///
/// # Errors
///
/// Where something can't be written; as long as that happens while staging, nothing has changed.
pub fn write(out: &Path, files: &[GeneratedFile], difference: &Difference) -> Result<(), FileError> {
    let wanted: BTreeSet<&String> = difference.missing.iter().chain(&difference.different).collect();
    let changed = files.iter().filter(|file| wanted.contains(&file.path));
    let changed: Vec<_> = changed.map(|file| (out.join(&file.path), file.text.as_bytes())).collect();
    let extra: Vec<_> = difference.extra.iter().map(|path| out.join(path)).collect();
    replace(out, &changed, &extra)?;
    // A folder goes with the last of its files. One that holds anything can't be removed.
    for path in &extra {
        let folders = path.ancestors().skip(1).take_while(|folder| *folder != out);
        let _ = folders.map(fs::remove_dir).take_while(Result::is_ok).count();
    }
    Ok(())
}

/// Writes some files below a folder and removes others. All are staged first; then they are put in their places.
///
/// # Errors
///
/// As for [`write`].
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

/// All files below `out/folder`, as paths relative to `out`. Links are files, never followed.
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
