//! The runtime of a crate: the copy of it that this command writes.

use std::fs;
use std::path::{Path, PathBuf};

use codegen::GeneratedFile;
use codegen::package::{self, RUNTIME, Runtime};
use toml_edit::DocumentMut;

use crate::config::RuntimeSource;
use crate::files::{self, FileError};

/// The folder of a crate's own copy, below the crate's.
const FOLDER: &str = "runtime";
const MANIFEST: &str = "Cargo.toml";

/// How a crate refers to its runtime, and the folder of the copy that is kept, if there is one.
pub(crate) fn place(
    out: &Path,
    source: &RuntimeSource,
    manifest: Option<&str>,
) -> Result<(Runtime, Option<PathBuf>), FileError> {
    let folder = match source {
        RuntimeSource::Version(version) => return Ok((Runtime::Version(version.clone()), None)),
        RuntimeSource::Path(folder) => return Ok((Runtime::Path(files::way(out, folder)), None)),
        RuntimeSource::Copy(Some(folder)) => folder.clone(),
        RuntimeSource::Copy(None) => match referred_runtime(out, manifest) {
            // What the manifest says stays, unless something else is asked for.
            Some(folder) if !is_copy(&folder) => return Ok((Runtime::Path(files::way(out, &folder)), None)),
            Some(folder) => folder,
            None => copy_for(out)?,
        },
    };
    Ok((Runtime::Path(files::way(out, &folder)), Some(folder)))
}

/// The runtime that a crate refers to, if it is there.
fn referred_runtime(out: &Path, manifest: Option<&str>) -> Option<PathBuf> {
    let folder = files::clean(&out.join(manifest.and_then(referred)?));
    is_runtime(&folder).then_some(folder)
}

/// The copy of its own that a crate has, or that of a crate beside it, or a new one.
fn copy_for(out: &Path) -> Result<PathBuf, FileError> {
    let own = out.join(FOLDER);
    if is_runtime(&own) {
        return Ok(own);
    }
    let out = std::path::absolute(out).map_err(|error| FileError::new("find", out, error))?;
    let out = files::clean(&out);
    let beside = out.parent().map(fs::read_dir).and_then(Result::ok).into_iter().flatten().flatten();
    let mut beside: Vec<_> = beside.map(|entry| entry.path()).filter(|path| *path != out).collect();
    beside.sort();
    let found = beside.into_iter().map(|folder| folder.join(FOLDER)).find(|folder| is_copy(folder));
    Ok(found.unwrap_or(own))
}

/// Whether a folder holds the runtime.
fn is_runtime(folder: &Path) -> bool {
    let manifest = fs::read_to_string(folder.join(MANIFEST)).unwrap_or_default();
    let manifest = manifest.parse::<DocumentMut>().unwrap_or_default();
    manifest.get("package").and_then(|package| package.get("name")?.as_str()) == Some(RUNTIME)
}

/// Whether a folder holds a copy that a generated crate has.
fn is_copy(folder: &Path) -> bool {
    let above = folder.parent().map(|above| above.join(MANIFEST));
    let above = above.and_then(|manifest| fs::read_to_string(manifest).ok());
    above.is_some_and(|manifest| package::is_known(&manifest)) && is_runtime(folder)
}

/// The path by which a manifest refers to the runtime.
fn referred(manifest: &str) -> Option<String> {
    let manifest = manifest.parse::<DocumentMut>().ok()?;
    Some(manifest.get("dependencies")?.get(RUNTIME)?.get("path")?.as_str()?.to_owned())
}

/// The files of a copy, with paths from the crate's folder.
pub(crate) fn files(out: &Path, folder: &Path) -> Vec<GeneratedFile> {
    let below = files::way(out, folder);
    let file = |(path, text): (String, &str)| GeneratedFile {
        path: format!("{below}/{path}"),
        text: text.to_owned(),
    };
    clientwright_runtime::source::files().into_iter().map(file).collect()
}

/// Whether a folder for a copy is free, or holds one already.
pub(crate) fn may_hold_copy(folder: &Path) -> bool {
    let is_empty = fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none());
    is_empty || is_runtime(folder)
}
