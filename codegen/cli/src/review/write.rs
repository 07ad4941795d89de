//! The page, made of two sides and written.

use std::path::{Path, PathBuf};

use super::page::page;
use crate::diff::{self, Comparison, Revision};
use crate::outcome::Failure;
use crate::project::Project;
use crate::sync;

/// Where the page goes if nothing else is said.
pub const OUT: &str = "target/review.html";

/// Writes the page; `overlays` are applied to sides that are documents. What was compared comes back.
///
/// # Errors
///
/// If a side can't be read or leaves nothing to compare, or the page can't be written; nothing is left behind then.
pub fn run(
    project: Option<&Project>,
    sides: (&Revision, &Revision),
    overlays: &[PathBuf],
    out: &Path,
) -> Result<Comparison, Failure> {
    let (comparison, old, new) = diff::sides(project, sides, overlays, true)?;
    let page = page(&comparison, &old, &new);
    sync::replace(out.parent().unwrap_or(Path::new("")), &[(out.to_owned(), page.as_bytes())], &[])?;
    Ok(comparison)
}
