//! Compares two sides and writes the page.

use std::path::{Path, PathBuf};

use super::page::page;
use crate::command_error::CommandError;
use crate::diff::{self, Comparison, Revision};
use crate::project::Project;
use crate::sync;

/// The default path of the page.
pub const DEFAULT_OUT: &str = "target/review.html";

/// Writes the page and returns the comparison. `overlays` are applied to sides that are documents.
///
/// # Errors
///
/// Returns an error if a side can't be read or generated, or if the page can't be written. No file is written then.
pub fn run(
    project: Option<&Project>,
    sides: (&Revision, &Revision),
    overlays: &[PathBuf],
    out: &Path,
) -> Result<Comparison, CommandError> {
    let (comparison, old, new) = diff::compare_with_outputs(project, sides, overlays, true)?;
    let page = page(&comparison, &old, &new);
    sync::replace(out.parent().unwrap_or(Path::new("")), &[(out.to_owned(), page.as_bytes())], &[])?;
    Ok(comparison)
}
