//! Two sides, read and compared.

use std::io;
use std::path::{Path, PathBuf};

use codegen::{Output, cores};
use semver::Version;

use super::comparison::Comparison;
use super::revision::{Description, Revision};
use crate::outcome::Failure;
use crate::project::FileError;

/// Compares two sides; `overlays` are applied to those that are documents.
///
/// # Errors
///
/// If one of them can't be read, or leaves nothing to compare.
pub fn compare(
    root: &Path,
    (old, new): (&Revision, &Revision),
    overlays: &[PathBuf],
) -> Result<Comparison, Failure> {
    Ok(sides(root, (old, new), overlays, false)?.0)
}

/// The same, with what would be emitted on both sides, and the files themselves if they are wanted.
///
/// # Errors
///
/// If one of them can't be read, or leaves nothing to compare.
pub fn sides(
    root: &Path,
    (old, new): (&Revision, &Revision),
    overlays: &[PathBuf],
    files: bool,
) -> Result<(Comparison, Output, Output), Failure> {
    let of_crate = !matches!((old, new), (Revision::Document(_), _) | (_, Revision::Document(_)));
    let version = if of_crate { version(root)? } else { None };
    let (old, new) = (old.read(root, overlays)?, new.read(root, overlays)?);
    let (before, after) = both(&old, &new, files)?;
    let comparison = Comparison::new((old.name, &before), (new.name, &after)).with_version(version);
    Ok((comparison, before, after))
}

/// Compares what was emitted just now with the description of the last commit.
///
/// # Errors
///
/// If there is no commit, or its description leaves nothing to compare.
pub fn since_commit(root: &Path, output: &Output) -> Result<Comparison, Failure> {
    let old = Revision::commit(root, "HEAD")?.read(root, &[])?;
    let before = old.generate(false)?;
    let here = "the working tree".to_owned();
    Ok(Comparison::new((old.name, &before), (here, output)).with_version(version(root)?))
}

/// What would be emitted on both sides, worked out side by side.
///
/// # Errors
///
/// If one of them leaves nothing to compare.
pub fn both(old: &Description, new: &Description, files: bool) -> Result<(Output, Output), Failure> {
    let (before, after) = cores::join(|| old.generate(files), || new.generate(files));
    Ok((before?, after?))
}

/// The version of the crate in a workspace, if there is one that tells.
///
/// # Errors
///
/// If the manifest is there and can't be read.
pub fn version(root: &Path) -> Result<Option<Version>, FileError> {
    let path = root.join("Cargo.toml");
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(FileError::new("read", &path, error)),
    };
    let manifest: toml_edit::DocumentMut = text.parse().unwrap_or_default();
    let found = manifest.get("workspace").and_then(|table| table.get("package")?.get("version")?.as_str());
    Ok(found.and_then(|text| Version::parse(text).ok()))
}
