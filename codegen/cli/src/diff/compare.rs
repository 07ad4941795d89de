//! Reads, generates and compares two sides.

use std::path::{Path, PathBuf};

use codegen::{Output, parallel};
use semver::Version;

use super::comparison::Comparison;
use super::revision::{DescriptionFiles, Revision};
use crate::command_error::CommandError;
use crate::files::{self, FileError};
use crate::project::Project;

/// Compares two sides. `overlays` are applied to sides that are documents.
///
/// # Errors
///
/// Returns an error if a side can't be read or generated.
pub fn compare(
    project: Option<&Project>,
    (old, new): (&Revision, &Revision),
    overlays: &[PathBuf],
) -> Result<Comparison, CommandError> {
    Ok(compare_with_outputs(project, (old, new), overlays, false)?.0)
}

/// Compares two sides, and returns their outputs as well. The outputs contain files if `files` is set.
///
/// # Errors
///
/// Returns an error if a side can't be read or generated.
pub fn compare_with_outputs(
    project: Option<&Project>,
    (old, new): (&Revision, &Revision),
    overlays: &[PathBuf],
    files: bool,
) -> Result<(Comparison, Output, Output), CommandError> {
    let of_crate = !matches!((old, new), (Revision::Document(_), _) | (_, Revision::Document(_)));
    let version = match project {
        Some(project) if of_crate => version(project)?,
        _ => None,
    };
    let (old, new) = (old.read(project, overlays)?, new.read(project, overlays)?);
    let (before, after) = generate_both(&old, &new, files)?;
    let comparison = Comparison::new((old.name, &before), (new.name, &after)).with_version(version);
    Ok((comparison, before, after))
}

/// Compares an output with that of the last commit's description.
///
/// # Errors
///
/// Returns an error if there is no commit, or if its description can't be generated.
pub fn since_commit(project: &Project, output: &Output) -> Result<Comparison, CommandError> {
    let old = Revision::commit(project, "HEAD")?.read(Some(project), &[])?;
    let before = old.generate(false)?;
    let new_name = "the working tree".to_owned();
    Ok(Comparison::new((old.name, &before), (new_name, output)).with_version(version(project)?))
}

/// Generates both sides in parallel.
///
/// # Errors
///
/// Returns an error if a side can't be generated.
pub fn generate_both(
    old: &DescriptionFiles,
    new: &DescriptionFiles,
    files: bool,
) -> Result<(Output, Output), CommandError> {
    let (before, after) = parallel::join(|| old.generate(files), || new.generate(files));
    Ok((before?, after?))
}

/// Returns the version of a project's crate, from its manifest or the workspace that it inherits from.
///
/// # Errors
///
/// Returns an error if a manifest exists but can't be read.
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
    let out = std::path::absolute(&out).map_err(|error| FileError::new("resolve", &out, error))?;
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
