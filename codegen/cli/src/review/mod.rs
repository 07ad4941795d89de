//! `review`: a page that shows what a new description means, from its lines to the request on the wire.

mod arguments;
mod change;
mod code;
mod columns;
mod files;
mod lines;
mod page;
mod parts;
mod side;
mod sketch;
mod unified;
mod wire;

use std::path::{Path, PathBuf};

use codegen::Output;

pub use self::arguments::Arguments;
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

/// The page's text.
#[must_use]
pub fn page(comparison: &Comparison, old: &Output, new: &Output) -> String {
    page::page(comparison, old, new)
}
