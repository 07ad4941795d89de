//! Two sides, read and compared.

use std::path::{Path, PathBuf};

use codegen::{Output, cores};
use semver::Version;

use super::comparison::Comparison;
use super::revision::{Description, Revision};
use crate::files::{self, FileError};
use crate::outcome::Failure;
use crate::project::Project;

/// Compares two sides; `overlays` are applied to those that are documents.
///
/// # Errors
///
/// If one of them can't be read, or leaves nothing to compare.
pub fn compare(
    project: Option<&Project>,
    (old, new): (&Revision, &Revision),
    overlays: &[PathBuf],
) -> Result<Comparison, Failure> {
    Ok(sides(project, (old, new), overlays, false)?.0)
}

/// The same, with what would be emitted on both sides, and the files themselves if they are wanted.
///
/// # Errors
///
/// If one of them can't be read, or leaves nothing to compare.
pub fn sides(
    project: Option<&Project>,
    (old, new): (&Revision, &Revision),
    overlays: &[PathBuf],
    files: bool,
) -> Result<(Comparison, Output, Output), Failure> {
    let of_crate = !matches!((old, new), (Revision::Document(_), _) | (_, Revision::Document(_)));
    let version = match project {
        Some(project) if of_crate => version(project)?,
        _ => None,
    };
    let (old, new) = (old.read(project, overlays)?, new.read(project, overlays)?);
    let (before, after) = both(&old, &new, files)?;
    let comparison = Comparison::new((old.name, &before), (new.name, &after)).with_version(version);
    Ok((comparison, before, after))
}

/// Compares what was emitted just now with the description of the last commit.
///
/// # Errors
///
/// If there is no commit, or its description leaves nothing to compare.
pub fn since_commit(project: &Project, output: &Output) -> Result<Comparison, Failure> {
    let old = Revision::commit(project, "HEAD")?.read(Some(project), &[])?;
    let before = old.generate(false)?;
    let here = "the working tree".to_owned();
    Ok(Comparison::new((old.name, &before), (here, output)).with_version(version(project)?))
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

/// The version of a project's crate, where it is told: by its manifest, or by the workspace that this one inherits from.
///
/// # Errors
///
/// If a manifest is there and can't be read.
pub fn version(project: &Project) -> Result<Option<Version>, FileError> {
    let out = project.out();
    let read = |folder: &Path| {
        let text = files::optional(&folder.join("Cargo.toml"))?.unwrap_or_default();
        Ok::<_, FileError>(text.parse::<toml_edit::DocumentMut>().unwrap_or_default())
    };
    let manifest = read(&out)?;
    let Some(own) = manifest.get("package").and_then(|package| package.get("version")) else {
        return Ok(None);
    };
    if let Some(text) = own.as_str() {
        return Ok(Version::parse(text).ok());
    }
    let out = std::path::absolute(&out).map_err(|error| FileError::new("find", &out, error))?;
    for above in files::clean(&out).ancestors() {
        let manifest = read(above)?;
        let found =
            manifest.get("workspace").and_then(|table| table.get("package")?.get("version")?.as_str());
        if let Some(text) = found {
            return Ok(Version::parse(text).ok());
        }
    }
    Ok(None)
}
