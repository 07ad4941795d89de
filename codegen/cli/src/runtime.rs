//! The runtime of a crate: its source, and the copy that this command writes.

use std::fs;
use std::path::{Path, PathBuf};

use codegen::GeneratedFile;
use codegen::package::{self, RUNTIME, Runtime};
use toml_edit::DocumentMut;

use crate::files::{self, FileError};
use crate::runtime_source::RuntimeSource;

/// The folder of the runtime's copy inside a crate.
const FOLDER: &str = "runtime";
const MANIFEST: &str = "Cargo.toml";

/// Returns how a crate depends on its runtime, and the folder of the copy to write, if any.
pub(crate) fn locate(
    out: &Path,
    source: &RuntimeSource,
    manifest: Option<&str>,
) -> Result<(Runtime, Option<PathBuf>), FileError> {
    let folder = match source {
        RuntimeSource::Version(version) => return Ok((Runtime::Version(version.clone()), None)),
        RuntimeSource::Path(folder) => return Ok((Runtime::Path(files::relative(out, folder)), None)),
        RuntimeSource::Copy(Some(folder)) => folder.clone(),
        RuntimeSource::Copy(None) => match referred_runtime(out, manifest) {
            // The manifest's dependency is kept unless another source is requested.
            Some(folder) if !is_copy(&folder) => {
                return Ok((Runtime::Path(files::relative(out, &folder)), None));
            }
            Some(folder) => folder,
            None => copy_for(out)?,
        },
    };
    Ok((Runtime::Path(files::relative(out, &folder)), Some(folder)))
}

/// Returns the folder of the runtime that a manifest refers to, if it exists.
fn referred_runtime(out: &Path, manifest: Option<&str>) -> Option<PathBuf> {
    let folder = files::clean(&out.join(manifest.and_then(referred)?));
    is_runtime(&folder).then_some(folder)
}

/// Returns the folder of the crate's copy, of a neighboring crate's copy, or of a new one.
fn copy_for(out: &Path) -> Result<PathBuf, FileError> {
    let own = out.join(FOLDER);
    if is_runtime(&own) {
        return Ok(own);
    }
    let out = std::path::absolute(out).map_err(|error| FileError::new("resolve", out, error))?;
    let out = files::clean(&out);
    let beside = out.parent().map(fs::read_dir).and_then(Result::ok).into_iter().flatten().flatten();
    let mut beside: Vec<_> = beside.map(|entry| entry.path()).filter(|path| *path != out).collect();
    beside.sort();
    let found = beside.into_iter().map(|folder| folder.join(FOLDER)).find(|folder| is_copy(folder));
    Ok(found.unwrap_or(own))
}

/// Returns whether a folder contains the runtime.
fn is_runtime(folder: &Path) -> bool {
    let manifest = fs::read_to_string(folder.join(MANIFEST)).unwrap_or_default();
    let manifest = manifest.parse::<DocumentMut>().unwrap_or_default();
    manifest.get("package").and_then(|package| package.get("name")?.as_str()) == Some(RUNTIME)
}

/// Returns whether a folder contains the runtime and belongs to a generated crate, so that it is a copy.
fn is_copy(folder: &Path) -> bool {
    let above = folder.parent().map(|above| above.join(MANIFEST));
    let above = above.and_then(|manifest| fs::read_to_string(manifest).ok());
    above.is_some_and(|manifest| package::is_known(&manifest)) && is_runtime(folder)
}

/// Returns the path of the runtime in a manifest.
fn referred(manifest: &str) -> Option<String> {
    let manifest = manifest.parse::<DocumentMut>().ok()?;
    Some(manifest.get("dependencies")?.get(RUNTIME)?.get("path")?.as_str()?.to_owned())
}

/// Returns the files of a copy, with paths relative to the crate's folder.
pub(crate) fn files(out: &Path, folder: &Path) -> Vec<GeneratedFile> {
    let below = files::relative(out, folder);
    let file = |(path, text): (String, &str)| GeneratedFile {
        path: format!("{below}/{path}"),
        text: text.to_owned(),
    };
    clientwright_runtime::source::files().into_iter().map(file).collect()
}

/// Returns whether a folder is empty, missing, or contains a copy already.
pub(crate) fn may_hold_copy(folder: &Path) -> bool {
    let is_empty = fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none());
    is_empty || is_runtime(folder)
}
